/** What the store does when its surroundings fail: a lock held elsewhere, a full disk, a remote that goes away, several
 * starts at once. Nothing confirmed is lost, nothing refused is stored, and it works again afterwards. */
import { afterAll, afterEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Driver from "libsql";
import { StoreAway, StoreBusy, StoreFull } from "./errors.ts";
import { openStore, type Store } from "./store.ts";
import { serveHrana } from "./testing/hrana-double.ts";
import {
  SAMPLE_TRIAL,
  sampleItem,
  sampleNameHash,
  samplePractice,
  sampleSession,
  storePractice,
} from "./testing/samples.ts";

const folder = mkdtempSync(join(tmpdir(), "trouble-"));
const opened: Store[] = [];
let files = 0;

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openAt(file: string): Promise<Store> {
  const store = await openStore({ url: `file:${file}`, token: null });
  opened.push(store);
  return store;
}

const newFile = () => join(folder, `${files++}.db`);

const change = (base: number) => {
  const item = sampleItem();
  return { base, manifest: item.box, put: [item], drop: [], links: { add: [], drop: [] } };
};

function addSample(store: Store) {
  const practice = samplePractice();
  return store.practices.add(
    practice,
    sampleNameHash(practice.user),
    sampleSession(practice.id),
    SAMPLE_TRIAL,
  );
}

/** By the same driver: another build of SQLite in one process does not see this one's locks. */
function pragma(file: string, name: string): unknown {
  const other = new Driver(file);
  const [value] = other.prepare(`PRAGMA ${name}`).raw(true).get() as unknown[];
  other.close();
  return value;
}

function lock(file: string) {
  const other = new Driver(file);
  other.exec("BEGIN IMMEDIATE");
  return other;
}

test("an embedded file is in WAL and every write reaches the disk before it is confirmed", async () => {
  const file = newFile();
  const store = await openAt(file);
  await storePractice(store);
  expect(pragma(file, "journal_mode")).toBe("wal");
  // the driver's default is FULL; a build with another default would lose confirmed writes at a power cut
  expect(pragma(file, "synchronous")).toBe(2);
});

test("closing folds the log into the file, once", async () => {
  const file = newFile();
  const store = await openAt(file);
  await storePractice(store);
  await Promise.all([store.close(), store.close()]);
  expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0);
});

test("locked for a moment: the write waits without standing still, and is stored", async () => {
  const file = newFile();
  const store = await openAt(file);
  const { practice } = await storePractice(store);
  const other = lock(file);
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  setTimeout(() => other.exec("ROLLBACK"), 600);
  expect(await store.vaults.apply(practice.id, change(0), 1)).toEqual({ counter: 1 });
  clearInterval(beat);
  other.close();
  // a lock wait of 100 ms plus what a busy machine adds; a driver waiting for all of the 600 ms would be above
  expect(longest).toBeLessThan(400);
});

test("a lock held by another process: the first write after it goes through at once", async () => {
  const file = newFile();
  const store = await openAt(file);
  const { practice } = await storePractice(store);
  const script = `const { default: Driver } = await import("libsql"); const db = new Driver(${JSON.stringify(file)});
    db.exec("BEGIN IMMEDIATE"); console.log("held"); await Bun.sleep(1500); db.exec("ROLLBACK"); console.log("free");`;
  const holder = Bun.spawn([process.execPath, "-e", script], { cwd: import.meta.dir, stdout: "pipe" });
  const said = holder.stdout.getReader();
  await said.read();
  const stored = store.vaults.apply(practice.id, change(0), 1);
  await said.read();
  const free = performance.now();
  expect(await stored).toEqual({ counter: 1 });
  // one pause and one lock wait, and what a busy machine adds; a poisoned connection took seconds
  expect(performance.now() - free).toBeLessThan(350);
  await holder.exited;
});

test("locked for longer than anybody waits: busy, nothing stored, reads go on, and it works again", async () => {
  const file = newFile();
  const store = await openAt(file);
  const { practice } = await storePractice(store);
  const other = lock(file);
  const refused = store.vaults.apply(practice.id, change(0), 1);
  expect(await store.practices.byUser(practice.user)).toEqual(practice);
  await expect(refused).rejects.toBeInstanceOf(StoreBusy);
  other.exec("ROLLBACK");
  other.close();
  expect((await store.vaults.of(practice.id)).counter).toBe(0);
  expect(await store.vaults.apply(practice.id, change(0), 1)).toEqual({ counter: 1 });
}, 15_000);

