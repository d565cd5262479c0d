/** From a password to its two keys (TP1 §2.10). Takes about 0.3 s and 128 MiB that the WASM heap never gives back:
 * run it in a worker that is thrown away. */
import { type Bytes, utf8 } from "../wire/bytes.ts";
import type { UserName } from "../wire/names.ts";
import { TP1Error } from "./error.ts";
import { hash, subkey } from "./hash.ts";
import { sodium, wipe } from "./sodium.ts";

/** Cost of Argon2id as the server names it. */
export type KdfCost = { readonly passes: number; readonly memoryBytes: number };

/** Of a new account. Higher: logging in on a phone takes seconds or runs out of memory. Lower: a stolen database is guessed faster. */
export const KDF_COST: KdfCost = { passes: 3, memoryBytes: 128 * 1024 * 1024 };
/** Below it we refuse whatever the server says: else it could ask for a key it can guess. */
const FLOOR: KdfCost = { passes: 3, memoryBytes: 64 * 1024 * 1024 };
/** Higher: a hostile server freezes or kills the page. Lower: less room to raise the cost in later years. */
const CEILING: KdfCost = { passes: 16, memoryBytes: 1024 * 1024 * 1024 };
/** Higher: a pasted file is hashed. Lower: long passphrases are refused. In UTF-16 units. */
export const PASSWORD_MAX = 1024;
const SALT_BYTES = 16;

/** `authKey` logs in (the server stores an HMAC of it); `kek` opens the wrap of the vault key and never leaves the browser. */
export type AccountKeys = { readonly authKey: Bytes; readonly kek: Bytes };

/** Both keys of a password, 32 B each. `serverSalt` 16 B. Throws `TP1Error` "kdf" where cost or salt is out of bounds,
 * "size" on a password longer than `PASSWORD_MAX`. */
export function passwordKeys(
  password: string,
  user: UserName,
  serverSalt: Uint8Array,
  cost: KdfCost,
): AccountKeys {
  if (!within(cost) || serverSalt.length !== SALT_BYTES) throw new TP1Error("kdf");
  if (password.length > PASSWORD_MAX) throw new TP1Error("size");
  const secret = utf8(password.normalize("NFKC"));
  const salt = hash(16, null, "tp1 salt", user, serverSalt);
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13;
  const key = sodium.crypto_pwhash(32, secret, salt, cost.passes, cost.memoryBytes, algorithm);
  const keys = { authKey: subkey(key, 1, "tp1_acct"), kek: subkey(key, 2, "tp1_acct") };
  wipe(secret, key);
  return keys;
}

function within({ passes, memoryBytes }: KdfCost): boolean {
  const between = (value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high;
  return (
    between(passes, FLOOR.passes, CEILING.passes) &&
    between(memoryBytes, FLOOR.memoryBytes, CEILING.memoryBytes)
  );
}
