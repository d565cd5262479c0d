/** Runs the tests that the rules rest on, and those alone. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { keptBun } from "../kept-bun.ts";
import { type Cited, patternOf } from "./cited.ts";
import { fromJunit, fromPlaywright, type Result } from "./results.ts";

const JOURNEYS = "web/journeys";

export const isJourney = (file: string) => file.endsWith(".journey.ts");

/** Where a Chromium is; null: nowhere, so no journey can run. */
export function browserPath(): string | null {
  const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return existsSync(path) ? path : null;
}

/** A fresh file for what a runner says. */
function reportFile(root: string, name: string): string {
  const folder = join(root, ".cache", "evidence");
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, name), { force: true });
  return join(folder, name);
}

async function carryOut(
  root: string,
  command: readonly string[],
  env: Record<string, string>,
): Promise<void> {
  const child = Bun.spawn([...command], {
    cwd: root,
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "inherit",
    stderr: "inherit",
  });
  // what failed, the report says; what did not run at all is missing there
  await child.exited;
}

const patternsOf = (cited: readonly Cited[]) =>
  [...new Set(cited.map(({ title }) => patternOf(title)))].join("|");

/** Tests without a browser. Shared tests (`…-contract.ts`) run in the files beside them that call them. */
export async function runUnits(root: string, cited: readonly Cited[]): Promise<Result[]> {
  const units = cited.filter(({ file }) => !isJourney(file));
  const own = units.filter(({ file }) => file.endsWith(".test.ts")).map(({ file }) => `./${file}`);
  const shared = units.some(({ file }) => !file.endsWith(".test.ts")) ? ["./server/transport"] : [];
  const report = reportFile(root, "units.xml");
  const bun = keptBun() ?? process.execPath;
  const reporter = ["--reporter=junit", `--reporter-outfile=${report}`];
  const which = ["--test-name-pattern", patternsOf(units)];
  await carryOut(root, [bun, "test", ...new Set(own), ...shared, ...which, ...reporter], {});
  return existsSync(report) ? fromJunit(readFileSync(report, "utf8")) : [];
}

/** Journeys; the pages must be built. */
export async function runJourneys(
  root: string,
  cited: readonly Cited[],
  chromium: string,
): Promise<Result[]> {
  const journeys = cited.filter(({ file }) => isJourney(file));
  const report = reportFile(root, "journeys.json");
  const files = [...new Set(journeys.map(({ file }) => file))];
  const which = ["--grep", patternsOf(journeys), "--retries=1", "--reporter=list,json"];
  const env = { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  await carryOut(root, [process.execPath, "--bun", "x", "playwright", "test", ...files, ...which], env);
  return existsSync(report) ? fromPlaywright(readFileSync(report, "utf8"), JOURNEYS) : [];
}
