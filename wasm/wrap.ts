/** The vault key VK and its wraps (TP1 §2.10): once under the password, once under the recovery key; the server keeps both. */
import { type Bytes, concat, lv, u32be } from "../wire/bytes.ts";
import type { UserName } from "../wire/names.ts";
import { BOX_BYTES, openBox, sealBox } from "./box.ts";
import { TP1Error } from "./error.ts";
import { hash } from "./hash.ts";
import { equal, type Random, randomBytes } from "./sodium.ts";

const KEY_BYTES = 32;
const COMMITMENT_BYTES = 32;
/** commitment 32 ‖ nonce 24 ‖ sealed key 48. */
export const WRAP_BYTES = COMMITMENT_BYTES + BOX_BYTES + KEY_BYTES;
/** Raised when a therapist takes a new vault key after a suspected compromise. */
const VAULT_KEY_VERSION = 1;

/** Which of the two: `pw` under the password, `rk` under the recovery key. */
export type WrapKind = "pw" | "rk";
/** Whose wrap it is; part of what is sealed, so that the server cannot swap wraps. */
export type WrapPlace = { readonly account: UserName; readonly kind: WrapKind };

/** A new vault key, 32 random bytes. */
export function newVaultKey(random: Random = randomBytes): Bytes {
  return random(KEY_BYTES);
}

/** The wrap of `vaultKey` under `kek`, `WRAP_BYTES` long. */
export function wrapKey(
  vaultKey: Uint8Array,
  kek: Uint8Array,
  place: WrapPlace,
  random: Random = randomBytes,
): Bytes {
  return concat(commitmentOf(kek), sealBox(kek, additional(place), vaultKey, random));
}

/** The vault key in a wrap. Throws `TP1Error` "key" where the password (or recovery key) is another one,
 * "sealed" where the wrap was changed, or swapped with another account's or the other kind. */
export function unwrapKey(wrap: Uint8Array, kek: Uint8Array, place: WrapPlace): Bytes {
  if (wrap.length !== WRAP_BYTES) throw new TP1Error("sealed");
  // Before the AEAD opens: it does not commit to its key, and one ciphertext for many guesses would test them all at once.
  if (!equal(wrap.subarray(0, COMMITMENT_BYTES), commitmentOf(kek))) throw new TP1Error("key");
  return openBox(kek, additional(place), wrap.subarray(COMMITMENT_BYTES));
}

function commitmentOf(kek: Uint8Array): Bytes {
  return hash(COMMITMENT_BYTES, kek, "tp1 kc");
}

function additional({ account, kind }: WrapPlace): Bytes {
  return lv("tp1 wrap", account, kind, u32be(VAULT_KEY_VERSION));
}
