/** The code of a voucher (LG5): 80 random bits that people can type, and the hash that is all the database keeps of it. */
import { createHash, randomBytes } from "node:crypto";
import type { Bytes } from "../../wire/bytes.ts";

declare const normal: unique symbol;
/** A code in its normal form: 16 characters of Crockford's base32, without what is between them. */
export type VoucherCode = string & { readonly [normal]: "voucher" };

/** Without I, L, O and U: nothing in it is read as something else. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 16;
const GROUP = 4;
const NORMAL = /^[0-9A-HJKMNP-TV-Z]{16}$/;
/** What may stand in a typed code; told before the case is changed, since other alphabets have letters that become one of ours. */
const TYPED = /^[0-9A-Za-z\s.\p{Pd}]*$/u;
/** Higher: more work on nonsense. Lower: a code with a space around every dash is refused. */
const TYPED_MAX = 64;

/** A new code. One byte per character, of which five bits are used: 80 bits that nobody can guess. */
export function newVoucherCode(): VoucherCode {
  const code = Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return code.join("") as VoucherCode;
}

/** The code as it is printed: `XXXX-XXXX-XXXX-XXXX`. */
export function printed(code: VoucherCode): string {
  const starts = Array.from({ length: CHARACTERS / GROUP }, (_, group) => group * GROUP);
  return starts.map((start) => code.slice(start, start + GROUP)).join("-");
}

/** Reads what somebody typed: any case, with spaces, dashes and dots anywhere; O is 0, I and L are 1. Null where it is no code. */
export function readVoucherCode(typed: string): VoucherCode | null {
  if (typed.length > TYPED_MAX || !TYPED.test(typed)) return null;
  const upper = typed.replace(/[\s.\p{Pd}]/gu, "").toUpperCase();
  const code = upper.replaceAll("O", "0").replace(/[IL]/g, "1");
  return NORMAL.test(code) ? (code as VoucherCode) : null;
}

/** What is stored of a code, 32 B: SHA-256 of "tpc voucher" ‖ the normal form. 80 random bits need no slow hash. */
export function hashOf(code: VoucherCode): Bytes {
  return new Uint8Array(createHash("sha256").update("tpc voucher").update(code).digest());
}
