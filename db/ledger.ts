/** The ledger (rules LG1–LG7): entries that are only ever added, what is left of points and minutes, tariffs of a day. What a call costs is
 * decided elsewhere and comes in as lines. */
import { and, asc, eq, gte, inArray, lte, sql } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import { newId, type PracticeId } from "../wire/ids.ts";
import type { MinuteKind, Tariffs } from "../wire/ledger.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { type EntryAccount, entries, ledgerNumbers } from "./ledger-schema.ts";
import { addTariffs, type TariffRow, tariffRowsOf, tariffsOf } from "./tariffs.ts";

/** One line of an entry, without whose, when, and for what. */
export type Line = {
  readonly account: EntryAccount;
  readonly kind: MinuteKind | null;
  readonly minutes: number;
  readonly amount: number;
  readonly waived: number;
  readonly grant: number | null;
  readonly until: number | null;
  readonly corrects: number | null;
};

/** Everything that is written with one key; `key` has 32 bytes. */
export type Booking = { readonly number: string; readonly day: number; readonly key: Bytes };
export type Entry = typeof entries.$inferSelect;

/** Minutes granted, as far as they are left. */
export type GrantLeft = {
  readonly id: number;
  readonly account: "trial" | "package";
  readonly minutes: number;
  readonly until: number | null;
};

/** What a practice has on a day: points in thousandths, grants that count on that day with the earliest end first. */
export type Standing = { readonly points: number; readonly grants: readonly GrantLeft[] };

/** Queries on the ledger. */
export function createLedger(db: Database) {
  return {
    /** The number of a practice; null where the account is gone. */
    numberOf: (practice: PracticeId): Promise<string | null> => db.read((tx) => numberOf(tx, practice)),

    standing: (number: string, day: number): Promise<Standing> =>
      db.read((tx) => standingOf(tx, number, day)),

    tariffs: (day: number): Promise<Tariffs> => db.read((tx) => tariffsOf(tx, day)),

    /** Books something that is no call. False where its key was booked before (LG3). */
    book: (booking: Booking, lines: readonly Line[]): Promise<boolean> =>
      db.write((tx) => addEntries(tx, booking, lines)),

    /** Entries of the days `from` to `to`, both included, in the order they were written. */
    entries: (number: string, from: number, to: number): Promise<Entry[]> =>
      db.read((tx) =>
        tx
          .select()
          .from(entries)
          .where(and(eq(entries.number, number), gte(entries.day, from), lte(entries.day, to)))
          .orderBy(asc(entries.id)),
      ),

    /** Points up to and with a day, in thousandths. */
    pointsUntil: (number: string, day: number): Promise<number> =>
      db.read(async (tx) => {
        const mine = and(eq(entries.number, number), eq(entries.account, "points"), lte(entries.day, day));
        return (await tx.select({ sum: SUM }).from(entries).where(mine))[0]?.sum ?? 0;
      }),

    /** Sets what minutes cost, each row from its day on; all rows or none. */
    setTariff: (...rows: TariffRow[]): Promise<void> => db.write((tx) => addTariffs(tx, rows)),

    /** Every row there ever was, in the order in which they begin to hold. */
    tariffRows: (): Promise<TariffRow[]> => db.read(tariffRowsOf),

    /** Takes one entry back by a second one that names it (LG1). False where there is none, it is such a one itself, or it was taken
     * back before, under whatever key. */
    correct: (id: number, booking: Pick<Booking, "day" | "key">): Promise<boolean> =>
      db.write(async (tx) => {
        const [wrong] = await tx.select().from(entries).where(eq(entries.id, id));
        if (!wrong || wrong.corrects !== null || (await isTakenBack(tx, wrong))) return false;
        const { number, account, kind, grant, until } = wrong;
        const [minutes, amount, waived] = [0 - wrong.minutes, 0 - wrong.amount, 0 - wrong.waived];
        // what is taken back from a grant of its own is its own loss
        const from = grant ?? (amount !== 0 && account !== "points" ? id : null);
        const line = { account, kind, minutes, amount, waived, grant: from, until, corrects: id };
        return await addEntries(tx, { ...booking, number }, [line]);
      }),
  };
}

const SUM = sql<number>`coalesce(sum(${entries.amount}), 0)`;

async function isTakenBack(tx: Reader, { id, number }: Entry): Promise<boolean> {
  const those = and(eq(entries.number, number), eq(entries.corrects, id));
  const [found] = await tx.select({ id: entries.id }).from(entries).where(those).limit(1);
  return found !== undefined;
}

/** Adds entries; false where the key is known, and then nothing is added. */
export async function addEntries(tx: Writer, booking: Booking, lines: readonly Line[]): Promise<boolean> {
  const known = await tx
    .select({ id: entries.id })
    .from(entries)
    .where(eq(entries.key, booking.key))
    .limit(1);
  if (known.length > 0 || lines.length === 0) return known.length === 0;
  await tx.insert(entries).values(lines.map((one, line) => ({ ...one, ...booking, line })));
  return true;
}

/** Gives a new practice its number and the minutes to try (TF3). */
export async function openLedger(
  tx: Writer,
  practice: PracticeId,
  booking: Booking,
  minutes: number,
): Promise<void> {
  await tx.insert(ledgerNumbers).values({ practice, number: booking.number });
  const nothing = { kind: null, minutes: 0, waived: 0, grant: null, until: null, corrects: null };
  await addEntries(tx, booking, [{ ...nothing, account: "trial", amount: minutes }]);
}

/** A booking under a new number, with a key of its own. */
export function firstBooking(day: number): Booking {
  return { number: newId<PracticeId>(), day, key: crypto.getRandomValues(new Uint8Array(32)) };
}

export async function numberOf(tx: Reader, practice: PracticeId): Promise<string | null> {
  const [row] = await tx.select().from(ledgerNumbers).where(eq(ledgerNumbers.practice, practice));
  return row?.number ?? null;
}

export async function standingOf(tx: Reader, number: string, day: number): Promise<Standing> {
  const mine = eq(entries.number, number);
  const [points] = await tx
    .select({ sum: SUM })
    .from(entries)
    .where(and(mine, eq(entries.account, "points")));
  const grant = sql<number>`coalesce(${entries.grant}, ${entries.id})`;
  const rows = await tx
    .select({
      id: grant,
      account: entries.account,
      minutes: SUM,
      until: sql<number | null>`max(case when ${entries.grant} is null then ${entries.until} end)`,
    })
    .from(entries)
    .where(and(mine, inArray(entries.account, ["trial", "package"])))
    .groupBy(grant);
  return { points: points?.sum ?? 0, grants: usable(rows, day) };
}

type Row = { id: number; account: EntryAccount; minutes: number; until: number | null };

/** [TF4] Earliest end first, without end last; of equal ones the older. */
function usable(rows: readonly Row[], day: number): GrantLeft[] {
  const end = ({ until }: { until: number | null }) => until ?? Number.MAX_SAFE_INTEGER;
  return rows
    .flatMap(({ account, ...row }) =>
      account === "trial" || account === "package" ? [{ ...row, account }] : [],
    )
    .filter((grant) => grant.minutes > 0 && day <= end(grant))
    .sort((a, b) => end(a) - end(b) || a.id - b.id);
}
