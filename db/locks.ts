/** Accounts that the operator has locked: nobody logs in, no token counts, no room is open; nothing is lost. */
import { eq, inArray } from "drizzle-orm";
import type { PracticeId } from "../wire/ids.ts";
import type { Database, Reader } from "./database.ts";
import { locks } from "./lock-schema.ts";
import { closeRoomsOf } from "./rooms.ts";
import { practices } from "./schema.ts";
import { endSessions } from "./sessions.ts";

/** An account that nobody can use: locked, or deleted. */
export type Shut = { readonly practice: PracticeId; readonly why: "locked" | "gone" };

/** Queries on locks. */
export function createLocks(db: Database) {
  return {
    /** Locks an account, ends its sessions and closes its rooms, in one step. False where it was locked before. */
    lock: (practice: PracticeId, now: number): Promise<boolean> =>
      db.write(async (tx) => {
        const row = { practice, since: now };
        const fresh = await tx
          .insert(locks)
          .values(row)
          .onConflictDoNothing()
          .returning({ since: locks.since });
        await endSessions(tx, practice, null);
        await closeRoomsOf(tx, practice, now);
        return fresh.length > 0;
      }),

    /** False where it was not locked. */
    unlock: (practice: PracticeId): Promise<boolean> =>
      db.write(async (tx) => {
        const that = eq(locks.practice, practice);
        return (await tx.delete(locks).where(that).returning({ since: locks.since })).length > 0;
      }),

    isLocked: (practice: PracticeId): Promise<boolean> => db.read((tx) => isLocked(tx, practice)),

    /** Those of these accounts that nobody can use. */
    shut: (among: readonly PracticeId[]): Promise<Shut[]> =>
      db.read(async (tx) => {
        const rows = await tx
          .select({ practice: practices.id, since: locks.since })
          .from(practices)
          .leftJoin(locks, eq(locks.practice, practices.id))
          .where(inArray(practices.id, [...among]));
        const since = new Map(rows.map((row) => [row.practice, row.since]));
        return among
          .filter((practice) => since.get(practice) !== null)
          .map((practice) => ({ practice, why: since.has(practice) ? "locked" : "gone" }));
      }),
  };
}

/** Is the account locked? Inside a caller's transaction. */
export async function isLocked(tx: Reader, practice: PracticeId): Promise<boolean> {
  return (await tx.select().from(locks).where(eq(locks.practice, practice))).length > 0;
}
