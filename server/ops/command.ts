/** What the operator's command line understands. Pure: words in, a command or a sentence about what is wrong with them out. */
import { parseArgs } from "node:util";
import type { TariffRow } from "../../db/tariffs.ts";
import type { UserName } from "../../wire/names.ts";
import { dayText, type Month, monthIn } from "../billing/day.ts";
import { LANGS, type Lang } from "../billing/statement-words.ts";
import { UsageError } from "./usage.ts";
import { dayOr, kindIn, milliPoints, notPast, only, pathIn, userIn, whole } from "./words.ts";

/** Thousandths of a point, or minutes of a package that lasts `days` once it is there; null: without end. */
export type Worth = {
  readonly account: "points" | "package";
  readonly amount: number;
  readonly days: number | null;
};
/** `until`: the last day on which a voucher can be redeemed, or a tariff holds. */
export type Command =
  | ({ readonly do: "voucher"; readonly count: number; readonly until: number | null } & Worth)
  | ({ readonly do: "grant"; readonly user: UserName; readonly key: string | null } & Worth)
  | { readonly do: "tariff list" }
  | ({ readonly do: "tariff set"; readonly until: number | null } & TariffRow)
  | { readonly do: "correct"; readonly entry: number }
  | { readonly do: "balance"; readonly user: UserName }
  | { readonly do: "reports" }
  | { readonly do: "second-factor remove"; readonly user: UserName }
  | { readonly do: "practices"; readonly user: UserName | null }
  | { readonly do: "practice lock" | "practice unlock"; readonly user: UserName }
  | { readonly do: "practice delete"; readonly user: UserName; readonly confirmed: boolean }
  | { readonly do: "retention now" }
  | Upkeep
  | { readonly do: "statement"; readonly user: UserName; readonly month: Month; readonly lang: Lang };
/** What is done with the database as a file. */
export type Upkeep =
  | { readonly do: "backup"; readonly path: string }
  | { readonly do: "restore"; readonly path: string }
  | { readonly do: "check" };

/** Higher: a slip of a key gives away a fortune. Lower: a large practice needs two commands. */
const POINTS_MAX = 1_000_000;
const MINUTES_MAX = 1_000_000;
const PRICE_MAX = 1000;
const VOUCHERS_MAX = 1000;
const DAYS_MAX = 3650;
const KEY_MAX = 200;

const OPTIONS = {
  confirm: { type: "string" },
  count: { type: "string" },
  days: { type: "string" },
  "redeem-until": { type: "string" },
  key: { type: "string" },
  free: { type: "boolean" },
  from: { type: "string" },
  until: { type: "string" },
  lang: { type: "string" },
} as const;
type Option = keyof typeof OPTIONS;
type Options = { readonly [O in Option]?: string | boolean };
/** A command's words after its name, its options, and the day on which it is typed. */
type Typed = { readonly words: readonly string[]; readonly options: Options; readonly today: number };

/** How each command is read; `takes` names the options it knows. */
const COMMANDS: Readonly<Record<string, { takes: readonly Option[]; read: (typed: Typed) => Command }>> = {
  voucher: { takes: ["count", "days", "redeem-until"], read: readVouchers },
  grant: { takes: ["days", "key"], read: readGrant },
  "tariff list": { takes: [], read: ({ words }) => nothingMore(words, { do: "tariff list" }) },
  "tariff set": { takes: ["free", "from", "until"], read: readTariff },
  correct: { takes: [], read: readCorrection },
  balance: { takes: [], read: ({ words }) => ({ do: "balance", user: userIn(only(words, 1)[0]) }) },
  "second-factor remove": {
    takes: [],
    read: ({ words }) => ({ do: "second-factor remove", user: userIn(only(words, 1)[0]) }),
  },
  reports: { takes: [], read: ({ words }) => nothingMore(words, { do: "reports" }) },
  statement: { takes: ["lang"], read: readStatement },
  practices: { takes: [], read: readPractices },
  "practice lock": {
    takes: [],
    read: ({ words }) => ({ do: "practice lock", user: userIn(only(words, 1)[0]) }),
  },
  "practice unlock": {
    takes: [],
    read: ({ words }) => ({ do: "practice unlock", user: userIn(only(words, 1)[0]) }),
  },
  "practice delete": { takes: ["confirm"], read: readDeletion },
  "retention now": { takes: [], read: ({ words }) => nothingMore(words, { do: "retention now" }) },
  backup: { takes: [], read: ({ words }) => ({ do: "backup", path: pathIn(words) }) },
  restore: { takes: [], read: ({ words }) => ({ do: "restore", path: pathIn(words) }) },
  check: { takes: [], read: ({ words }) => nothingMore(words, { do: "check" }) },
};

