/** Backups of a database that is in use, and backups put back: by the command line as processes, beside the real server. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Driver from "libsql";
import { backUp } from "../../db/backup.ts";
import { FileRefused } from "../../db/file.ts";
import { openStore } from "../../db/store.ts";
import { storeLedger } from "../../db/testing/bookings.ts";
import { sampleInterval, sampleMetered } from "../../db/testing/metered.ts";
import { noise } from "../../db/testing/samples.ts";
import { PRICING } from "../billing/pricing.ts";
import { dataFolder, startServer } from "../testing/process.ts";
import { register } from "../testing/rig.ts";
import { keepUp } from "./upkeep.ts";
import { UsageError } from "./usage.ts";

const SLOW = 120_000;
const folder = dataFolder();
const elsewhere = dataFolder();
const first = join(elsewhere.path, "first.db");
const told: Record<string, Awaited<ReturnType<typeof admin>>> = {};
afterAll(() => {
  folder.remove();
  elsewhere.remove();
});

function spawnAdmin(words: readonly string[], env: Record<string, string> = {}) {
  return Bun.spawn([process.execPath, "--no-install", join(import.meta.dir, "admin.ts"), ...words], {
    env: { PATH: process.env.PATH ?? "", TPC_DATA: folder.path, ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
}

async function admin(words: readonly string[], env: Record<string, string> = {}) {
  const child = spawnAdmin(words, env);
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code: await child.exited, out, err };
}

/** The first value of a query on a copy of a file: the driver holds what it has opened until its garbage is collected. */
function ask(of: string, sql: string): unknown {
  const file = join(elsewhere.path, `asked-${crypto.randomUUID()}`);
  for (const end of ["", "-wal"]) if (existsSync(of + end)) copyFileSync(of + end, file + end);
  const db = new Driver(file);
  try {
    return (db.prepare(sql).raw(true).get() as unknown[] | undefined)?.[0];
  } finally {
    db.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  }
}

function change(file: string, ...statements: string[]): void {
  const db = new Driver(file);
  for (const sql of statements) db.exec(sql);
  db.close();
}

const accountsIn = (file: string) => ask(file, "SELECT count(*) FROM practices");

beforeAll(async () => {
  const server = await startServer(folder.path);
  await register(server);
  told.backup = await admin(["backup", first]);
  told.again = await admin(["backup", first]);
  told.nowhere = await admin(["backup", join(elsewhere.path, "none", "a.db")]);
  await register(server);
  told.inUse = await admin(["restore", first]);
  server.kill("SIGKILL");
  await server.exited;
}, SLOW);

describe("backup", () => {
  test("of a running server's database: whole, nobody else's to read, and the key is named, not inside", () => {
    expect(told.backup).toMatchObject({ code: 0, out: `${first}\n` });
    expect(told.backup?.err).toMatch(
      /^Written and looked through: \d+ KiB, version (\d+) of \1\. server\.key \(mark [0-9a-f]{8}\) is not inside/,
    );
    expect(statSync(first).mode & 0o777).toBe(0o600);
    expect([ask(first, "PRAGMA integrity_check"), accountsIn(first)]).toEqual(["ok", 1]);
    const key = readFileSync(join(folder.path, "server.key"));
    expect(readFileSync(first).includes(key)).toBe(false);
    expect(told.backup?.err).not.toContain(key.toString("hex").slice(0, 8));
  });

  test("never over a file that is there, never into a folder that is not, and no draft is left", () => {
    expect(told.again).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("nothing is overwritten"),
    });
    expect(told.nowhere).toMatchObject({ code: 2, err: "There is no such folder.\n" });
    expect(readdirSync(elsewhere.path).filter((name) => name.includes(".part"))).toEqual([]);
  });

  test(
    "a remote database is answered in words",
    async () => {
      for (const words of [["backup", "/nowhere/a.db"], ["restore", first], ["check"]]) {
        const got = await admin(words, { TPC_DATABASE_URL: "http://127.0.0.1:1" });
        expect(got).toMatchObject({
          code: 2,
          out: "",
          err: expect.stringContaining("on a libSQL server of its own"),
        });
      }
    },
    SLOW,
  );

  test(
    "[LG4] while another process settles calls: each copy has every call with its entry, or neither",
    async () => {
      const file = join(elsewhere.path, "live.db");
      const store = await openStore({ url: `file:${file}`, token: null });
      const { practice } = await storeLedger(store);
      await store.close();
      const script = join(import.meta.dir, "..", "..", "db", "testing", "settling.process.ts");
      const writer = Bun.spawn([process.execPath, script, `file:${file}`, "1500", practice], {
        stdin: "pipe",
        stdout: "pipe",
      });
      const said = writer.stdout.getReader();
      await said.read();
      writer.stdin.write("go\n");
      writer.stdin.end();
      const seen: number[] = [];
      while (writer.exitCode === null) {
        const copy = join(elsewhere.path, "copy.db");
        await backUp(file, copy);
        const calls = Number(ask(copy, "SELECT count(*) FROM calls WHERE settled_at IS NOT NULL"));
        expect(ask(copy, "SELECT count(*) FROM entries WHERE kind IS NOT NULL")).toBe(calls);
        expect(ask(copy, "SELECT count(*) FROM calls WHERE settled_at IS NULL")).toBe(0);
        seen.push(calls);
        rmSync(copy);
        await Bun.sleep(5);
      }
      expect(new Set(seen).size).toBeGreaterThan(2);
      expect(ask(file, "SELECT count(*) FROM calls WHERE settled_at IS NOT NULL")).toBe(1500);
      expect(await writer.exited).toBe(0);
      for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
    },
    SLOW,
  );
});

