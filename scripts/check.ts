/** `bun run check`: format, lint with the dependency rules, types, dead code, migrations match the schema. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { installPackages, ROOT, run } from "./setup.ts";

await installPackages();
const bunx = [process.execPath, "--bun", "x"];

/** True where drizzle-kit finds nothing to add to the migrations. */
async function migrationsMatchSchema(): Promise<boolean> {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const copy = mkdtempSync(join(ROOT, ".cache", "migrations-"));
  try {
    cpSync(join(ROOT, "db", "migrations"), copy, { recursive: true });
    const before = readdirSync(copy).length;
    const out = copy.slice(ROOT.length + 1);
    const child = Bun.spawn(
      [...bunx, "drizzle-kit", "generate", "--dialect", "turso", "--schema", "db/*schema.ts", "--out", out],
      { cwd: ROOT, stdout: "pipe", stderr: "pipe" },
    );
    const text = await new Response(child.stdout).text();
    if ((await child.exited) === 0 && readdirSync(copy).length === before) return true;
    console.error(
      `${text}\nThe schema and db/migrations differ: run "bun run db:generate" and commit the migration.`,
    );
    return false;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const steps: readonly [string, () => Promise<boolean>][] = [
  ["format and lint", async () => (await run([...bunx, "biome", "ci", ".", "--error-on-warnings"])) === 0],
  ["types", async () => (await run([...bunx, "tsc", "-b"])) === 0],
  ["dead code", async () => (await run([...bunx, "knip", "--no-progress"])) === 0],
  ["migrations", migrationsMatchSchema],
];

let failed = 0;
for (const [name, step] of steps) {
  const ok = await step();
  console.log(`${ok ? "ok    " : "FAILED"} ${name}`);
  if (!ok) failed += 1;
}
console.log(`check: ${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
