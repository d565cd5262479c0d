/** The report for an auditor: a rule is kept only by tests that ran and passed; whatever else there is reads "nicht erfüllt". */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../setup.ts";
import { type Cited, citedIn, findCited, patternOf, proofsIn } from "./cited.ts";
import { judge } from "./judge.ts";
import { markdownOf } from "./markdown.ts";
import { pageOf } from "./page.ts";
import { fromJunit, fromPlaywright, type Result } from "./results.ts";
import { RULES } from "./rules.ts";
import type { About } from "./words.ts";

const RULE = { id: "R3", tag: "R3", wants: "Der Name ist bekannt.", kept: "Er wird verlangt." };
const cited: Cited[] = [
  { file: "a.test.ts", title: "[R3] a name is told", tags: ["R3"] },
  { file: "b.journey.ts", title: "asked: [R3] nobody comes in", tags: ["R3"] },
];
const passed: Result[] = [
  { file: "a.test.ts", name: "group [R3] a name is told", state: "passed" },
  { file: "b.journey.ts", name: "asked: [R3] nobody comes in", state: "passed" },
];
const about: About = {
  at: "26. November 2026, 08:00",
  version: "1.0",
  commit: "abc",
  isChanged: false,
  browser: true,
};
const verdict = (results: readonly Result[], of: readonly Cited[] = cited, browser = true) =>
  judge([RULE], of, results, (file) => browser || !file.endsWith(".journey.ts"));
const isKept = (...given: Parameters<typeof verdict>) => verdict(...given)[0]?.isKept;

test("kept: every test that quotes the rule has passed", () => {
  expect(isKept(passed)).toBe(true);
  expect(markdownOf(about, verdict(passed))).toContain("## R3: erfüllt");
});

test("not kept: one failed, was skipped, did not run, needs a browser that is not there, or no test quotes the rule", () => {
  const [first, second] = passed as [Result, Result];
  const cases: [ReturnType<typeof verdict>, string][] = [
    [verdict([first, { ...second, state: "failed" }]), "1 von 2 Tests: nicht bestanden."],
    [verdict([{ ...first, state: "skipped" }, second]), "1 von 2 Tests: übersprungen."],
    [verdict([first]), "1 von 2 Tests: nicht gelaufen."],
    [verdict([first], cited, false), "1 von 2 Tests: nicht geprüft (kein Browser)."],
    [verdict(passed, []), "Kein Test nennt diese Regel."],
  ];
  for (const [verdicts, why] of cases) {
    expect(verdicts[0]?.isKept).toBe(false);
    for (const report of [markdownOf(about, verdicts), pageOf(about, verdicts)]) {
      expect(report.replaceAll("\\", "")).toContain(why);
      expect(report).toContain("0 von 1 Regeln erfüllt");
      expect(report.replace(/<[^>]*>/g, "")).toContain("R3: nicht erfüllt");
    }
  }
});

test("a test of the same name in another file, or of a longer name, proves nothing", () => {
  const elsewhere = passed.map((result) => ({ ...result, file: `other/${result.file}` }));
  expect(isKept(elsewhere)).toBe(false);
  expect(isKept(passed.map((result) => ({ ...result, name: `${result.name}s` })))).toBe(false);
});

test("a real run: a failing rule test, and one that was taken away, turn the rule into one that is not kept", async () => {
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  const run = async (source: string) => {
    writeFileSync(join(folder, "a.test.ts"), source);
    const report = ["--reporter=junit", "--reporter-outfile=r.xml"];
    const command = [
      process.execPath,
      "test",
      "./a.test.ts",
      "-t",
      patternOf("[R3] a name is told"),
      ...report,
    ];
    await Bun.spawn(command, { cwd: folder, stdout: "ignore", stderr: "ignore" }).exited;
    return isKept(fromJunit(await Bun.file(join(folder, "r.xml")).text()), cited.slice(0, 1));
  };
  const source = (name: string, value: number) =>
    `import { describe, expect, test } from "bun:test";
     describe("a & b", () => { describe("c", () => { test("${name}", () => expect(1).toBe(${value})); }); });
     test("another", () => {});`;
  expect(await run(source("[R3] a name is told", 1))).toBe(true);
  expect(await run(source("[R3] a name is told", 2))).toBe(false);
  expect(await run(source("a name is told", 1))).toBe(false);
  rmSync(folder, { recursive: true });
});

test("titles in sources are read where a test or group begins, with each tag; messages of expectations are none", () => {
  const source = [
    'describe("[R5] inside", () => {',
    '  test.each(many)("[R3][AT3] told by %s", () => {',
    "  test(",
    '    "[R9, LG1] alone on a line",',
    '  expect(foreign, "[R12] left our origin").toEqual([]);',
    "  expect(",
    '    await kept(page), "[R10] nothing of a call",',
    '    "[R10] nothing of a link",',
    '  ])("[R6] behind a table", () => {',
    'test("[A3] an amendment is no rule of Austria", () => {',
  ].join("\n");
  const tags = new Set(RULES.map(({ tag }) => tag));
  expect(citedIn("x.test.ts", source, tags).map(({ title, tags: found }) => [title, found])).toEqual([
    ["[R5] inside", ["R5"]],
    ["[R3][AT3] told by %s", ["R3", "AT3"]],
    ["[R9, LG1] alone on a line", ["R9"]],
    ["[R6] behind a table", ["R6"]],
  ]);
  expect(new RegExp(patternOf("[R3][AT3] told by %s (a|b)")).test("[R3][AT3] told by anna (a|b)")).toBe(true);
  expect(proofsIn('| t | w | `a.test.ts` "one" · `b.test.ts` "two" |')).toMatchObject([
    { title: "one" },
    { title: "two" },
  ]);
});

test("a journey counts as passed at its second try, not when it was skipped", () => {
  const spec = (title: string, ok: boolean, status: string) => ({ title, ok, tests: [{ status }] });
  const inner = { title: "networks", file: "a.journey.ts", specs: [spec("three", false, "unexpected")] };
  const specs = [spec("one", true, "flaky"), spec("two", true, "skipped")];
  const json = { suites: [{ title: "a.journey.ts", file: "a.journey.ts", specs, suites: [inner] }] };
  expect(fromPlaywright(JSON.stringify(json), "j").map(({ name, state }) => [name, state])).toEqual([
    ["one", "passed"],
    ["two", "skipped"],
    ["networks three", "failed"],
  ]);
});

test("names of tests cannot change the page; it asks nobody for anything", () => {
  const bad = { file: "a.test.ts", name: '<img src="x">*|`', state: "passed" } as const;
  const verdicts = [{ rule: RULE, isKept: true, proofs: [bad] }];
  const page = pageOf(about, verdicts);
  expect(page).not.toContain("<img");
  expect(page).not.toMatch(/https?:|<script|url\(|@import/);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("keine Zertifizierung");
  expect(markdownOf(about, verdicts)).toContain("\\<img");
});

test("every rule of the list has at least one test that quotes it", () => {
  const quoted = new Set(findCited(ROOT, RULES).flatMap(({ tags }) => tags));
  expect(RULES.map(({ id, tag }) => [id, quoted.has(tag)])).toEqual(RULES.map(({ id }) => [id, true]));
  expect(RULES.map(({ id }) => id).join(" ")).toBe(
    "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 A2 A3 A4 A5 A6 A7",
  );
});