describe("restore", () => {
  test("not while a server runs: refused, and the server's database is as it was", () => {
    expect(told.inUse).toMatchObject({ code: 2, out: "", err: expect.stringContaining("stop it first") });
  });

  /** A file that is nearly a backup, and why it is refused. */
  const refused: [string, string, (file: string) => void][] = [
    ["half of it", "damaged", (file) => writeFileSync(file, readFileSync(first).subarray(0, 200 * 1024))],
    ["a few bytes wrong in the middle", "damaged", (file) => damage(file)],
    ["chance", "no database of", (file) => writeFileSync(file, noise(8192))],
    ["nothing", "no database of", (file) => writeFileSync(file, "")],
    ["another program's database", "no database of", (file) => change(file, "CREATE TABLE a (b)")],
    [
      "a newer version's",
      "newer version",
      (file) =>
        altered(file, "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)"),
    ],
    [
      "another server's",
      "another server.key",
      (file) => altered(file, "UPDATE installation SET key_check = randomblob(32)"),
    ],
    [
      "a copy made with the log beside it",
      "not whole",
      (file) => {
        copyFileSync(first, file);
        writeFileSync(`${file}-wal`, "something");
      },
    ],
    ["a file that is not there", "no such file", () => undefined],
  ];

  function altered(file: string, sql: string): void {
    copyFileSync(first, file);
    change(file, sql);
  }

  function damage(file: string): void {
    const bytes = readFileSync(first);
    bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 4096);
    writeFileSync(file, bytes);
  }

  test.each(refused)("refused: %s", async (_, sentence, make) => {
    const file = join(elsewhere.path, "refused.db");
    make(file);
    const before = readFileSync(folder.file);
    const place = { data: folder.path, database: { url: `file:${folder.file}`, token: null } };
    const answer = keepUp(place, { do: "restore", path: file }, new Date());
    await expect(answer).rejects.toBeInstanceOf(UsageError);
    await expect(answer).rejects.toThrow(sentence);
    expect(readFileSync(folder.file).equals(before)).toBe(true);
    expect(readdirSync(folder.path).filter((name) => name.includes(".part"))).toEqual([]);
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  });

  test(
    "kill -9 in the middle, over and over: the old database or the new one, whole",
    async () => {
      const big = join(elsewhere.path, "big.db");
      copyFileSync(first, big);
      change(
        big,
        "CREATE TABLE filler AS SELECT randomblob(4000000) AS b",
        ...Array(4).fill("INSERT INTO filler SELECT b FROM filler LIMIT 2"),
      );
      const old = join(elsewhere.path, "old.db");
      expect((await admin(["backup", old])).code).toBe(0);
      const whole = performance.now();
      expect((await admin(["restore", big])).code).toBe(0);
      const ms = performance.now() - whole;
      const seen = new Set<unknown>();
      let killed = 0;
      for (let round = 0; round < 10; round++) {
        for (const name of readdirSync(folder.path))
          if (name !== "server.key") rmSync(join(folder.path, name));
        copyFileSync(old, folder.file);
        const child = spawnAdmin(["restore", big]);
        await Bun.sleep(ms * (0.3 + round * 0.07));
        child.kill("SIGKILL");
        if ((await child.exited) !== 0) killed += 1;
        expect(ask(folder.file, "PRAGMA integrity_check")).toBe("ok");
        seen.add(accountsIn(folder.file));
      }
      expect(killed).toBeGreaterThan(2);
      expect([...seen].every((count) => count === 1 || count === 2)).toBe(true);
      for (const name of readdirSync(folder.path)) if (name !== "server.key") rmSync(join(folder.path, name));
      copyFileSync(old, folder.file);
    },
    SLOW,
  );

  test(
    "what was in the backup is back, the old database stays beside it, and a server starts on it",
    async () => {
      const before = accountsIn(folder.file);
      const { code, out, err } = await admin(["restore", first]);
      expect([code, out]).toEqual([0, `${folder.file}\n`]);
      const kept = /from before is (\S+before-[\dT-]+);/.exec(err)?.[1] ?? "";
      expect([before, accountsIn(kept), accountsIn(folder.file)]).toEqual([2, 2, 1]);
      expect(statSync(folder.file).mode & 0o777).toBe(0o600);
      expect(await admin(["check"])).toMatchObject({ code: 0, err: "" });
      const server = await startServer(folder.path);
      await register(server);
      server.kill("SIGTERM");
      expect(await server.exited).toBe(0);
      expect(accountsIn(folder.file)).toBe(2);
    },
    SLOW,
  );

  test("where the database is no database any more, its remains and their log are put aside", async () => {
    writeFileSync(folder.file, noise(8192));
    writeFileSync(`${folder.file}-wal`, noise(100));
    const { code, err } = await admin(["restore", first]);
    expect(code).toBe(0);
    const kept = /from before is (\S+);/.exec(err)?.[1] ?? "";
    expect([statSync(kept).size, statSync(`${kept}-wal`).size, accountsIn(folder.file)]).toEqual([
      8192, 100, 1,
    ]);
    expect(existsSync(`${folder.file}-wal`)).toBe(false);
  });

  test("without server.key nothing is put back, and none is made", async () => {
    const empty = dataFolder();
    const got = await admin(["restore", first], { TPC_DATA: empty.path });
    expect(got).toMatchObject({ code: 2, err: expect.stringContaining("server.key is not there") });
    expect(readdirSync(empty.path)).toEqual([]);
    empty.remove();
  });
});

