/** The therapist's identity key (TP1 §2.1): every link names its fingerprint, so a leaked link cannot play the therapist. */
import type { Bytes } from "../wire/bytes.ts";
import { hash } from "./hash.ts";
import { type Random, randomBytes, sodium } from "./sodium.ts";

/** Bytes of the seed that lies in the vault. */
export const IDENTITY_SEED_BYTES = 32;

/** `fpT`: 16 B that stand in every link of this therapist (TP1 §2.1). */
export function fingerprintOf(publicKey: Uint8Array): Bytes {
  return hash(16, null, "tp1 id", publicKey);
}

/** A new seed for the vault, 32 B. */
export function newIdentitySeed(random: Random = randomBytes): Bytes {
  return random(IDENTITY_SEED_BYTES);
}

/** `idT` of TP1. The secret key has no way out; the object can be printed without showing it. */
export class Identity {
  readonly publicKey: Bytes;
  readonly fingerprint: Bytes;
  readonly #secretKey: Bytes;

  /** From the 32 B seed. The caller keeps and wipes the seed. Throws `TypeError` on another length. */
  constructor(seed: Uint8Array) {
    const pair = sodium.crypto_sign_seed_keypair(seed);
    this.publicKey = pair.publicKey;
    this.fingerprint = fingerprintOf(pair.publicKey);
    this.#secretKey = pair.privateKey;
  }

  /** Ed25519 signature, 64 B. */
  sign(message: Uint8Array): Bytes {
    return sodium.crypto_sign_detached(message, this.#secretKey);
  }
}
