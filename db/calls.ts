/** Metered calls: their intervals while they run (BM6), and their end in one transaction with what they cost (LG4). */
import { and, asc, eq, exists, gt, gte, isNotNull, isNull, lt, not, sql } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { CallId, PracticeId, RoomId } from "../wire/ids.ts";
import type { MinuteKind, Tariffs } from "../wire/ledger.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { mustHold } from "./holds.ts";
import { addEntries, type Line, numberOf, type Standing, standingOf } from "./ledger.ts";
import { calls, intervals } from "./ledger-schema.ts";
import { announce } from "./notices.ts";
import { rooms } from "./schema.ts";
import { tariffsOf } from "./tariffs.ts";

/** A span in which people were present: Unix milliseconds for people to read, a length that was measured. */
export type Interval = { readonly kind: MinuteKind; readonly begunAt: number; readonly length: number };
/** A call as it is metered. `run` is the run of the server that measured `intervals`. */
export type Metered = {
  readonly call: CallId;
  readonly practice: PracticeId;
  readonly room: RoomId;
  readonly run: string;
  readonly intervals: readonly Interval[];
  /** Of several nodes: `run` writes only while it is the one that measures this practice. */
  readonly shared?: boolean;
};
export type Lengths = Readonly<Record<MinuteKind, number>>;
/** What deciding on the price of a call needs to know. */
export type ToPrice = Standing & { readonly lengths: Lengths; readonly tariffs: Tariffs };

/** What the money side brings along; pure, since a transaction may run again. */
export type Pricing = {
  readonly dayOf: (wall: number) => number;
  readonly keyOf: (call: CallId) => Bytes;
  readonly linesOf: (call: ToPrice) => Line[];
};

export type Settling = "settled" | "already" | "nothing";

/** A call with its intervals, the oldest first. */
export type CallRow = typeof calls.$inferSelect & { intervals: (Interval & { readonly run: string })[] };

/** Queries on calls. */
export function createCalls(db: Database) {
  return {
    /** Keeps what was measured so far. False where the practice is gone, or the call is settled. Throws `RangeError` on a length that
     * nothing can have, `Overtaken` where another node measures. */
    save: (metered: Metered): Promise<boolean> =>
      db.write(async (tx) => {
        await mayWrite(tx, metered);
        return await save(tx, metered);
      }),

    /** Settles a call: keeps what was measured, books what it costs, and takes it out of its room. `already`: somebody did before;
     * `nothing`: nobody ever met in it, or its practice is gone. Throws `Overtaken` where another node measures. */
    settle: (metered: Metered, pricing: Pricing, now: number): Promise<Settling> =>
      db.write(async (tx) => {
        await mayWrite(tx, metered);
        return await settle(tx, metered, pricing, now);
      }),

    /** Calls of runs before that ended but were not settled: no open room holds them. */
    orphans: (): Promise<Omit<Metered, "run" | "intervals" | "shared">[]> =>
      db.read((tx) =>
        tx
          .select({ call: calls.id, practice: calls.practice, room: calls.room })
          .from(calls)
          .where(and(isNull(calls.settledAt), not(exists(roomsOf(tx))))),
      ),

    /** Calls of a practice that are not settled. */
    running: (practice: PracticeId): Promise<CallRow[]> =>
      db.read((tx) => withIntervals(tx, and(eq(calls.practice, practice), isNull(calls.settledAt)))),

    /** Settled calls that began from `from` until before `to`, Unix milliseconds. */
    settled: (practice: PracticeId, from: number, to: number): Promise<CallRow[]> =>
      db.read((tx) => {
        const then = and(gte(calls.begunAt, from), lt(calls.begunAt, to));
        return withIntervals(tx, and(eq(calls.practice, practice), isNotNull(calls.settledAt), then));
      }),
  };
}

async function mayWrite(tx: Reader, { shared, practice, run }: Metered): Promise<void> {
  if (shared) await mustHold(tx, practice, run);
}

