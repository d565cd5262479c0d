/** What is deleted because its time is over (product.md R10): times of calls, closed rooms, plans, invitations, redeemed vouchers, problem reports. Entries
 * stay (LG6). */
import { and, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { clearInvitations } from "./invitations.ts";
import { calls, vouchers } from "./ledger-schema.ts";
import { clearPlanned } from "./planned.ts";
import { clearReports } from "./reports.ts";
import { rooms } from "./schema.ts";

/** Queries of the retention job. */
export function createRetention(db: Database) {
  return {
    /** Deletes what ended before `wall` (Unix milliseconds) and vouchers redeemed before `day`. A call that is not settled, and a room
     * that holds one, stay whatever their age. */
    async clear({ wall, day }: { wall: number; day: number }): Promise<void> {
      await db.write(async (tx) => {
        await tx.delete(calls).where(and(isNotNull(calls.settledAt), lt(calls.settledAt, wall)));
        // a room that nobody closed is over all the same
        const end = sql`coalesce(${rooms.closedAt}, ${rooms.closesAt})`;
        await tx.delete(rooms).where(and(isNull(rooms.call), lt(end, wall)));
        await clearPlanned(tx, wall);
        await clearInvitations(tx, wall);
        await clearReports(tx, wall);
        await tx.delete(vouchers).where(and(isNotNull(vouchers.redeemed), lt(vouchers.redeemed, day)));
      });
    },
  };
}
