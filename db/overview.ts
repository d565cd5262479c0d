/** Accounts as the operator sees them: who is here and who still comes. Nothing of anybody's content. */
import { and, asc, count, eq, gt, isNull, max } from "drizzle-orm";
import type { UserName } from "../wire/names.ts";
import type { Database } from "./database.ts";
import { locks } from "./lock-schema.ts";
import { practices, rooms, sessions } from "./schema.ts";
import { staff } from "./staff-schema.ts";

/** `seen`: when a browser of this account that is still logged in was here last. `email` only where one account was asked for. */
export type AccountSeen = {
  readonly user: string;
  readonly staff: boolean;
  readonly since: number;
  readonly seen: number | null;
  readonly rooms: number;
  readonly email: string | null;
  /** Since when the operator has locked it; null: it is not. */
  readonly locked: number | null;
};

/** Queries for the operator's command line. */
export function createOverview(db: Database) {
  return {
    /** The account of this name, or all by name. */
    accounts: (user: UserName | null, now: number): Promise<AccountSeen[]> =>
      db.read(async (tx) => {
        const seen = tx
          .select({ practice: sessions.practice, at: max(sessions.lastSeenAt).as("at") })
          .from(sessions)
          .groupBy(sessions.practice)
          .as("seen");
        const open = tx
          .select({ practice: rooms.practice, n: count().as("n") })
          .from(rooms)
          .where(and(isNull(rooms.closedAt), gt(rooms.closesAt, now)))
          .groupBy(rooms.practice)
          .as("open");
        const rows = await tx
          .select({
            user: practices.user,
            staff: staff.account,
            since: practices.createdAt,
            seen: seen.at,
            rooms: open.n,
            email: practices.email,
            locked: locks.since,
          })
          .from(practices)
          .leftJoin(staff, eq(staff.account, practices.id))
          .leftJoin(locks, eq(locks.practice, practices.id))
          .leftJoin(seen, eq(seen.practice, practices.id))
          .leftJoin(open, eq(open.practice, practices.id))
          .where(user === null ? undefined : eq(practices.user, user))
          .orderBy(asc(practices.user));
        return rows.map((row) => ({
          ...row,
          staff: row.staff !== null,
          rooms: row.rooms ?? 0,
          email: user === null ? null : row.email,
        }));
      }),
  };
}
