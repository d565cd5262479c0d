/** Structured log lines that can only take loggable values: numbers, flags, words written in the source, and ids cut to
 * six characters. A name, key, link or message body does not compile as a field (rule R9). */
import type { Clock } from "./clock.ts";

declare const cut: unique symbol;

/** The first six characters of an id: enough to follow one thing through a log, too few to use it. */
export type LogId = string & { readonly [cut]: "id" };
/** The name of an error class or code, never its text. */
export type LogWord = string & { readonly [cut]: "word" };

/** True for words written in the source; `string`, patterns and branded strings are not. */
type IsWord<T extends string> = Record<never, never> extends Record<T, 1> ? false : true;
/** What one field may hold; anything else becomes `never` and the call does not compile. */
type Loggable<T> = T extends number | boolean | null | LogId | LogWord
  ? T
  : T extends string
    ? IsWord<T> extends true
      ? T
      : never
    : never;
/** Named by every line itself. */
type Own = "time" | "level" | "msg";
type Fields<F> = { readonly [K in keyof F]: K extends Own ? never : Loggable<F[K]> };
type Word<E extends string> = IsWord<E> extends true ? E : never;

/** Levels, the most talkative first. */
export const LEVELS = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

type Write = <const E extends string, const F extends Record<string, unknown> = Record<never, never>>(
  event: Word<E>,
  fields?: F & Fields<F>,
) => void;
/** One function per level: an event word and its fields. */
export type Log = Readonly<Record<Level, Write>>;

/** The loggable form of an id of 32 hex characters; anything else is six question marks. */
export function logId(id: string): LogId {
  return (/^[0-9a-f]{32}$/.test(id) ? id.slice(0, 6) : "??????") as LogId;
}

/** The loggable form of an error: its code or class. Its text may carry SQL, values or paths and is never logged. */
export function logError(error: unknown): LogWord {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const word = [code, name].find(
    (one) => typeof one === "string" && /^[A-Za-z][A-Za-z0-9_.]{0,39}$/.test(one),
  );
  return (word ?? "unknown") as LogWord;
}

/** A log that writes one JSON line per event from `least` upwards. */
export function createLog(
  clock: Clock,
  least: Level,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Log {
  const at = (level: Level): Write =>
    LEVELS.indexOf(level) < LEVELS.indexOf(least)
      ? () => undefined
      : (event, fields) =>
          write(JSON.stringify({ time: new Date(clock.now()).toISOString(), level, msg: event, ...fields }));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Where in our own source an error arose, such as `db/vault.ts:42`; nothing of its text. */
export function logPlace(error: unknown): LogWord {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const place = /\/((?:server|db|wire)\/[a-z/.-]+\.ts:\d+)/.exec(stack.slice(stack.indexOf("\n")))?.[1];
  return (place ?? "unknown") as LogWord;
}
