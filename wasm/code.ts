/** Generated codes (TP1 §2.3): eight random Crockford characters, 40 bits, and a ninth that catches typing errors; and the honest
 * word about codes that people choose. */
import type { NormalId } from "../wire/names.ts";
import { CROCKFORD, crockford } from "./crockford.ts";
import { type Random, randomBytes } from "./sodium.ts";

const RANDOM_BYTES = 5;
const DATA_CHARS = 8;
/** x^5 + x^2 + 1 over GF(2). */
const FIELD = 0b100101;
/** Combinations below which a chosen code is called short. At 48 guesses a sitting (A4), 10^9 are 5e-8.
 * Higher: harmless codes are called short. Lower: guessable ones are not. */
const SHORT_BELOW = 1e9;

/** A new code in its normal form. */
export function newCode(random: Random = randomBytes): NormalId {
  const data = crockford(random(RANDOM_BYTES));
  return `${data}${checkOf(data)}` as NormalId;
}

/** As it is shown and read out: `7KQ4-M9TX-C`. Other codes are shown as they were typed. */
export function formatCode(code: NormalId): string {
  return `${code.slice(0, 4)}-${code.slice(4, DATA_CHARS)}-${code.slice(DATA_CHARS)}`;
}

/** True where a code has the form of a generated one. One chosen code of nine characters in 32 has it too: whether a code is under
 * the guess caps is decided by the vault, which knows where it came from. */
export function isGenerated(code: NormalId): boolean {
  const known = [...code].every((char) => CROCKFORD.includes(char));
  return known && code.length === DATA_CHARS + 1 && code.endsWith(checkOf(code.slice(0, DATA_CHARS)));
}

/** `short`: guessable within reach of the caps. `chosen`: as good as it is hard to guess for who knows the person. */
export type CodeStrength = "generated" | "chosen" | "short";

/** What to say of a code. Never a reason to refuse it. */
export function codeStrength(code: NormalId): CodeStrength {
  if (isGenerated(code)) return "generated";
  const kinds = [/\d/, /\p{L}/u].filter((kind) => kind.test(code)).length;
  const letters = /^\d*$/.test(code) ? 10 : kinds === 1 ? 26 : 36;
  const repeats = new Set(code).size;
  return letters ** Math.min([...code].length, 2 * repeats) < SHORT_BELOW ? "short" : "chosen";
}

/** Sum of the characters, each times another power of x in GF(32): one wrong character or two swapped ones change it. */
function checkOf(data: string): string {
  let sum = 0;
  for (const char of data) sum = timesX(sum ^ CROCKFORD.indexOf(char));
  return CROCKFORD.charAt(sum);
}

function timesX(value: number): number {
  const shifted = value << 1;
  return shifted > 31 ? shifted ^ FIELD : shifted;
}
