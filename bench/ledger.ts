/** `bun run bench:ledger`: settlements per second on a file, and how long one month's statement takes out of a million entries of a
 * thousand practices. A JSON object on stdout. `ENTRIES=1000000 PRACTICES=1000 SETTLEMENTS=2000 READS=1000` choose. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "../db/store.ts";
import { sampleMetered } from "../db/testing/metered.ts";
import { dayIn, monthIn } from "../server/billing/day.ts";
import { PRICING } from "../server/billing/pricing.ts";
import { accountOf, statementOf } from "../server/billing/statement.ts";
import type { PracticeId } from "../wire/ids.ts";
import { fillLedger, storePractices } from "./load/ledger-fill.ts";
import { percentile } from "./percentile.ts";

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const ENTRIES = number("ENTRIES", 1_000_000);
const PRACTICES = number("PRACTICES", 1000);
const SETTLEMENTS = number("SETTLEMENTS", 2000);
const READS = number("READS", 1000);
const MINUTE_MS = 60_000;
const NOW = Date.parse("2026-11-25T12:00:00Z");
const TODAY = dayIn("2026-11-25") ?? 0;
const MONTHS = ["2025-01", "2025-08", "2026-03", "2026-09", "2026-10", "2026-11"].map((text) =>
  monthIn(text),
);

const folder = mkdtempSync(join(tmpdir(), "bench-ledger-"));
const file = join(folder, "ledger.db");
const address = { url: `file:${file}`, token: null };
try {
  console.log(JSON.stringify(await measure(), null, 1));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const first = await openStore(address);
  const practices = await storePractices(first, PRACTICES);
  const settledPerSecond = { empty: await settle(first, practices), full: 0 };
  await first.close();
  const began = performance.now();
  fillLedger(file, practices, { entries: ENTRIES, today: TODAY });
  const fillSeconds = Math.round((performance.now() - began) / 1000);
  const store = await openStore(address);
  const statementMs = await reads((n) => statementOf(store, one(practices, n), one(MONTHS, n)));
  const accountMs = await reads((n) => accountOf(store, one(practices, n), TODAY));
  settledPerSecond.full = await settle(store, practices);
  await store.close();
  const megabytes = Math.round(statSync(file).size / 1e6);
  return {
    entries: ENTRIES,
    practices: PRACTICES,
    settledPerSecond,
    statementMs,
    accountMs,
    megabytes,
    fillSeconds,
  };
}

/** Settlements of calls of fifty minutes, one after the other, each confirmed by the disk. */
async function settle(store: Store, practices: readonly PracticeId[]): Promise<number> {
  const began = performance.now();
  for (let n = 0; n < SETTLEMENTS; n++) {
    const kind = n % 4 === 0 ? "group" : "single";
    const span = { kind, begunAt: NOW - 50 * MINUTE_MS, length: 50 * MINUTE_MS - n } as const;
    await store.calls.settle(sampleMetered(one(practices, n), [span]), PRICING, NOW);
  }
  return Math.round((SETTLEMENTS * 1000) / (performance.now() - began));
}

/** How long reads take, the first of each practice included. */
async function reads(read: (n: number) => Promise<unknown>) {
  const times: number[] = [];
  for (let n = 0; n < READS; n++) {
    const began = performance.now();
    // a step that meets every practice, never two neighbours
    await read(n * 389);
    times.push(performance.now() - began);
  }
  const at = (percent: number) => Number(percentile(times, percent).toFixed(2));
  return { p50: at(50), p95: at(95), p99: at(99), max: at(100) };
}

function one<T>(all: readonly (T | null)[], n: number): T {
  const found = all[n % all.length];
  if (found === undefined || found === null) throw new Error("nothing to choose from");
  return found;
}
