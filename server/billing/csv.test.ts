import { expect, test } from "bun:test";
import { csvOf } from "./csv.ts";
import type { Lang } from "./statement-words.ts";
import { sampleCall, sampleCredit, sampleStatement } from "./testing/statements.ts";

/** The rows as a spreadsheet reads them. */
function read(csv: string, separator: string): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\r\n${separator}]*))(${separator}|\r\n|$)`, "g");
  const rows: string[][] = [[]];
  for (const [all, quoted, plain, end] of csv.replace("\ufeff", "").matchAll(cell)) {
    if (all === "") break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

const SEPARATORS = { de: ";", en: "," } as const;
const rowsOf = (statement: ReturnType<typeof sampleStatement>, lang: Lang) =>
  read(csvOf(statement, lang), SEPARATORS[lang]);
const milli = (cell: string) => Math.round(Number(cell.replace(",", ".")) * 1000);

const PRICE = 9;
const WAIVED = 10;
const BALANCE = 16;

test.each(["de", "en"] as const)("[LG7] the sums of the %s CSV are the ledger's to the last unit", (lang) => {
  const calls = Array.from({ length: 200 }, (_, n) => sampleCall(n));
  const statement = sampleStatement(calls, [sampleCredit()], -1);
  const rows = rowsOf(statement, lang);
  const lines = rows.filter(([kind]) => kind === "Gespräch" || kind === "Call");
  const [sums = []] = rows.filter(([kind]) => kind === "Summe" || kind === "Sum");
  const add = (column: number) => lines.reduce((sum, row) => sum + milli(row[column] ?? ""), 0);
  expect(lines.length).toBe(200);
  const { minutes, paid, price, waived } = statement.sums;
  const counts = [minutes.single, minutes.group, paid.promotion, paid.trial, paid.package, paid.points];
  expect(sums.slice(3, 9)).toEqual(counts.map(String));
  for (let column = 3; column <= WAIVED; column++) expect(add(column)).toBe(milli(sums[column] ?? ""));
  expect(milli(sums[PRICE] ?? "")).toBe(price);
  expect(milli(sums[WAIVED] ?? "")).toBe(waived);
  expect(milli(rows[1]?.[BALANCE] ?? "")).toBe(-1);
  expect(milli(rows.at(-1)?.[BALANCE] ?? "")).toBe(-1 + 20_000 - price);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([17]));
});

test("[LG7] a German row: semicolons, decimal commas, umlauts, the time in Berlin", () => {
  const csv = csvOf(sampleStatement([sampleCall(3)]), "de");
  expect(csv.startsWith("\ufeffArt;Tag;Beginn;Minuten 1:1;Minuten Gruppe;Minuten davon durch Aktion;")).toBe(
    true,
  );
  expect(csv).toContain("\r\nGespräch;2026-11-04;09:03;4;3;4;0;0;3;3,003;1,6;0;3;;;;\r\n");
});

test("[LG7] an English row: commas, decimal points", () => {
  const csv = csvOf(sampleStatement([sampleCall(3)]), "en");
  expect(csv).toContain("\r\nCall,2026-11-04,09:03,4,3,4,0,0,3,3.003,1.6,0,3,,,,\r\n");
});

test("[LG6] a call whose times are deleted keeps its day and its amounts", () => {
  const csv = csvOf(sampleStatement([sampleCall(3, { begunAt: null, gaps: null })]), "de");
  expect(csv).toContain("\r\nGespräch;2026-11-04;;4;3;4;0;0;3;3,003;1,6;;;;;;\r\n");
});

test("[LG1] credits and corrections: points in points, minutes in minutes, with their last day", () => {
  const pack = sampleCredit({ account: "package", amount: 9000, until: "2027-11-03" });
  const mended = sampleCredit({ amount: -20_400, correction: true });
  const rows = rowsOf(sampleStatement([], [sampleCredit(), pack, mended]), "de");
  expect(rows.slice(2, 5).map((row) => [row[0], ...row.slice(13, 16)])).toEqual([
    ["Gutschrift", "Punkte", "20", ""],
    ["Gutschrift", "Paketminuten", "9000", "2027-11-03"],
    ["Korrektur", "Punkte", "-20,4", ""],
  ]);
});

test("[LG7] no cell can start a formula; negative numbers stay numbers", () => {
  for (const begin of ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]) {
    const statement = { ...sampleStatement([], [sampleCredit({ amount: -400 })], -20_000), month: begin };
    for (const cell of rowsOf(statement, "de").flat()) expect(cell).not.toMatch(/^[=+@\t\r]|^-\d*[^\d,]/);
    expect(csvOf(statement, "de")).toContain(";-20\r\n");
  }
});
