/** What the server makes of secrets it is shown: it stores and compares hashes only (e2ee.md §2.10). */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type Bytes, base64url, fromBase64url } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";

/** HMAC-SHA-256 under `key` of `label` ‖ `parts`; 32 B. Labels end where fixed-size parts or one last text begin, so
 * that no two inputs run together. */
function hmac(key: Uint8Array, label: string, ...parts: (string | Uint8Array)[]): Bytes {
  const mac = createHmac("sha256", key).update(label);
  for (const part of parts) mac.update(part);
  return new Uint8Array(mac.digest());
}

/** What is stored of an authKey or authR of 32 B. */
export function loginHash(pepper: Uint8Array, authKey: Uint8Array): Bytes {
  return hmac(pepper, "tp1 login", authKey);
}

/** What is kept of a user name for ever. */
export function nameHash(pepper: Uint8Array, user: UserName): Bytes {
  return hmac(pepper, "tp1 name", user);
}

/** The salt an unknown name is answered with: always the same for the same name, so it looks like an account's. 16 B. */
export function salt(pepper: Uint8Array, typed: string): Bytes {
  return hmac(pepper, "tp1 salt", typed).slice(0, 16);
}

/** What is stored of a session token of 32 B. The token is random, so a plain hash cannot be guessed back. */
export function tokenHash(token: Uint8Array): Bytes {
  return new Uint8Array(createHash("sha256").update("tpc session").update(token).digest());
}

/** What is stored of the secret in a calendar's address, 32 random bytes. */
export function feedHash(token: Uint8Array): Bytes {
  return new Uint8Array(createHash("sha256").update("tpc feed").update(token).digest());
}

/** What is stored of a token of practice software, 32 random bytes. */
export function apiTokenHash(token: Uint8Array): Bytes {
  return new Uint8Array(createHash("sha256").update("tpc api token").update(token).digest());
}

/** Proof inside a device cookie: this browser has logged in as `user` before. 32 B. */
export function deviceProof(key: Uint8Array, user: UserName, random: Uint8Array): Bytes {
  return hmac(key, "tpc device", random, user);
}

/** Equality in constant time; different lengths are unequal. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Equality of two texts in constant time whatever their lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** `n` random bytes as base64url without padding. */
export function randomText(n: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(n)));
}

/** The `n` bytes in base64url text, or null where it is anything else. */
export function bytesIn(text: string, n: number): Bytes | null {
  try {
    const bytes = fromBase64url(text);
    return bytes.length === n ? bytes : null;
  } catch {
    return null;
  }
}
