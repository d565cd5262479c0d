/** The second factor on the wire: what an account may be asked for after its password, and what it has. */
import type { PasskeyId } from "./ids.ts";

/** A code of an app, a passkey, or one of the spare codes that stand in for both. */
export const METHODS = ["totp", "passkey", "spare"] as const;
export type Method = (typeof METHODS)[number];

/** Higher: the list of keys gets unreadable. Lower: somebody with many devices has to choose. */
export const PASSKEYS_MAX = 10;
/** UTF-16 units of a passkey's name. Higher: a line breaks. Lower: "Sicherheitsschlüssel im Tresor" is cut. */
export const PASSKEY_NAME_MAX = 40;
/** Spare codes that are made at once. Higher: a long sheet. Lower: it has to be renewed more often. */
export const SPARES = 10;
/** Crockford characters of a spare code, 60 bits. Higher: more to type. Lower: guessable with the database and the server's key. */
export const SPARE_CHARS = 12;

/** A passkey as its owner sees it; times are Unix milliseconds. */
export type PasskeyRow = {
  readonly id: PasskeyId;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

/** Answer to `GET /api/factors`. `totp`: since when, null where it is off. `spares`: how many are left. */
export type FactorList = {
  readonly totp: { readonly createdAt: number } | null;
  readonly passkeys: readonly PasskeyRow[];
  readonly spares: number;
};

/** Answer to turning a factor on; `spares` are told once, with the first one. */
export type FactorTurned = { readonly spares: readonly string[] | null };
