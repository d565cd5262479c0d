/** Single words that the operator types: exact, within bounds that a slip of a key leaves, or refused with a sentence. All throw
 * `UsageError`. */
import { resolve } from "node:path";
import { MINUTE_KINDS, type MinuteKind, POINT } from "../../wire/ledger.ts";
import { foldUserName, type UserName } from "../../wire/names.ts";
import { dayIn } from "../billing/day.ts";
import { UsageError } from "./usage.ts";

/** As long as Linux takes one. */
const PATH_MAX = 4095;

/** A whole number from `least` to `most`. */
export function whole(name: string, typed: string | boolean, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(String(typed)) ? Number(typed) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}.`);
}

/** Points with up to three decimals behind a point or a comma, as thousandths. `least` is in thousandths, `most` in points. */
export function milliPoints(name: string, typed: string, least: number, most: number): number {
  const [, points = "", decimals = ""] = /^(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(typed) ?? [];
  const value = points === "" ? Number.NaN : Number(points) * POINT + Number(decimals.padEnd(3, "0"));
  if (value >= least && value <= most * POINT) return value;
  throw new UsageError(`${name} must be from ${least / POINT} to ${most} with at most three decimals.`);
}

/** Exactly `n` words. */
export function only(words: readonly string[], n: number): readonly string[] {
  if (words.length < n) throw new UsageError("Something is missing behind the command.");
  if (words.length > n) throw new UsageError(`"${(words[n] ?? "").slice(0, 40)}" is one word too many.`);
  return words;
}

/** Exactly one word that names a file, as a whole path. */
export function pathIn(words: readonly string[]): string {
  const [typed = ""] = only(words, 1);
  if (typed === "" || typed.length > PATH_MAX || typed.includes("\0")) throw new UsageError("Name a file.");
  return resolve(typed);
}

/** A user name in its one form. */
export function userIn(typed = ""): UserName {
  const user = foldUserName(typed);
  if (user === null) throw new UsageError(`"${typed.slice(0, 40)}" cannot be a user name.`);
  return user;
}

/** A kind of minute. */
export function kindIn(typed = ""): MinuteKind {
  const kind = MINUTE_KINDS.find((one) => one === typed);
  if (kind === undefined) throw new UsageError(`A tariff is of ${MINUTE_KINDS.join(" or ")}.`);
  return kind;
}

/** A day, or `otherwise` where nothing was typed. */
export function dayOr(
  name: string,
  text: string | boolean | undefined,
  otherwise: number | null,
): number | null {
  if (text === undefined) return otherwise;
  const day = dayIn(String(text));
  if (day === null) throw new UsageError(`${name} must be a day, written as 2026-11-25.`);
  return day;
}

/** Refuses a day before `today`. */
export function notPast(name: string, day: number | null, today: number): void {
  if (day !== null && day < today) throw new UsageError(`${name} lies in the past, which nobody rewrites.`);
}
