/** A month's statement as CSV (LG7): one row per call and credit, so that a spreadsheet can add it up again. */
import { stringify } from "csv-stringify/sync";
import type { CallLine, CreditLine, Statement } from "../../wire/ledger.ts";
import { creditText, type Lang, pointsText, timeText, WORDS } from "./statement-words.ts";

const COLUMNS = [
  "kind",
  "day",
  "begun",
  "single",
  "group",
  "promotion",
  "trial",
  "package",
  "points",
  "price",
  "waived",
  "gaps",
  "gapMinutes",
  "account",
  "amount",
  "until",
  "balance",
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A cell that begins so and is no number, a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@]/;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** The statement as text with a byte order mark, by which spreadsheets know UTF-8. German: semicolons and decimal commas. */
export function csvOf(statement: Statement, lang: Lang): string {
  const rows = [titles(lang), ...rowsOf(statement, lang)];
  const cells = rows.map((row) => COLUMNS.map((column) => harmless(row[column] ?? "")));
  return stringify(cells, { bom: true, delimiter: lang === "de" ? ";" : ",", record_delimiter: "windows" });
}

function rowsOf(statement: Statement, lang: Lang): Row[] {
  const words = WORDS[lang];
  const { calls, credits, before, after, sums, month } = statement;
  return [
    { kind: words.before, day: month, balance: pointsText(before, lang) },
    ...calls.map((call) => callRow(call, lang)),
    ...credits.map((credit) => creditRow(credit, lang)),
    { kind: words.sum, day: month, ...amounts(sums, lang) },
    { kind: words.after, day: month, balance: pointsText(after, lang) },
  ];
}

function titles(lang: Lang): Row {
  const words = WORDS[lang];
  const { minutes, minutesOf, paid } = words;
  return {
    ...words,
    single: `${minutes} ${minutesOf.single}`,
    group: `${minutes} ${minutesOf.group}`,
    promotion: `${minutes} ${words.paidBy} ${paid.promotion}`,
    trial: `${minutes} ${words.paidBy} ${paid.trial}`,
    package: `${minutes} ${words.paidBy} ${paid.package}`,
    points: `${minutes} ${words.paidBy} ${paid.points}`,
  };
}

function amounts({ minutes, paid, price, waived }: Statement["sums"], lang: Lang): Row {
  const { promotion, trial, points } = paid;
  return {
    single: String(minutes.single),
    group: String(minutes.group),
    promotion: String(promotion),
    trial: String(trial),
    package: String(paid.package),
    points: String(points),
    price: pointsText(price, lang),
    waived: pointsText(waived, lang),
  };
}

function callRow(call: CallLine, lang: Lang): Row {
  const begun = call.begunAt === null ? {} : { begun: timeText(call.begunAt) };
  const gaps = call.gaps && { gaps: String(call.gaps.count), gapMinutes: String(call.gaps.minutes) };
  return { kind: WORDS[lang].call, day: call.day, ...begun, ...amounts(call, lang), ...gaps };
}

function creditRow(credit: CreditLine, lang: Lang): Row {
  const words = WORDS[lang];
  return {
    kind: credit.correction ? words.correction : words.credit,
    day: credit.day,
    account: words.accounts[credit.account],
    amount: creditText(credit, lang),
    until: credit.until ?? "",
  };
}

/** Some programs begin a new cell at any line break or tab, and look behind white space. */
function harmless(cell: string): string {
  const line = cell.replace(/\s+/g, " ").trim();
  return FORMULA.test(line) && !NUMBER.test(line) ? `'${line}` : line;
}
