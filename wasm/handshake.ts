/** What both sides of the handshake derive alike (TP1 §2.4): transcript, key schedule, safety words, and their common result.
 * `client.ts` and `therapist.ts` hold the two sides, `messages.ts` the bytes. */
import { type Bytes, lv } from "../wire/bytes.ts";
import type { Channel } from "./channel.ts";
import { TP1Error } from "./error.ts";
import { hash, subkey } from "./hash.ts";
import { pack } from "./packed.ts";
import { type Random, sodium, wipe } from "./sodium.ts";

/** Four indices into the list of 1024 words ("Vier Wörter"). */
export type Sas = readonly [number, number, number, number];

/** A finished handshake. `pid` 16 B names this client in media keys, `th` 32 B binds proofs to this handshake (`known.ts`);
 * neither is secret. Equal `sas` on both screens prove that nobody sits between. */
export type Established = {
  readonly channel: Channel;
  readonly pid: Bytes;
  readonly th: Bytes;
  readonly sas: Sas;
};

/** One side's fresh X25519 key and nonce; used for one handshake, never again. */
export type Ephemeral = { readonly secret: Bytes; readonly share: Bytes; readonly nonce: Bytes };

export function newEphemeral(random: Random): Ephemeral {
  const secret = random(32);
  return { secret, share: sodium.crypto_scalarmult_base(secret), nonce: random(32) };
}

/** The client's promise of its share and nonce: what makes four short words enough. */
export function commitTo(share: Bytes, nonce: Bytes): Bytes {
  return hash(32, null, "tp1 commit", share, nonce);
}

/** What the therapist signs. */
export function helloOf(m1: Bytes, core2: Bytes): Bytes {
  return lv("tp1 hello", m1, core2);
}

/** `th`: the hash of every byte that M1, core2 and core3 carried. */
export function transcriptOf(m1: Bytes, core2: Bytes, core3: Bytes): Bytes {
  return hash(32, null, "tp1 th", m1, core2, core3);
}

/** `pid` of this handshake, 16 B. */
export function pidOf(th: Bytes): Bytes {
  return hash(16, null, "tp1 pid", th);
}

/** Keys of both directions and of both MACs; `wipeKeys` when the handshake is over. */
export type Keys = {
  readonly toTherapist: Bytes;
  readonly toClient: Bytes;
  readonly macC: Bytes;
  readonly macT: Bytes;
};

/** The key schedule. `secret` is our X25519 key, `share` the other side's. Throws `TP1Error` "share" on one of low order. */
export function keysOf(psk: Bytes, secret: Bytes, share: Bytes, th: Bytes): Keys {
  const dh = agree(secret, share);
  const ms = hash(32, psk, "tp1 ms", dh, th);
  const keys = {
    toTherapist: subkey(ms, 1, "tp1_chan"),
    toClient: subkey(ms, 2, "tp1_chan"),
    macC: subkey(ms, 3, "tp1_chan"),
    macT: subkey(ms, 4, "tp1_chan"),
  };
  wipe(dh, ms);
  return keys;
}

function agree(secret: Bytes, share: Bytes): Bytes {
  try {
    return sodium.crypto_scalarmult(secret, share);
  } catch {
    throw new TP1Error("share");
  }
}

export function wipeKeys(keys: Keys): void {
  wipe(keys.toTherapist, keys.toClient, keys.macC, keys.macT);
}

/** The client's proof that it holds psk and saw this transcript; covers the header of its stream. */
export function macC(keys: Keys, th: Bytes, header: Bytes): Bytes {
  return hash(32, keys.macC, "tp1 macC", th, header);
}

/** The therapist's answer; covers the client's proof too. */
export function macT(keys: Keys, th: Bytes, clientMac: Bytes, header: Bytes): Bytes {
  return hash(32, keys.macT, "tp1 macT", th, clientMac, header);
}

/** What the words cover: only values fixed before the other side's share was known (TP1 §2.5). */
export type SasInput = {
  /** As in M1: the 16 B of the rid, or the user name alone in a list. */
  readonly route: Bytes | readonly [string];
  readonly commit: Bytes;
  readonly identity: Bytes;
  readonly therapist: { readonly share: Bytes; readonly nonce: Bytes };
  readonly client: { readonly share: Bytes; readonly nonce: Bytes };
};

/** The top 40 bits as four numbers of ten bits. */
export function sasOf({ route, commit, identity, therapist, client }: SasInput): Sas {
  const from = [pack(route), commit, identity, therapist.share, therapist.nonce, client.share, client.nonce];
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = hash(16, null, "tp1 sas", ...from);
  return [
    (a << 2) | (b >> 6),
    ((b & 0x3f) << 4) | (c >> 4),
    ((c & 0x0f) << 6) | (d >> 2),
    ((d & 0x03) << 8) | e,
  ];
}
