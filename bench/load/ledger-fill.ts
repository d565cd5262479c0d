/** Fills a ledger in bulk, past the store, as two years of a thousand practices would have: entries in the order of their days, so that
 * those of one practice lie far apart; the calls of the last three months with their intervals. */
import { createHash, randomBytes } from "node:crypto";
import Driver from "libsql";
import type { Store } from "../../db/store.ts";
import { sampleNameHash, samplePractice, sampleSession } from "../../db/testing/samples.ts";
import { keyOfCall } from "../../server/billing/pricing.ts";
import { type CallId, newId, type PracticeId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";

const DAYS = 730;
/** What retention leaves. */
const CALLS_KEPT_DAYS = 90;
const DAY_MS = 24 * 60 * 60_000;
const [SINGLE, GROUP, CREDIT] = [0, 1, 2];

/** Makes `n` practices. */
export async function storePractices(store: Store, n: number): Promise<PracticeId[]> {
  const made: PracticeId[] = [];
  for (let i = 0; i < n; i++) {
    const practice = { ...samplePractice(), user: `practice-${i}` as UserName };
    const trial = { day: 0, minutes: 60 };
    await store.practices.add(practice, sampleNameHash(practice.user), sampleSession(practice.id), trial);
    made.push(practice.id);
  }
  return made;
}

/** Adds `entries` entries of the days up to `today`. */
export function fillLedger(
  file: string,
  practices: readonly PracticeId[],
  { entries, today }: { entries: number; today: number },
) {
  const db = new Driver(file);
  const numbers = new Map<string, string>();
  for (const [practice, number] of db
    .prepare("SELECT practice, number FROM ledger_numbers")
    .raw(true)
    .all() as [string, string][])
    numbers.set(practice, number);
  const add = inserts(db);
  db.exec("BEGIN IMMEDIATE");
  for (let n = 0; n < entries; n++) {
    const practice = practices[pick(n, practices.length)] ?? "";
    const day = today - DAYS + 1 + Math.floor((n * DAYS) / entries);
    const call = newId<CallId>();
    const what = n % 40 === 0 ? CREDIT : n % 4 === 0 ? GROUP : SINGLE;
    if (what !== CREDIT && day > today - CALLS_KEPT_DAYS) add.call(call, practice, day);
    add.entry(numbers.get(practice) ?? "", day, what, call);
  }
  db.exec("COMMIT");
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

/** Every practice as often as the others, in an order without pattern. */
function pick(n: number, of: number): number {
  return createHash("sha256").update(String(n)).digest().readUInt32LE() % of;
}

function inserts(db: InstanceType<typeof Driver>) {
  const entry = db.prepare(
    "INSERT INTO entries (number, day, account, kind, minutes, amount, waived, key, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
  );
  const call = db.prepare(
    "INSERT INTO calls (id, practice, room, begun_at, settled_at) VALUES (?, ?, ?, ?, ?)",
  );
  const span = db.prepare(
    "INSERT INTO intervals (call, run, n, kind, begun_at, length_ms) VALUES (?, 'run', ?, 'single', ?, ?)",
  );
  return {
    entry(number: string, day: number, what: number, id: CallId) {
      if (what === CREDIT) entry.run([number, day, "points", null, 0, 20_000, 0, randomBytes(32)]);
      else if (what === GROUP)
        entry.run([number, day, "points", "group", 50, -50_000, 0, Buffer.from(keyOfCall(id))]);
      else entry.run([number, day, "promotion", "single", 50, 0, 20_000, Buffer.from(keyOfCall(id))]);
    },
    call(id: CallId, practice: string, day: number) {
      const begun = day * DAY_MS + 10 * 60 * 60_000;
      call.run([id, practice, newId(), begun, begun + 3_000_000]);
      span.run([id, 0, begun, 1_500_000]);
      span.run([id, 1, begun + 1_600_000, 1_500_000]);
    },
  };
}
