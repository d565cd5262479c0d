/** CPace (suite CPACE-RISTR255-SHA512, TP1 §2.3): a key from a code so short that it may be guessed, without letting anybody
 * try a guess offline. The therapist's side is the initiator. */
import { type Bytes, concat, utf8 } from "../wire/bytes.ts";
import type { NormalId, UserName } from "../wire/names.ts";
import { TP1Error } from "./error.ts";
import { hash } from "./hash.ts";
import { type Random, sodium, wipe } from "./sodium.ts";

/** Input block of SHA-512: the code fills the first one together with zeros, so that its length does not show in time. */
const BLOCK_BYTES = 128;
const DSI = "CPaceRistretto255";

/** `sid` of TP1, 16 B: ties the points to M1 and the therapist's nonce. */
export function sidOf(m1: Bytes, therapistNonce: Bytes): Bytes {
  return hash(16, null, "tp1 sid", m1, therapistNonce);
}

/** `g`, 32 B: the generator that only who knows the code can compute. `user` is the folded name. */
export function generatorOf(code: NormalId, user: UserName, sid: Bytes): Bytes {
  return generatorFrom(utf8(code), lvCat(`tp1-T:${user}`, "tp1-C"), sid);
}

/** The generator of the CPace draft: `ci` is CI, `sid` of any length. */
export function generatorFrom(prs: Uint8Array, ci: Uint8Array, sid: Uint8Array): Bytes {
  const taken = lvCat(DSI).length + lvCat(prs).length + 1;
  const zeros = new Uint8Array(Math.max(0, BLOCK_BYTES - taken));
  const digest = sodium.crypto_hash_sha512(lvCat(DSI, prs, zeros, ci, sid));
  const generator = sodium.crypto_core_ristretto255_from_hash(digest);
  wipe(digest);
  return generator;
}

/** A secret scalar and its point `Y`; used in one handshake. */
export type Half = { readonly scalar: Bytes; readonly point: Bytes };

/** A fresh half on a generator. */
export function newHalf(generator: Bytes, random: Random): Half {
  const scalar = sodium.crypto_core_ristretto255_scalar_reduce(random(64));
  return { scalar, point: times(scalar, generator) };
}

/** A half that belongs to no code: nobody can tell its point from the others. */
export function blindHalf(random: Random): Half {
  return newHalf(sodium.crypto_core_ristretto255_from_hash(random(64)), random);
}

/** One side's contribution as the transcript has it: its point and what it vouches for. */
export type Side = { readonly point: Bytes; readonly data: Bytes };

/** `psk_i`, 32 B: from our scalar and the other side's point. Throws `TP1Error` "share" on bytes that are no point. */
export function pskOf(scalar: Bytes, other: Bytes, sid: Bytes, therapist: Side, client: Side): Bytes {
  const isk = iskOf(times(scalar, other), sid, therapist, client);
  const psk = hash(32, null, "tp1 psk code", isk);
  wipe(isk);
  return psk;
}

/** ISK of the draft (initiator first), 64 B. Wipes `shared`. */
export function iskOf(shared: Bytes, sid: Uint8Array, initiator: Side, responder: Side): Bytes {
  const input = concat(
    lvCat(`${DSI}_ISK`, sid, shared),
    lvCat(initiator.point, initiator.data),
    lvCat(responder.point, responder.data),
  );
  const isk = sodium.crypto_hash_sha512(input);
  wipe(input, shared);
  return isk;
}

/** Scalar multiplication. Throws `TP1Error` "share" on the identity and on bytes that are no point. */
export function times(scalar: Uint8Array, point: Uint8Array): Bytes {
  try {
    return sodium.crypto_scalarmult_ristretto255(scalar, point);
  } catch {
    throw new TP1Error("share");
  }
}

/** `lv_cat` of the draft: each field behind its length in LEB128. */
export function lvCat(...fields: readonly (string | Uint8Array)[]): Bytes {
  const parts = fields.flatMap((field) => {
    const bytes = typeof field === "string" ? utf8(field) : field;
    return [leb128(bytes.length), bytes];
  });
  return concat(...parts);
}

function leb128(n: number): Uint8Array {
  const out: number[] = [];
  let rest = n;
  while (rest >= 128) {
    out.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Uint8Array.from([...out, rest]);
}
