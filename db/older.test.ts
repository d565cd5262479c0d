/** Forward from any older version, with its data, while a server of that version is still at it. */
import { afterAll, expect, test } from "bun:test";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import { knownMigrations } from "./migrate.ts";
import { openStore } from "./store.ts";
import { runRaw } from "./testing/bookings.ts";

const SLOW = 60_000;
const MIGRATIONS = join(import.meta.dir, "migrations");
const folder = mkdtempSync(join(tmpdir(), "older-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database as the version with the first `n` migrations left it, with one account. */
async function older(n: number): Promise<string> {
  const [own, file] = [join(folder, `migrations-${n}`), join(folder, `${n}.db`)];
  mkdirSync(own);
  cpSync(MIGRATIONS, own, { recursive: true });
  const journal = JSON.parse(readFileSync(join(own, "meta", "_journal.json"), "utf8"));
  const entries = journal.entries.slice(0, n);
  writeFileSync(join(own, "meta", "_journal.json"), JSON.stringify({ ...journal, entries }));
  const client = createClient({ url: `file:${file}` });
  await client.execute("PRAGMA journal_mode = WAL");
  await migrate(drizzle(client), { migrationsFolder: own });
  await client.execute(
    `INSERT INTO practices (id, user, salt, passes, memory_bytes, login_hash, recovery_hash, wrap, wrap_r, created_at)
      VALUES ('${"a".repeat(32)}', 'anna', x'01', 3, 1, x'02', x'03', x'04', x'05', 1000)`,
  );
  client.close();
  return file;
}

test(
  "from every version there was: the account is there, and a server of that version reads and writes on meanwhile",
  async () => {
    const known = knownMigrations().length;
    for (let n = 1; n < known; n++) {
      const file = await older(n);
      const script = join(import.meta.dir, "testing", "older.process.ts");
      const live = Bun.spawn([process.execPath, script, file], {
        stdin: "pipe",
        stdout: "pipe",
        stderr: "inherit",
      });
      const said = live.stdout.getReader();
      const hear = async () => new TextDecoder().decode((await said.read()).value);
      expect(await hear()).toBe("ready\n");
      const address = { url: `file:${file}`, token: null };
      const store = await openStore(address);
      expect(await store.practices.count()).toBe(1);
      live.stdin.end();
      const { read, written } = JSON.parse(await hear());
      expect(await live.exited).toBe(0);
      expect(read).toBe(written);
      const [names] = await runRaw(address, "SELECT count(*) AS n FROM names");
      expect(names).toEqual({ n: written });
      const [applied] = await runRaw(address, "SELECT count(*) AS n FROM __drizzle_migrations");
      expect(applied).toEqual({ n: known });
      await store.close();
    }
  },
  SLOW,
);

/** What an older version, which knows nothing of it, can live with. A column needs a default, since that version's inserts leave it out. */
const ADDS = [
  /^CREATE (UNIQUE )?INDEX /,
  /^CREATE TABLE /,
  /^CREATE TRIGGER /,
  /^INSERT INTO /,
  /^ALTER TABLE \S+ ADD (?!.*NOT NULL(?!.*DEFAULT))/,
];

test("migrations only add: whoever still runs an older version finds everything it knows", () => {
  const strange = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql"))
    .flatMap((name) => readFileSync(join(MIGRATIONS, name), "utf8").split("--> statement-breakpoint"))
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "" && !ADDS.some((add) => add.test(statement)));
  expect(strange).toEqual([]);
  for (const statement of [
    "DROP TABLE a",
    "ALTER TABLE `a` RENAME TO `b`",
    "ALTER TABLE `a` ADD `b` text NOT NULL",
  ])
    expect(ADDS.some((add) => add.test(statement))).toBe(false);
});
