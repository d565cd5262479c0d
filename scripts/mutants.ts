/** `bun run mutants`: plants the bugs of `planted.ts` one after the other into a copy and runs the tests that must notice; fails where
 * one survives without a written reason, or where a bug no longer fits the code. `bun run mutants <word>`: only those named so. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverBun } from "./glibc.ts";
import { PLANTED } from "./planted.ts";
import { PLANTED_CLIENTS } from "./planted-clients.ts";
import { PLANTED_FORM } from "./planted-form.ts";
import { PLANTED_HOSTILE } from "./planted-hostile.ts";
import { PLANTED_MONEY } from "./planted-money.ts";
import { PLANTED_PLANS } from "./planted-plans.ts";
import { PLANTED_RELAY } from "./planted-relay.ts";
import { PLANTED_SOFTWARE } from "./planted-software.ts";
import { PLANTED_STAFF } from "./planted-staff.ts";
import type { Planted } from "./planting.ts";
import { installPackages, ROOT } from "./setup.ts";

/** Higher: a bug that makes a test run for ever holds everybody up. Lower: a slow machine calls a living bug dead. */
const PATIENCE_MS = 120_000;

type Verdict = "killed" | "survived" | "excused" | "misfit";

/** The tests' own code in a folder of its own, so that nobody's working tree is touched. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "mutants-"));
  for (const part of ["wasm", "wire", "web", "server", "db", "scripts", "package.json", "bunfig.toml"]) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

async function testsPass(copy: string, tests: readonly string[]): Promise<boolean> {
  const command = [await serverBun(), "test", "--bail", ...tests.map((test) => `./${test}`)];
  const child = Bun.spawn(command, { cwd: copy, stdout: "ignore", stderr: "ignore", timeout: PATIENCE_MS });
  return (await child.exited) === 0;
}

async function tryOut(copy: string, bug: Planted): Promise<Verdict> {
  const file = join(copy, bug.file);
  const whole = readFileSync(file, "utf8");
  if (whole.split(bug.find).length !== 2) return "misfit";
  writeFileSync(
    file,
    whole.replace(bug.find, () => bug.replace),
  );
  try {
    if (!(await testsPass(copy, bug.tests))) return "killed";
    return bug.survives === undefined ? "survived" : "excused";
  } finally {
    writeFileSync(file, whole);
  }
}

async function main(): Promise<number> {
  await installPackages();
  const word = process.argv[2] ?? "";
  const all = [
    PLANTED,
    PLANTED_CLIENTS,
    PLANTED_FORM,
    PLANTED_RELAY,
    PLANTED_SOFTWARE,
    PLANTED_HOSTILE,
    PLANTED_MONEY,
    PLANTED_PLANS,
    PLANTED_STAFF,
  ].flat();
  const bugs = all.filter(({ name, file }) => `${name} ${file}`.includes(word));
  const copy = copyTree();
  try {
    if (!(await testsPass(copy, [...new Set(bugs.flatMap(({ tests }) => tests))]))) {
      console.error("The tests fail without any planted bug.");
      return 1;
    }
    const counts = { killed: 0, survived: 0, excused: 0, misfit: 0 };
    for (const bug of bugs) {
      const verdict = await tryOut(copy, bug);
      counts[verdict] += 1;
      console.log(
        `${verdict.padEnd(9)} ${bug.file.padEnd(24)} ${bug.name}${bug.survives ? `: ${bug.survives}` : ""}`,
      );
    }
    const { killed, survived, excused, misfit } = counts;
    console.log(`mutants: ${killed} killed, ${survived} survived, ${excused} excused, ${misfit} misfit`);
    return survived + misfit === 0 && bugs.length > 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

process.exit(await main());
