import { expect, test } from "bun:test";
import type { Statement } from "../../wire/ledger.ts";
import { type AboutStatement, pdfOf } from "./pdf.ts";
import { pointsText } from "./statement-words.ts";
import { readPdf } from "./testing/pdf-reader.ts";
import { sampleCall, sampleCredit, sampleStatement } from "./testing/statements.ts";

const ABOUT: AboutStatement = {
  user: "anna.muster",
  operator: "Seelenhäuser Übersee Größe GmbH",
  madeAt: Date.UTC(2026, 11, 1, 8),
  lang: "de",
};
const calls = (n: number) => Array.from({ length: n }, (_, call) => sampleCall(call));
const shownOf = async (statement: Statement, about: Partial<AboutStatement> = {}) =>
  readPdf(await pdfOf(statement, { ...ABOUT, ...about }));
const pagesOf = async (...asked: Parameters<typeof shownOf>) =>
  (await shownOf(...asked)).map((page) => page.map(({ text }) => text));

test("[LG7] a German statement says whose it is, of which month, and what every call cost", async () => {
  const statement = sampleStatement([sampleCall(3), sampleCall(4)], [], 20_000);
  const [page = [], ...more] = await pagesOf(statement);
  expect(more).toEqual([]);
  expect(page.slice(0, 5)).toEqual([
    "Abrechnung November 2026",
    "Praxis: anna.muster",
    "Seelenhäuser Übersee Größe GmbH",
    "Erstellt am 01.12.2026",
    "Gespräche",
  ]);
  const row = ["04.11.2026", "09:03", "4", "3", "4", "0", "0", "3", "3,003", "1,6", "0 / 3"];
  expect(page.slice(page.indexOf("04.11.2026")).slice(0, 11)).toEqual(row);
  expect(page.slice(page.indexOf("Summe")).slice(0, 9)).toEqual([
    "Summe",
    "9",
    "7",
    "9",
    "0",
    "0",
    "7",
    "7,007",
    "3,6",
  ]);
});

test("[LG7] points before, credited, charged and after are the ledger's to the last unit", async () => {
  const pack = sampleCredit({ account: "package", amount: 9000 });
  const credits = [sampleCredit(), pack, sampleCredit({ amount: -1, correction: true })];
  const statement = sampleStatement(calls(9), credits, -12_345);
  const [page = []] = await pagesOf(statement);
  const from = page.indexOf("Punkte vor dem Monat");
  const { price } = statement.sums;
  expect(page.slice(from, from + 8)).toEqual([
    "Punkte vor dem Monat",
    "-12,345",
    "Gutschriften und Korrekturen",
    "19,999",
    "Gespräche",
    pointsText(-price, "de"),
    "Punkte nach dem Monat",
    pointsText(-12_345 + 19_999 - price, "de"),
  ]);
});

test("[LG7] 200 calls make several pages with heads and numbers, and no call is lost between them", async () => {
  const statement = sampleStatement(calls(200));
  const pages = await pagesOf(statement);
  expect(pages.length).toBe(4);
  const days = pages.flat().filter((text) => /^\d\d\.11\.2026$/.test(text));
  expect(days).toEqual(statement.calls.map(({ day }) => day.split("-").reverse().join(".")));
  for (const [n, page] of pages.entries()) {
    expect(page.filter((text) => text === "Beginn").length).toBe(1);
    expect(page.at(-1)).toBe(`Seite ${n + 1} von 4`);
  }
});

test("[LG7] sums stand on a page with a call, whatever the number of calls", async () => {
  for (let n = 44; n <= 56; n++) {
    const pages = await pagesOf(sampleStatement(calls(n)));
    const hasCall = (page: string[]) => page.some((text) => /^\d\d\.11\.2026$/.test(text));
    expect(pages.filter((page) => page.includes("Summe")).map(hasCall)).toEqual([true]);
    expect(pages.map((page) => page.includes("Beginn"))).toEqual(pages.map(hasCall));
  }
});

test("[LG7] nothing runs into the page number, whatever the number of calls and credits", async () => {
  for (let n = 40; n <= 60; n++) {
    const credits = Array.from({ length: n % 4 }, () => sampleCredit());
    for (const page of await shownOf(sampleStatement(calls(n), credits))) {
      for (const { y } of page.slice(0, -2)) expect(y).toBeGreaterThan(64);
      for (const { y } of page) expect(y).toBeGreaterThan(36);
    }
  }
});

test("[LG1] credits and corrections, in English", async () => {
  const pack = sampleCredit({ account: "package", amount: 9000, until: "2027-11-03" });
  const trial = sampleCredit({ account: "trial", amount: -60, correction: true });
  const [page = []] = await pagesOf(sampleStatement([], [sampleCredit(), pack, trial]), { lang: "en" });
  expect(page[0]).toBe("Statement November 2026");
  expect(page).toContain("No calls in this month.");
  const from = page.indexOf("Valid until") + 1;
  expect(page.slice(from, from + 13)).toEqual(
    ["2026-11-03", "Credit", "Points", "20"].concat(
      ["2026-11-03", "Credit", "Package minutes", "9000", "2027-11-03"],
      ["2026-11-03", "Correction", "Trial minutes", "-60"],
    ),
  );
});

test("[LG6] a call whose times are deleted keeps its day and its amounts", async () => {
  const [page = []] = await pagesOf(sampleStatement([sampleCall(3, { begunAt: null, gaps: null })]));
  const row = page.slice(page.indexOf("04.11.2026")).slice(0, 10);
  expect(row).toEqual(["04.11.2026", "4", "3", "4", "0", "0", "3", "3,003", "1,6", "Summe"]);
});

test("[LG7] the same statement at the same time is the same file", async () => {
  const statement = sampleStatement(calls(60), [sampleCredit()]);
  const first = await pdfOf(statement, ABOUT);
  expect(Buffer.compare(first, await pdfOf(statement, ABOUT))).toBe(0);
  expect(Buffer.compare(first, await pdfOf(statement, { ...ABOUT, madeAt: 0 }))).not.toBe(0);
});

test("an operator's name that is long or foreign breaks nothing; without one there is no line", async () => {
  const [foreign = []] = await pagesOf(sampleStatement([]), { operator: "Łódź\n(Ω) \\ )" });
  expect(foreign[2]).toBe("?ód??(?) \\ )");
  const [long = []] = await pagesOf(sampleStatement([]), { operator: "Praxis ".repeat(500) });
  expect(long[2]).toEndWith("…");
  expect(long[3]).toBe("Erstellt am 01.12.2026");
  const [some = []] = await shownOf(sampleStatement([]));
  const [none = []] = await shownOf(sampleStatement([]), { operator: "" });
  expect(none[2]?.text).toBe("Erstellt am 01.12.2026");
  expect(none[3]?.y).toBeGreaterThan(some[4]?.y ?? 0);
});
