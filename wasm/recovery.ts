/** The recovery key (TP1 §2.10): 160 random bits on paper, the second way into the vault. Shown once, never stored. */
import type { Bytes } from "../wire/bytes.ts";
import { CROCKFORD, crockford } from "./crockford.ts";
import { TP1Error } from "./error.ts";
import { hash, subkey } from "./hash.ts";
import { type Random, randomBytes, wipe } from "./sodium.ts";

const RECOVERY_BYTES = 20;
const GROUPS = 8;
const GROUP_CHARS = 4;
/** Higher: more of a pasted file is searched. Lower: a key typed with many spaces is refused. */
const TYPED_MAX = 200;

/** `authR` lets the server give out the second wrap; `kek` opens it. */
export type RecoveryKeys = { readonly authR: Bytes; readonly kek: Bytes };

/** A new recovery key, 20 random bytes. */
export function newRecoveryKey(random: Random = randomBytes): Bytes {
  return random(RECOVERY_BYTES);
}

/** The eight groups of four characters, in order. */
export function recoveryGroups(key: Uint8Array): string[] {
  const text = crockford(key);
  return Array.from({ length: GROUPS }, (_, g) => text.slice(g * GROUP_CHARS, (g + 1) * GROUP_CHARS));
}

/** As it is shown and printed: `7KQ4-M9TX-…`. */
export function formatRecovery(key: Uint8Array): string {
  return recoveryGroups(key).join("-");
}

/** The key in typed text; case, spaces, hyphens, O for 0 and I or L for 1 do not matter. Throws `TP1Error` "recovery". */
export function parseRecovery(typed: string): Bytes {
  const text = foldCrockford(typed);
  if (text.length !== GROUPS * GROUP_CHARS) throw new TP1Error("recovery");
  let bits = 0n;
  for (const char of text) {
    const value = CROCKFORD.indexOf(char);
    if (value < 0) throw new TP1Error("recovery");
    bits = (bits << 5n) | BigInt(value);
  }
  return Uint8Array.from({ length: RECOVERY_BYTES }, (_, i) =>
    Number((bits >> BigInt(8 * (RECOVERY_BYTES - 1 - i))) & 255n),
  );
}

/** True where what was typed is this group, as tolerant as `parseRecovery`. */
export function isRecoveryGroup(typed: string, group: string): boolean {
  return foldCrockford(typed) === group;
}

/** Keys of a recovery key, 32 B each. */
export function recoveryKeys(key: Uint8Array): RecoveryKeys {
  const root = hash(32, key, "tp1 recovery");
  const keys = { authR: subkey(root, 1, "tp1_acct"), kek: subkey(root, 2, "tp1_acct") };
  wipe(root);
  return keys;
}

function foldCrockford(typed: string): string {
  if (typed.length > TYPED_MAX) return "";
  const text = typed.normalize("NFKC").toUpperCase();
  return text
    .replace(/[\s\p{Dash}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}
