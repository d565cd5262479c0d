/** The bytes of M1 to M4 (TP1 §2.4): written here, read here, bounded before anything is decoded.
 *
 *     M1 C→T [1,"K",rid,commit]   M2 T→C [core2,sig]   M3 C→T [core3,[[macC,hC]]]   M4 T→C [1,"A",macT,hT]
 *     core2 = [1,"H",idT,eT,nT,nil]      core3 = [1,"R",eC,nC,nil]      link path: 56, 176, 138, 64 B
 *
 * The code path's are in `code-messages.ts`; M4 is the same.
 *
 * Messages are hashed as the raw bytes received, so nobody relies on msgpack having one spelling. */
import type { Bytes } from "../wire/bytes.ts";
import { ID_BYTES } from "../wire/ids.ts";
import { bin, type Shape } from "../wire/shape.ts";
import { type Bound, body, fields, pack, tuple, unpack, VERSION } from "./packed.ts";

const BOUND: Bound = { message: 512, text: 1, bin: 256 };

const nil: Shape<null> = (value) => (value === null ? null : undefined);
const raw = bin(1, 256);
const bin32 = bin(32);

export type M1 = { readonly route: Bytes; readonly commit: Bytes };
export type Core2 = { readonly identity: Bytes; readonly share: Bytes; readonly nonce: Bytes };
export type Core3 = { readonly share: Bytes; readonly nonce: Bytes };
/** A MAC and the header of the secretstream it vouches for. */
export type Proof = { readonly mac: Bytes; readonly header: Bytes };

const proofShape = tuple(bin32, bin(24));

/** M1: `route` is the 16 B of the rid. */
export function writeM1({ route, commit }: M1): Bytes {
  return pack([VERSION, "K", route, commit]);
}

/** Throws `TP1Error` "format" or "version", as all readers here. */
export function readM1(bytes: Uint8Array): M1 {
  const [route, commit] = body(unpack(bytes, BOUND), "K", bin(ID_BYTES), bin32);
  return { route, commit };
}

/** core2 in the link path: no CPace points. */
export function writeCore2({ identity, share, nonce }: Core2): Bytes {
  return pack([VERSION, "H", identity, share, nonce, null]);
}

export function writeM2(core2: Bytes, signature: Bytes): Bytes {
  return pack([core2, signature]);
}

/** M2, with core2 both as the bytes that were signed and as their content. */
export function readM2(bytes: Uint8Array): { core2: Bytes; signature: Bytes; content: Core2 } {
  const [core2, signature] = fields(unpack(bytes, BOUND), raw, bin(64));
  const [identity, share, nonce] = body(unpack(core2, BOUND), "H", bin32, bin32, bin32, nil);
  return { core2, signature, content: { identity, share, nonce } };
}

/** core3 in the link path: no CPace point. */
export function writeCore3({ share, nonce }: Core3): Bytes {
  return pack([VERSION, "R", share, nonce, null]);
}

export function writeM3(core3: Bytes, proof: Proof): Bytes {
  return pack([core3, [[proof.mac, proof.header]]]);
}

/** M3, with core3 both as the bytes that are hashed and as their content. The link path has exactly one proof. */
export function readM3(bytes: Uint8Array): { core3: Bytes; content: Core3; proof: Proof } {
  const [core3, proofs] = fields(unpack(bytes, BOUND), raw, tuple(proofShape));
  const [share, nonce] = body(unpack(core3, BOUND), "R", bin32, bin32, nil);
  const [[mac, header]] = proofs;
  return { core3, content: { share, nonce }, proof: { mac, header } };
}

export function writeM4(proof: Proof): Bytes {
  return pack([VERSION, "A", proof.mac, proof.header]);
}

export function readM4(bytes: Uint8Array): Proof {
  const [mac, header] = body(unpack(bytes, BOUND), "A", bin32, bin(24));
  return { mac, header };
}
