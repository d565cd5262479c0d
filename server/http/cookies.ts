/** The two cookies: who is logged in, and that this browser logged in before. Both HttpOnly; under TLS with the
 * `__Host-` prefix, so no other host or path can set them. */

import { base64url } from "../../wire/bytes.ts";
import type { UserName } from "../../wire/names.ts";
import { bytesIn, deviceProof, randomText, sameSecret } from "./secrets.ts";

/** A browser is remembered this long for its own log-in budget. Higher: a browser given away keeps the budget. Lower: a
 * therapist after a long pause shares the strangers' one. */
const DEVICE_SECONDS = 365 * 24 * 60 * 60;
/** Longer cookie headers are not read: no browser of ours sends one. */
const HEADER_MAX = 8192;

type Word = "session" | "device";

/** Names and flags by whether the public origin has TLS. */
export function createCookies(secure: boolean) {
  const name = (word: Word) => (secure ? `__Host-${word}` : word);
  const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  const write = (word: Word, value: string, seconds: number) =>
    `${name(word)}=${value}; Max-Age=${seconds}; ${flags}`;
  return {
    /** The value of a cookie in a header, null where it is not there. */
    read: (word: Word, header: string | null | undefined): string | null => find(header, name(word)),
    /** The header line that sets the session cookie for `seconds`. */
    session: (token: string, seconds: number): string => write("session", token, seconds),
    /** The header line that takes it away. */
    noSession: (): string => write("session", "", 0),
    device: (value: string): string => write("device", value, DEVICE_SECONDS),
  };
}

export type Cookies = ReturnType<typeof createCookies>;

function find(header: string | null | undefined, name: string): string | null {
  if (!header || header.length > HEADER_MAX) return null;
  const pair = header
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? null;
}

/** A new value for the device cookie of a browser that just logged in as `user`. */
export function newDevice(key: Uint8Array, user: UserName): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return `${base64url(random)}.${base64url(deviceProof(key, user, random))}`;
}

/** The name of the device in a cookie that proves a log-in as `user`; null for no cookie, another's or a forged one. */
export function deviceIn(key: Uint8Array, user: UserName, value: string | null): string | null {
  const [name = "", proof = "", ...rest] = value?.split(".") ?? [];
  const random = bytesIn(name, 16);
  const given = bytesIn(proof, 32);
  if (random === null || given === null || rest.length > 0) return null;
  return sameSecret(given, deviceProof(key, user, random)) ? name : null;
}

/** A new session token as text: 32 random bytes. */
export function newToken(): string {
  return randomText(32);
}
