/** Two servers on one file by mistake, or a new one that starts while the old one still stops: both settle the same calls. */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "./store.ts";
import { allEntries, runRaw, storeLedger } from "./testing/bookings.ts";

const CALLS = 10_000;
const PRACTICES = 10;
const SLOW = 240_000;

const folder = mkdtempSync(join(tmpdir(), "two-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function spawnSettler(url: string, practices: readonly string[]) {
  const script = join(import.meta.dir, "testing", "settling.process.ts");
  const words = [url, String(CALLS), practices.join(",")];
  const child = Bun.spawn([process.execPath, script, ...words], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const said = child.stdout.getReader();
  const hear = async () => new TextDecoder().decode((await said.read()).value);
  return { child, hear };
}

test(
  `[LG3, LG4] ${CALLS} calls settled by two processes at once: none lost, none doubled, sums exact`,
  async () => {
    const address = { url: `file:${join(folder, "l.db")}`, token: null };
    const store = await openStore(address);
    const ledgers = await Promise.all(Array.from({ length: PRACTICES }, () => storeLedger(store)));
    const settlers = [1, 2].map(() =>
      spawnSettler(
        address.url,
        ledgers.map(({ practice }) => practice),
      ),
    );
    for (const { hear } of settlers) expect(await hear()).toBe("ready\n");
    for (const { child } of settlers) {
      child.stdin.write("go\n");
      child.stdin.end();
    }
    const counts = await Promise.all(settlers.map(async ({ hear }) => JSON.parse(await hear())));
    expect(counts.reduce((sum, { settled }) => sum + settled, 0)).toBe(CALLS);
    expect(counts.reduce((sum, { already }) => sum + already, 0)).toBe(CALLS);
    for (const [n, { number }] of ledgers.entries()) {
      const own = (await allEntries(store, number)).filter(({ kind }) => kind !== null);
      const wanted = Array.from({ length: CALLS / PRACTICES }, (_, i) => 0 - (n + i * PRACTICES + 1));
      expect(own.map(({ amount }) => amount).sort((a, b) => b - a)).toEqual(wanted);
      const sum = wanted.reduce((all, one) => all + one, 0);
      expect((await store.ledger.standing(number, 1)).points).toBe(sum);
    }
    const [left] = await runRaw(address, "SELECT count(*) AS n FROM calls WHERE settled_at IS NULL");
    expect(left).toEqual({ n: 0 });
    await store.close();
  },
  SLOW,
);