test("where SQLite ended the transaction by itself, the reason is still what is told", async () => {
  const file = newFile();
  const store = await openAt(file);
  const { practice } = await storePractice(store);
  const other = new Driver(file);
  other.exec("CREATE TRIGGER spoil BEFORE INSERT ON items BEGIN SELECT RAISE(ROLLBACK, 'spoiled'); END");
  // a refused constraint is told as such, not as "the transaction is closed"
  expect(await store.vaults.apply(practice.id, change(0), 1)).toBe("link-taken");
  other.exec("DROP TRIGGER spoil");
  other.close();
  expect(await store.vaults.apply(practice.id, change(0), 1)).toEqual({ counter: 1 });
});

test("two stores on one file write at once and lose nothing", async () => {
  const file = newFile();
  const [a, b] = [await openAt(file), await openAt(file)];
  const before = await a.practices.count();
  const added = await Promise.all(Array.from({ length: 40 }, (_, n) => addSample(n % 2 ? a : b)));
  expect(added.every(Boolean)).toBe(true);
  expect(await b.practices.count()).toBe(before + 40);
});

test("several starts on one new file all come up", async () => {
  const file = newFile();
  const script = `const { openStore } = await import(${JSON.stringify(join(import.meta.dir, "store.ts"))});
    const store = await openStore({ url: ${JSON.stringify(`file:${file}`)}, token: null });
    await store.practices.count(); await store.close();`;
  const starts = [1, 2, 3].map(
    () => Bun.spawn([process.execPath, "-e", script], { stderr: "ignore" }).exited,
  );
  expect(await Promise.all(starts)).toEqual([0, 0, 0]);
}, 30_000);

test("a remote that is away says so at once, is not asked twice for a write, and works again when back", async () => {
  const server = serveHrana(newFile());
  const store = await openStore({ url: server.url, token: null });
  opened.push(store);
  const { practice } = await storePractice(store);
  server.setAway(true);
  const began = performance.now();
  await expect(addSample(store)).rejects.toBeInstanceOf(StoreAway);
  await expect(store.practices.byUser(practice.user)).rejects.toBeInstanceOf(StoreAway);
  expect(performance.now() - began).toBeLessThan(2000);
  server.setAway(false);
  expect(await addSample(store)).toBe(true);
  server.stop();
  await expect(addSample(store)).rejects.toBeInstanceOf(StoreAway);
});

const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)(
  "[needs root] disk full: refused whole, old data intact, works again after space is freed",
  async () => {
    const disk = mkdtempSync(join(tmpdir(), "small-disk-"));
    const mount = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
    expect(mount.exitCode).toBe(0);
    try {
      const store = await openAt(join(disk, "full.db"));
      const { practice } = await storePractice(store);
      let counter = 0;
      let failure: unknown;
      for (let n = 0; n < 400 && failure === undefined; n++) {
        const big = { ...change(counter), put: [sampleItem(16_384)] };
        const answer = await store.vaults.apply(practice.id, big, 1).catch((error: unknown) => {
          failure = error;
        });
        if (typeof answer === "object") counter = answer.counter;
      }
      expect(failure).toBeInstanceOf(StoreFull);
      expect(counter).toBeGreaterThan(10);
      const after = await store.vaults.of(practice.id);
      expect([after.counter, after.items.length]).toEqual([counter, counter]);
      const wipe = { ...change(counter), put: [], drop: after.items.slice(0, 5).map((item) => item.id) };
      await Bun.spawn(["mount", "-o", "remount,size=4m", disk]).exited;
      expect(await store.vaults.apply(practice.id, wipe, 1)).toEqual({ counter: counter + 1 });
      expect(await store.vaults.apply(practice.id, change(counter + 1), 1)).toEqual({ counter: counter + 2 });
      expect(pragma(join(disk, "full.db"), "integrity_check")).toBe("ok");
      await store.close();
    } finally {
      Bun.spawnSync(["umount", "-l", disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
  30_000,
);
