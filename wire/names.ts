/** How names that people type are folded, by the same functions on every side (product.md "Rules that decide who meets whom"). */
declare const folded: unique symbol;

/** A user name in its one form; it is also the TherapeutInnen-Code. */
export type UserName = string & { readonly [folded]: "user" };
/** A client ID in its normal form; two IDs with the same normal form are the same client. */
export type NormalId = string & { readonly [folded]: "client" };

/** A client ID has 1 to 64 characters as typed. */
export const CLIENT_ID_MAX = 64;

const USER_NAME = /^[a-z0-9][a-z0-9.-]{2,31}$/;

/** The user name in its one form: NFKC, lower case, trimmed; `null` unless 3–32 of a–z, 0–9, dot and hyphen. */
export function foldUserName(typed: string): UserName | null {
  if (typed.length > 200) return null;
  const name = typed.normalize("NFKC").toLowerCase().normalize("NFKC").trim();
  return USER_NAME.test(name) ? (name as UserName) : null;
}

/** The user name where `value` is one in its one form already; `undefined` else. */
export function userNameOf(value: unknown): UserName | undefined {
  const name = typeof value === "string" ? foldUserName(value) : null;
  return name !== null && name === value ? name : undefined;
}

/** What is done to a client ID before it is compared or becomes the PRS of CPace (TP1 §2.3): upper-case NFKC without
 * white space and '-', then O→0, I→1, L→1. `null` where nothing is left or the typed text is longer than 64 characters. */
export function normalClientId(typed: string): NormalId | null {
  if ([...typed.trim()].length > CLIENT_ID_MAX) return null;
  const upper = typed.normalize("NFKC").toUpperCase().normalize("NFKC");
  const normal = upper.replace(/[\s-]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return normal === "" ? null : (normal as NormalId);
}
