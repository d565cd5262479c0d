/** Carries out what the operator typed, and says what came of it. */
import { createHash, randomBytes } from "node:crypto";
import type { Line } from "../../db/ledger.ts";
import type { Store } from "../../db/store.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { PracticeId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { csvOf } from "../billing/csv.ts";
import { accountOf, statementOf } from "../billing/statement.ts";
import { hashOf, newVoucherCode, printed } from "../billing/voucher.ts";
import { changeAccount } from "./change-account.ts";
import type { Command, Upkeep } from "./command.ts";
import { accountLines, entryLine, practiceLine, reportLines, tariffLine, worthText } from "./report.ts";
import { rowsToAdd } from "./tariff-rows.ts";
import { UsageError } from "./usage.ts";

/** `out` is what was asked for, `note` a sentence about what happened; either may be empty. */
export type Outcome = { readonly out: string; readonly note: string };

/** What is asked of the store. */
export type OnStore = Exclude<Command, Upkeep | { do: "retention now" }>;

/** Entries that `balance` shows. Higher: a long list. Lower: a mistake of last month cannot be found to be corrected. */
const ENTRIES_SHOWN = 20;
const LAST_DAY = Number.MAX_SAFE_INTEGER;

/** Throws `UsageError` where the database does not have what was named, and the errors of db/errors.ts. */
export async function carryOut(store: Store, command: OnStore, today: number): Promise<Outcome> {
  switch (command.do) {
    case "voucher":
      return await makeVouchers(store, command);
    case "grant":
      return await grant(store, command, today);
    case "tariff list":
      return { out: lines((await store.ledger.tariffRows()).map(tariffLine)), note: "" };
    case "tariff set":
      return await setTariff(store, command);
    case "correct":
      return await correct(store, command.entry, today);
    case "balance":
      return await balance(store, command.user, today);
    case "reports": {
      const kept = await store.reports.all();
      return { out: lines(kept.flatMap(reportLines)), note: kept.length === 0 ? "No reports." : "" };
    }
    case "second-factor remove":
      return await removeFactors(store, command.user);
    case "practices":
      return await practices(store, command.user);
    case "practice lock":
    case "practice unlock":
    case "practice delete":
      return await changeAccount(store, command, Date.now());
    case "statement": {
      const practice = await practiceOf(store, command.user);
      return { out: csvOf(await statementOf(store, practice, command.month), command.lang), note: "" };
    }
  }
}

type Of<Do extends Command["do"]> = Extract<Command, { do: Do }>;

async function makeVouchers({ vouchers }: Store, command: Of<"voucher">): Promise<Outcome> {
  const { count, account, amount, days, until } = command;
  const codes = Array.from({ length: count }, newVoucherCode);
  const kept = codes.map((code) => ({ hash: hashOf(code), key: randomKey(), account, amount, days, until }));
  await vouchers.add(kept);
  return { out: lines(codes.map(printed)), note: `${count} made, each for ${worthText(command)}.` };
}

async function grant(store: Store, command: Of<"grant">, today: number): Promise<Outcome> {
  const { user, account, amount, days } = command;
  const practice = await practiceOf(store, user);
  const number = await numberOf(store, practice);
  const key = command.key === null ? randomKey() : keyOfGrant(practice, command.key);
  const until = days === null ? null : today + days;
  const line: Line = {
    account,
    kind: null,
    minutes: 0,
    amount,
    waived: 0,
    grant: null,
    until,
    corrects: null,
  };
  const isNew = await store.ledger.book({ number, day: today, key }, [line]);
  const note = isNew ? `Credited: ${worthText(command)}.` : "This key was credited before: nothing was done.";
  return { out: "", note };
}

async function setTariff({ ledger }: Store, command: Of<"tariff set">): Promise<Outcome> {
  const { kind, from, price, free, until } = command;
  const rows = rowsToAdd(await ledger.tariffRows(), { kind, from, price, free }, until);
  await ledger.setTariff(...rows);
  const known = (await ledger.tariffRows()).filter((row) => row.kind === kind && row.from >= from);
  return { out: lines(known.map(tariffLine)), note: "Set." };
}

async function correct({ ledger }: Store, entry: number, today: number): Promise<Outcome> {
  const key = digest(`tpc correction ${entry}`);
  if (await ledger.correct(entry, { day: today, key }))
    return { out: "", note: `Entry ${entry} is taken back.` };
  throw new UsageError(`Entry ${entry} is not there, is a correction itself, or was taken back before.`);
}

async function balance(store: Store, user: UserName, today: number): Promise<Outcome> {
  const practice = await practiceOf(store, user);
  const account = await accountOf(store, practice, today);
  const entries = await store.ledger.entries(await numberOf(store, practice), 0, LAST_DAY);
  return {
    out: lines([...accountLines(account), ...entries.slice(-ENTRIES_SHOWN).map(entryLine)]),
    note: "",
  };
}

/** For whoever has lost phone, keys and spare codes. Of staff too, so not by `practiceOf`. */
async function removeFactors({ practices, factors }: Store, user: UserName): Promise<Outcome> {
  const account = await practices.byUser(user);
  if (account === null) throw new UsageError(`Nobody here is called ${user}.`);
  const had = await factors.clear(account.id);
  return { out: "", note: had ? "Removed: the password is enough again." : "No second factor was on." };
}

/** [R9] No e-mail address of anybody who was not asked for by name. */
async function practices(store: Store, user: UserName | null): Promise<Outcome> {
  const all = await store.overview.accounts(user, Date.now());
  if (user !== null && all.length === 0) throw new UsageError(`Nobody here is called ${user}.`);
  return { out: lines(all.map(practiceLine)), note: user === null ? `${all.length} accounts.` : "" };
}

async function practiceOf({ practices }: Store, user: UserName): Promise<PracticeId> {
  const practice = await practices.practiceOfUser(user);
  if (practice === null) throw new UsageError(`Nobody here is called ${user}.`);
  return practice;
}

async function numberOf({ ledger }: Store, practice: PracticeId): Promise<string> {
  const number = await ledger.numberOf(practice);
  if (number === null) throw new UsageError("This account was deleted just now.");
  return number;
}

/** [LG3, LG6] With the random id of the practice in it, the key tells nothing once the account is deleted, however easy the text is. */
function keyOfGrant(practice: PracticeId, text: string): Bytes {
  return digest(`tpc grant ${practice} ${text}`);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

function digest(text: string): Bytes {
  return new Uint8Array(createHash("sha256").update(text).digest());
}

function randomKey(): Bytes {
  return new Uint8Array(randomBytes(32));
}
