/** Spare codes: they stand in for a lost phone or key, each once. Made here, told once, kept as hashes under the server's key file. */
import { createHmac, randomBytes } from "node:crypto";
import type { Bytes } from "../../../wire/bytes.ts";
import { SPARE_CHARS, SPARES } from "../../../wire/factors.ts";
import type { PracticeId } from "../../../wire/ids.ts";

/** Crockford's base 32: without I, L, O and U nothing in it is read as something else. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP = 4;
const NORMAL = new RegExp(`^[${ALPHABET}]{${SPARE_CHARS}}$`);

/** A sheet of new codes: as they are shown, and what is stored of them. */
export type Sheet = { readonly shown: string[]; readonly hashes: Bytes[] };

/** New codes for an account. */
export function newSheet(key: Uint8Array, practice: PracticeId): Sheet {
  const codes = Array.from({ length: SPARES }, newCode);
  return { shown: codes.map(printed), hashes: codes.map((code) => hashOf(key, practice, code)) };
}

/** What is stored of a typed code: any case, with spaces and dashes anywhere; O is 0, I and L are 1. Null where it is none. */
export function spareHash(key: Uint8Array, practice: PracticeId, typed: string): Bytes | null {
  const upper = typed.replace(/[\s\p{Pd}]/gu, "").toUpperCase();
  const code = upper.replaceAll("O", "0").replace(/[IL]/g, "1");
  return NORMAL.test(code) ? hashOf(key, practice, code) : null;
}

/** One byte per character, of which five bits are used. */
function newCode(): string {
  return Array.from(randomBytes(SPARE_CHARS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}

function printed(code: string): string {
  const starts = Array.from({ length: SPARE_CHARS / GROUP }, (_, group) => group * GROUP);
  return starts.map((start) => code.slice(start, start + GROUP)).join("-");
}

function hashOf(key: Uint8Array, practice: PracticeId, code: string): Bytes {
  return new Uint8Array(createHmac("sha256", key).update(`tpc spare ${practice} ${code}`).digest());
}