/** Settles every call of an account that is being deleted, at its last beat: its entries stay, its calls go with it. */
export async function settleAll(
  tx: Writer,
  practice: PracticeId,
  pricing: Pricing,
  now: number,
): Promise<void> {
  const open = await tx
    .select()
    .from(calls)
    .where(and(eq(calls.practice, practice), isNull(calls.settledAt)));
  for (const { id: call, room } of open)
    await settle(tx, { call, practice, room, run: "", intervals: [] }, pricing, now);
}

function roomsOf(tx: Reader) {
  return tx
    .select({ one: sql`1` })
    .from(rooms)
    .where(and(eq(rooms.call, calls.id), isNull(rooms.closedAt)));
}

/** No call lasts longer: what says so is a fault of ours, and is not booked. */
const LENGTH_MAX = 31 * 24 * 60 * 60_000;

async function save(tx: Writer, { call, practice, room, run, intervals: spans }: Metered): Promise<boolean> {
  const [first] = spans;
  if (!first) return true;
  const isOdd = ({ length }: Interval) => !Number.isInteger(length) || length < 0 || length > LENGTH_MAX;
  if (spans.some(isOdd)) throw new RangeError("an interval has 0 to 31 days of whole milliseconds");
  const [known] = await tx.select().from(calls).where(eq(calls.id, call));
  if (known ? known.settledAt !== null : (await numberOf(tx, practice)) === null) return false;
  if (!known) await tx.insert(calls).values({ id: call, practice, room, begunAt: first.begunAt });
  const mine = and(eq(intervals.call, call), eq(intervals.run, run));
  const rows = spans.map((span, n) => ({ call, run, n, ...span }));
  await tx
    .insert(intervals)
    .values(rows)
    .onConflictDoUpdate({
      target: [intervals.call, intervals.run, intervals.n],
      set: { kind: sql`excluded.kind`, begunAt: sql`excluded.begun_at`, length: sql`excluded.length_ms` },
    });
  await tx.delete(intervals).where(and(mine, gte(intervals.n, spans.length)));
  return true;
}

async function settle(tx: Writer, metered: Metered, pricing: Pricing, now: number): Promise<Settling> {
  const { call } = metered;
  await save(tx, metered);
  await tx.update(rooms).set({ call: null }).where(eq(rooms.call, call));
  const [row] = await withIntervals(tx, eq(calls.id, call));
  if (!row) return "nothing";
  if (row.settledAt !== null) return "already";
  const number = await numberOf(tx, row.practice);
  if (number === null) return "nothing";
  const day = pricing.dayOf(row.begunAt);
  const standing = await standingOf(tx, number, day);
  const tariffs = await tariffsOf(tx, day);
  const lines = pricing.linesOf({ ...standing, tariffs, lengths: lengthsOf(row.intervals) });
  await tx.update(calls).set({ settledAt: now }).where(eq(calls.id, call));
  const isNew = await addEntries(tx, { number, day, key: pricing.keyOf(call) }, lines);
  const at = Math.max(row.begunAt, ...row.intervals.map(({ begunAt, length }) => begunAt + length));
  await announce(tx, { event: "call.ended", practice: row.practice, room: row.room, call, at });
  return isNew ? "settled" : "already";
}

/** Milliseconds of each kind. */
export function lengthsOf(spans: readonly Interval[]): Lengths {
  const of = (kind: MinuteKind) =>
    spans.reduce((sum, span) => sum + (span.kind === kind ? span.length : 0), 0);
  return { single: of("single"), group: of("group") };
}

async function withIntervals(tx: Reader, those: ReturnType<typeof and>): Promise<CallRow[]> {
  const rows = await tx
    .select()
    .from(calls)
    .leftJoin(intervals, and(eq(intervals.call, calls.id), gt(intervals.length, 0)))
    .where(those)
    .orderBy(asc(calls.begunAt), asc(calls.id), asc(intervals.begunAt), asc(intervals.n));
  const found = new Map<CallId, CallRow>();
  for (const { calls: row, intervals: span } of rows) {
    const call = found.get(row.id) ?? { ...row, intervals: [] };
    found.set(row.id, call);
    if (span) {
      const { run, kind, begunAt, length } = span;
      call.intervals.push({ run, kind, begunAt, length });
    }
  }
  return [...found.values()];
}
