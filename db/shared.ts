/** The links that are shared with practice staff, as sealed boxes: put, taken back, read, asked for. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { InvitationId, PracticeId, Rid } from "../wire/ids.ts";
import type { Database, Reader } from "./database.ts";
import { ownsAll } from "./rooms.ts";
import { shared, staff } from "./staff-schema.ts";

/** One link, sealed for one person. */
export type SharedBox = { rid: Rid; box: Bytes };
/** What a therapist's page changes for one person. */
export type SharedChange = { put: SharedBox[]; drop: Rid[] };
/** What came of it; nothing was stored unless it is "shared". */
export type Sharing = "shared" | "unknown-person" | "unknown-link";

/** Queries on what is shared. */
export function createShared(db: Database) {
  return {
    /** Shares links of the practice with somebody who works for it, and takes others back: all or nothing. */
    change: (practice: PracticeId, invitation: InvitationId, change: SharedChange): Promise<Sharing> =>
      db.write(async (tx) => {
        const person = and(eq(staff.invitation, invitation), eq(staff.practice, practice));
        const [found] = await tx.select({ account: staff.account }).from(staff).where(person);
        if (found === undefined) return "unknown-person";
        const rids = change.put.map(({ rid }) => rid);
        if (!(await ownsAll(tx, practice, rids))) return "unknown-link";
        const { account } = found;
        if (change.drop.length > 0)
          await tx.delete(shared).where(and(eq(shared.account, account), inArray(shared.rid, change.drop)));
        if (change.put.length > 0)
          await tx
            .insert(shared)
            .values(change.put.map((one) => ({ account, ...one })))
            .onConflictDoUpdate({ target: [shared.account, shared.rid], set: { box: sql`excluded.box` } });
        return "shared";
      }),

    /** Everything that is shared with an account. */
    with: (account: PracticeId): Promise<SharedBox[]> => db.read((tx) => sharedWith(tx, account)),
  };
}

/** Everything that is shared with an account, inside whatever transaction asks. */
export async function sharedWith(tx: Reader, account: PracticeId): Promise<SharedBox[]> {
  return tx
    .select({ rid: shared.rid, box: shared.box })
    .from(shared)
    .where(eq(shared.account, account))
    .orderBy(asc(shared.rid));
}
