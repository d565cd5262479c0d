/** What is deleted because its time is over (product.md R10): times of calls, closed rooms, plans, invitations, redeemed vouchers, problem reports, and
 * sessions that are good for nothing any more. Entries
 * stay (LG6). */
import { and, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { clearInvitations } from "./invitations.ts";
import { calls, vouchers } from "./ledger-schema.ts";
import { clearPlanned } from "./planned.ts";
import { clearReports } from "./reports.ts";
import { rooms, sessions } from "./schema.ts";

/** Rows that were deleted, by kind. */
export type Cleared = Readonly<
  Record<"calls" | "rooms" | "plans" | "invitations" | "reports" | "vouchers" | "sessions", number>
>;

/** Everything before these goes: Unix milliseconds, and a day. */
export type Before = { readonly wall: number; readonly day: number; readonly session: number };

/** Queries of the retention job. */
export function createRetention(db: Database) {
  return {
    /** Says how many rows went. Deletes what ended before `wall` (Unix milliseconds), vouchers redeemed before `day`, and sessions begun before `session`. A call that is not settled, and a room
     * that holds one, stay whatever their age. */
    async clear({ wall, day, session }: Before): Promise<Cleared> {
      return await db.write(async (tx) => {
        const old = and(isNotNull(calls.settledAt), lt(calls.settledAt, wall));
        const ofCalls = await tx.delete(calls).where(old);
        // a room that nobody closed is over all the same
        const end = sql`coalesce(${rooms.closedAt}, ${rooms.closesAt})`;
        const ofRooms = await tx.delete(rooms).where(and(isNull(rooms.call), lt(end, wall)));
        const plans = await clearPlanned(tx, wall);
        const invitations = await clearInvitations(tx, wall);
        const reports = await clearReports(tx, wall);
        const used = and(isNotNull(vouchers.redeemed), lt(vouchers.redeemed, day));
        const ofVouchers = await tx.delete(vouchers).where(used);
        const ofSessions = await tx.delete(sessions).where(lt(sessions.createdAt, session));
        const counts = { calls: ofCalls.rowsAffected, rooms: ofRooms.rowsAffected };
        return {
          ...counts,
          plans,
          invitations,
          reports,
          vouchers: ofVouchers.rowsAffected,
          sessions: ofSessions.rowsAffected,
        };
      });
    },
  };
}
