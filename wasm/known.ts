/** The proof of a known device (TP1 §2.5): whoever was admitted before need not compare the words again. */
import type { Bytes } from "../wire/bytes.ts";
import { hash } from "./hash.ts";
import { equal, type Random, randomBytes } from "./sodium.ts";

/** A new device secret `ds`, 32 B, given to a client at its first admission over the channel. */
export function newDeviceSecret(random: Random = randomBytes): Bytes {
  return random(32);
}

/** `join.known`, 32 B: bound to this handshake, so nobody between can pass it on. */
export function knownProof(deviceSecret: Uint8Array, th: Uint8Array): Bytes {
  return hash(32, deviceSecret, "tp1 known", th);
}

/** True where `proof` was made with this device secret in the handshake of `th`. */
export function isKnown(proof: Uint8Array, deviceSecret: Uint8Array, th: Uint8Array): boolean {
  return equal(proof, knownProof(deviceSecret, th));
}
