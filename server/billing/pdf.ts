/** A month's statement as PDF (LG7): a heading, the calls, the credits, the sums, the points before and after. */
import type { CallLine, CreditLine, Statement } from "../../wire/ledger.ts";
import { dayOf, dayText } from "./day.ts";
import { type Cell, createSheet, ROW_WIDTH, rowHeight, type Sheet, type Style } from "./pdf-sheet.ts";
import { creditText, dayName, type Lang, monthName, pointsText, timeText, WORDS } from "./statement-words.ts";

/** Whose statement it is, who runs the server (may be empty), and when it was asked for (Unix milliseconds). */
export type AboutStatement = {
  readonly user: string;
  readonly operator: string;
  readonly madeAt: number;
  readonly lang: Lang;
};

const TITLE: Style = { size: 20, bold: true };
const HEAD: Style = { size: 12, bold: true };
const PLAIN: Style = { size: 9 };
const STRONG: Style = { size: 9, bold: true };
const SMALL: Style = { size: 8 };
const LABEL: Style = { size: 7.5, grey: true };

/** Widths of the tables' columns; the first `left` of them are words, the others numbers. */
type Table = { readonly widths: readonly number[]; readonly left: number };
const CALLS: Table = { widths: [54, 36, 38, 40, 50, 36, 44, 44, 54, 54, 49], left: 2 };
const CREDITS: Table = { widths: [60, 110, 130, 100, 99], left: 3 };
const FIGURES: Table = { widths: [200, 100], left: 1 };

/** The statement as a document; the same input makes the same bytes. */
export function pdfOf(statement: Statement, about: AboutStatement): Promise<Uint8Array> {
  const { user, operator, madeAt, lang } = about;
  const words = WORDS[lang];
  const month = monthName(statement.month, lang);
  const title = `${words.title} ${month}`;
  const sheet = createSheet({ title: `${title}, ${user}`, author: operator, madeAt, lang });
  sheet.row([whole(title)], TITLE);
  sheet.row([whole(`${words.practice}: ${user}`)], PLAIN);
  if (operator !== "") sheet.row([whole(operator)], PLAIN);
  sheet.row([whole(`${words.madeAt} ${dayName(dayText(dayOf(madeAt)), lang)}`)], LABEL);
  putCalls(sheet, statement, lang);
  putCredits(sheet, statement.credits, lang);
  putFigures(sheet, statement, lang);
  return sheet.finish(`${title} · ${user}`, words.page);
}

function putCalls(sheet: Sheet, statement: Statement, lang: Lang): void {
  section(sheet, WORDS[lang].calls);
  if (statement.calls.length === 0) sheet.row([whole(WORDS[lang].noCalls)], PLAIN);
  else putCallTable(sheet, statement, lang);
}

function putCallTable(sheet: Sheet, { calls, sums }: Statement, lang: Lang): void {
  const words = WORDS[lang];
  const { minutesOf, paid } = words;
  const titles = [words.day, words.begun, minutesOf.single, minutesOf.group]
    .concat(paid.promotion, paid.trial, paid.package, paid.points)
    .concat(words.price, words.waived, words.gapsForm);
  const above = [
    "",
    "",
    words.minutes,
    "",
    words.paidBy,
    "",
    "",
    "",
    words.accounts.points,
    "",
    words.minutes,
  ];
  table(sheet, CALLS, { heads: [above, titles], rows: calls.map((call) => callCells(call, lang)) });
  sheet.rule();
  sheet.row(cells(CALLS, [words.sum, "", ...amounts(sums, lang), ""]), { ...SMALL, bold: true });
}

function callCells(call: CallLine, lang: Lang): string[] {
  const { begunAt, gaps } = call;
  const begun = begunAt === null ? "" : timeText(begunAt);
  return [
    dayName(call.day, lang),
    begun,
    ...amounts(call, lang),
    gaps === null ? "" : `${gaps.count} / ${gaps.minutes}`,
  ];
}

function amounts({ minutes, paid, price, waived }: Statement["sums"], lang: Lang): string[] {
  const counts = [minutes.single, minutes.group, paid.promotion, paid.trial, paid.package, paid.points];
  return [...counts.map(String), pointsText(price, lang), pointsText(waived, lang)];
}

function putCredits(sheet: Sheet, credits: readonly CreditLine[], lang: Lang): void {
  if (credits.length === 0) return;
  const words = WORDS[lang];
  section(sheet, words.credits);
  const rows = credits.map((credit) => [
    dayName(credit.day, lang),
    credit.correction ? words.correction : words.credit,
    words.accounts[credit.account],
    creditText(credit, lang),
    credit.until === null ? "" : dayName(credit.until, lang),
  ]);
  const heads = [[words.day, words.kind, words.account, words.amount, words.until]];
  table(sheet, CREDITS, { heads, rows });
}

function putFigures(sheet: Sheet, { before, after, sums }: Statement, lang: Lang): void {
  const words = WORDS[lang];
  sheet.room(24 + 4 * rowHeight(PLAIN));
  sheet.gap(18);
  sheet.rule();
  const figure = (name: string, amount: number, style: Style) =>
    sheet.row(cells(FIGURES, [name, pointsText(amount, lang)]), style);
  figure(words.before, before, PLAIN);
  figure(words.credits, after - before + sums.price, PLAIN);
  figure(words.calls, 0 - sums.price, PLAIN);
  figure(words.after, after, STRONG);
}

/** A heading that never stands alone at the end of a page. */
function section(sheet: Sheet, title: string): void {
  sheet.room(90);
  sheet.gap(18);
  sheet.row([whole(title)], HEAD);
  sheet.gap(2);
}

/** Rows with their heads above, again on every page. The last row brings one more along: the sums stay with a call. */
function table(sheet: Sheet, form: Table, { heads, rows }: { heads: string[][]; rows: string[][] }): void {
  const putHeads = () => {
    for (const head of heads) sheet.row(cells(form, head), LABEL);
    sheet.rule();
  };
  putHeads();
  for (const [n, row] of rows.entries()) {
    if (sheet.room(rowHeight(SMALL) * (n === rows.length - 1 ? 3 : 1))) putHeads();
    sheet.row(cells(form, row), SMALL);
  }
}

function cells({ widths, left }: Table, texts: readonly string[]): Cell[] {
  let x = 0;
  return widths.flatMap((width, n) => {
    const cell: Cell = { text: texts[n] ?? "", x, width: width - 4, align: n < left ? "left" : "right" };
    x += width;
    return cell.text === "" ? [] : [cell];
  });
}

function whole(text: string): Cell {
  return { text, x: 0, width: ROW_WIDTH, align: "left" };
}