describe("check", () => {
  const file = join(elsewhere.path, "checked.db");
  const place = () => ({ data: folder.path, database: { url: `file:${file}`, token: null } });
  const look = () => keepUp(place(), { do: "check" }, new Date());

  beforeAll(async () => {
    const store = await openStore({ url: `file:${file}`, token: null });
    const { practice, number } = await storeLedger(store);
    const met = sampleMetered(practice, [{ ...sampleInterval(1000, 60_000), kind: "group" }]);
    await store.calls.settle(met, PRICING, 2000);
    await store.calls.save(sampleMetered(practice, [sampleInterval(1, 5)]));
    const [entry] = await store.ledger.entries(number, 0, 1000);
    await store.ledger.correct(entry?.id ?? 0, { day: 1, key: noise(32) });
    await store.close();
    change(file, "PRAGMA wal_checkpoint(TRUNCATE)");
  });

  test("a sound database: nothing but ok", async () => {
    const { out, sound } = await look();
    expect([out.match(/^ok /gm)?.length, out.includes("not ok"), sound]).toEqual([11, false, true]);
  });

  const row = "number, day, account, minutes, amount, waived, key, line";
  test.each([
    ["nothing can be changed", "DROP TRIGGER entries_no_update"],
    ["settled calls are booked", "UPDATE calls SET settled_at = 5 WHERE settled_at IS NULL"],
    ["settled calls are booked", "UPDATE calls SET settled_at = NULL"],
    ["references", "UPDATE sessions SET practice = 'nobody'"],
    ["every account has its number", "DELETE FROM ledger_numbers"],
    [
      "used minutes were granted",
      `INSERT INTO entries (${row}, grant_entry) VALUES ('n', 1, 'package', 1, -1, 0, x'00', 0, 999)`,
    ],
    ["no more minutes used", `INSERT INTO entries (${row}) VALUES ('n', 1, 'package', 1, -1, 0, x'00', 0)`],
    [
      "corrections",
      `INSERT INTO entries (${row}, corrects) VALUES ('n', 1, 'points', 1, -1, 0, x'00', 0, 999)`,
    ],
    ["schema", "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)"],
    ["server.key", "UPDATE installation SET key_check = x'00'"],
  ])("found: %s (%s)", async (about, sql) => {
    const sound = readFileSync(file);
    change(
      file,
      "PRAGMA foreign_keys = OFF",
      "INSERT OR IGNORE INTO installation VALUES (1, x'01')",
      sql,
      "PRAGMA wal_checkpoint(TRUNCATE)",
    );
    const { out, sound: isSound } = await look();
    expect(isSound).toBe(false);
    expect(
      out
        .split("\n")
        .filter((line) => line.startsWith("not ok"))
        .join("\n"),
    ).toContain(about);
    for (const end of ["-wal", "-shm"]) rmSync(file + end, { force: true });
    writeFileSync(file, sound);
  });

  test("what is no database of ours is said in words", async () => {
    const other = {
      data: folder.path,
      database: { url: `file:${join(elsewhere.path, "b.db")}`, token: null },
    };
    await expect(keepUp(other, { do: "check" }, new Date())).rejects.toThrow("no database yet");
    await expect(
      backUp(join(folder.path, "server.key"), join(elsewhere.path, "c.db")),
    ).rejects.toBeInstanceOf(Error);
    expect(new FileRefused("taken").reason).toBe("taken");
  });
});
