/** What a practice sees of its ledger: what it has, a month, minutes per week (LG7). Reads only. */
import type { CallRow } from "../../db/calls.ts";
import type { Entry } from "../../db/ledger.ts";
import type { Store } from "../../db/store.ts";
import { hex } from "../../wire/bytes.ts";
import type { PracticeId } from "../../wire/ids.ts";
import type { Account, CallLine, CreditLine, PaidBy, Statement, Week } from "../../wire/ledger.ts";
import { around, dayText, type Month, mondayOf } from "./day.ts";
import { keyOfCall } from "./pricing.ts";
import { mayStart } from "./tariff.ts";

/** A shorter pause is one of labels, not of people. */
const GAP_MS = 1000;
const MINUTE_MS = 60_000;
const WEEKS = 12;

/** An account without a ledger number is gone. */
export class NoLedger extends Error {
  override readonly name = "NoLedger";
}

/** What a practice has on a day. Throws `NoLedger`. */
export async function accountOf({ ledger }: Store, practice: PracticeId, day: number): Promise<Account> {
  const number = await numberOf(ledger, practice);
  const standing = await ledger.standing(number, day);
  const tariffs = await ledger.tariffs(day);
  const { points, grants } = standing;
  const left = (account: "trial" | "package") => grants.filter((grant) => grant.account === account);
  return {
    points,
    trialMinutes: left("trial").reduce((sum, { minutes }) => sum + minutes, 0),
    packages: left("package").map(({ minutes, until }) => ({ minutes, until: textOrNull(until) })),
    tariffs,
    mayStart: {
      single: mayStart("single", standing, tariffs),
      group: mayStart("group", standing, tariffs),
    },
  };
}

/** One month of a practice. Throws `NoLedger`. */
export async function statementOf(store: Store, practice: PracticeId, month: Month): Promise<Statement> {
  const { ledger, calls } = store;
  const number = await numberOf(ledger, practice);
  const { from, to } = around(month.first, month.last);
  const entries = await ledger.entries(number, month.first, month.last);
  const rows = await calls.settled(practice, from, to);
  const before = await ledger.pointsUntil(number, month.first - 1);
  const inMonth = entries.reduce((sum, { account, amount }) => sum + (account === "points" ? amount : 0), 0);
  return {
    month: month.text,
    calls: callLines(entries, rows),
    credits: entries.flatMap(creditLine),
    // what mends a call stands among the credits, so that calls and their sums, and before and after, add up
    sums: sumsOf(entries.filter(({ kind, corrects }) => kind !== null && corrects === null)),
    before,
    after: before + inMonth,
  };
}

/** Minutes of the week of `day` and those before it. Throws `NoLedger`. */
export async function weeksOf({ ledger }: Store, practice: PracticeId, day: number): Promise<Week[]> {
  const number = await numberOf(ledger, practice);
  const first = mondayOf(day) - 7 * (WEEKS - 1);
  const entries = await ledger.entries(number, first, day);
  return Array.from({ length: WEEKS }, (_, n) => {
    const monday = first + 7 * n;
    const own = entries.filter((entry) => mondayOf(entry.day) === monday);
    return { week: dayText(monday), ...sumsOf(own).minutes };
  });
}

async function numberOf(ledger: Store["ledger"], practice: PracticeId): Promise<string> {
  const number = await ledger.numberOf(practice);
  if (number === null) throw new NoLedger();
  return number;
}

function callLines(entries: readonly Entry[], rows: readonly CallRow[]): CallLine[] {
  const times = new Map(rows.map((row) => [hex(keyOfCall(row.id)), row]));
  const booked = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.kind === null || entry.corrects !== null) continue;
    const key = hex(entry.key);
    booked.set(key, [...(booked.get(key) ?? []), entry]);
  }
  const lines = [...booked].map(([key, own]) => callLine(own, times.get(key)));
  return lines.sort((a, b) => compare(a.day, b.day) || (a.begunAt ?? 0) - (b.begunAt ?? 0));
}

function callLine(own: readonly Entry[], row: CallRow | undefined): CallLine {
  const day = dayText(own[0]?.day ?? 0);
  return { day, begunAt: row?.begunAt ?? null, ...sumsOf(own), gaps: row ? gapsOf(row) : null };
}

function sumsOf(entries: readonly Entry[]): Statement["sums"] {
  const minutes = { single: 0, group: 0 };
  const paid: Record<PaidBy, number> = { promotion: 0, trial: 0, package: 0, points: 0 };
  let [price, waived] = [0, 0];
  for (const entry of entries) {
    if (entry.kind !== null) minutes[entry.kind] += entry.minutes;
    if (entry.kind !== null) paid[entry.account] += entry.minutes;
    if (entry.account === "points" && entry.kind !== null) price -= entry.amount;
    waived += entry.waived;
  }
  return { minutes, paid, price, waived };
}

/** [BM5] */
function gapsOf({ intervals }: CallRow): CallLine["gaps"] {
  const pauses = intervals
    .slice(1)
    .map((next, n) => next.begunAt - (intervals[n]?.begunAt ?? 0) - (intervals[n]?.length ?? 0))
    .filter((pause) => pause >= GAP_MS);
  const sum = pauses.reduce((all, pause) => all + pause, 0);
  return { count: pauses.length, minutes: Math.ceil(sum / MINUTE_MS) };
}

function creditLine({ day, account, kind, amount, until, corrects }: Entry): CreditLine[] {
  if (account === "promotion" || (kind !== null && corrects === null)) return [];
  return [
    {
      day: dayText(day),
      account,
      amount,
      until: textOrNull(until),
      correction: corrects !== null,
    },
  ];
}

function textOrNull(day: number | null): string | null {
  return day === null ? null : dayText(day);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
