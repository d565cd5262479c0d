/** The one sealed box of the vault (TP1 §2.10): nonce24 ‖ XChaCha20-Poly1305, always bound to where it belongs. */
import { type Bytes, concat } from "../wire/bytes.ts";
import { TP1Error } from "./error.ts";
import { type Random, randomBytes, sodium } from "./sodium.ts";

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
/** What a box adds to its plaintext. */
export const BOX_BYTES = NONCE_BYTES + TAG_BYTES;

/** Seals under `key` (32 B). `place` is the `lv` of label and place: a box moved elsewhere does not open. A nonce is
 * 24 random bytes, so one key may seal as often as it likes. */
export function sealBox(
  key: Uint8Array,
  place: Bytes,
  plain: Uint8Array,
  random: Random = randomBytes,
): Bytes {
  const nonce = random(NONCE_BYTES);
  return concat(nonce, sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, place, null, nonce, key));
}

/** What `sealBox` sealed. Throws `TP1Error` "sealed" where key, place or any byte differs. */
export function openBox(key: Uint8Array, place: Bytes, box: Uint8Array): Bytes {
  const [nonce, sealed] = [box.subarray(0, NONCE_BYTES), box.subarray(NONCE_BYTES)];
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, place, nonce, key);
  } catch {
    // Also where the box is too short to hold a nonce.
    throw new TP1Error("sealed");
  }
}