/** First words of commands that have two. */
const OF_TWO_WORDS = ["tariff", "second-factor", "retention", "practice"];

/** Reads the words of a command line. Throws `UsageError`. */
export function readCommand(args: readonly string[], today: number): Command {
  const { values, positionals } = parsed(args);
  const [first = "", second = ""] = positionals;
  const name = OF_TWO_WORDS.includes(first) ? `${first} ${second}` : first;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(`There is no command "${name.trim().slice(0, 40)}".`);
  const strange = Object.keys(values).find((option) => !command.takes.some((known) => known === option));
  if (strange !== undefined) throw new UsageError(`--${strange} does not go with ${name}.`);
  return command.read({ words: positionals.slice(name.split(" ").length), options: values, today });
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = "The options cannot be read."] =
      error instanceof Error ? error.message.split("\n") : [];
    throw new UsageError(sentence.slice(0, 160));
  }
}

function readVouchers({ words, options, today }: Typed): Command {
  const count = options.count === undefined ? 1 : whole("--count", options.count, 1, VOUCHERS_MAX);
  const until = dayOr("--redeem-until", options["redeem-until"], null);
  notPast("--redeem-until", until, today);
  return { do: "voucher", ...worthIn(only(words, 2), options), count, until };
}

function readGrant({ words, options }: Typed): Command {
  const [user, ...worth] = only(words, 3);
  const { key = null } = options;
  if (typeof key === "string" && (key === "" || key.length > KEY_MAX))
    throw new UsageError(`--key must have 1 to ${KEY_MAX} characters.`);
  return {
    do: "grant",
    user: userIn(user),
    ...worthIn(worth, options),
    key: key === null ? null : String(key),
  };
}

function worthIn([what = "", amount = ""]: readonly string[], { days }: Options): Worth {
  if (what === "points" && days !== undefined)
    throw new UsageError("--days is for packages: points have no end.");
  if (what === "points")
    return { account: "points", amount: milliPoints("Points", amount, 1, POINTS_MAX), days: null };
  if (what !== "package") throw new UsageError(`Say "points" or "package", not "${what.slice(0, 40)}".`);
  const last = days === undefined ? null : whole("--days", days, 1, DAYS_MAX);
  return { account: "package", amount: whole("Minutes", amount, 1, MINUTES_MAX), days: last };
}

function nothingMore(words: readonly string[], command: Command): Command {
  only(words, 0);
  return command;
}

function readPractices({ words }: Typed): Command {
  const [user] = words.length === 0 ? [] : only(words, 1);
  return { do: "practices", user: user === undefined ? null : userIn(user) };
}

/** The name once more: a slip of a key deletes nobody. */
function readDeletion({ words, options: { confirm } }: Typed): Command {
  const user = userIn(only(words, 1)[0]);
  if (confirm !== undefined && userIn(String(confirm)) !== user)
    throw new UsageError("--confirm names somebody else: nothing was deleted.");
  return { do: "practice delete", user, confirmed: confirm !== undefined };
}

function readTariff({ words, options, today }: Typed): Command {
  const [kind, price = ""] = only(words, 2);
  const from = dayOr("--from", options.from, today) ?? today;
  const until = dayOr("--until", options.until, null);
  notPast("--from", from, today);
  if (until !== null && until < from) throw new UsageError(`--until lies before ${dayText(from)}.`);
  const row = { kind: kindIn(kind), from, price: milliPoints("The price", price, 0, PRICE_MAX) };
  return { do: "tariff set", ...row, free: options.free === true, until };
}

function readCorrection({ words }: Typed): Command {
  const [entry = ""] = only(words, 1);
  return { do: "correct", entry: whole("The entry", entry, 1, Number.MAX_SAFE_INTEGER) };
}

function readStatement({ words, options }: Typed): Command {
  const [user, text = ""] = only(words, 2);
  const month = monthIn(text);
  if (month === null) throw new UsageError(`"${text.slice(0, 40)}" is no month: write it as 2026-11.`);
  const lang = LANGS.find((one) => one === (options.lang ?? "de"));
  if (lang === undefined) throw new UsageError(`--lang must be one of ${LANGS.join(", ")}.`);
  return { do: "statement", user: userIn(user), month, lang };
}
