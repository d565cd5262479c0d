/** The private calendar of a practice: whose secret address it is. Only the hash of the secret comes here. */
import { eq } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { PracticeId } from "../wire/ids.ts";
import type { Database } from "./database.ts";
import { feeds } from "./desk-schema.ts";
import { isLocked } from "./locks.ts";

/** Queries on calendar feeds. */
export function createFeeds(db: Database) {
  return {
    /** Since when the practice has a feed; null: it has none. */
    since: (practice: PracticeId): Promise<number | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select().from(feeds).where(eq(feeds.practice, practice));
        return row?.createdAt ?? null;
      }),

    /** Gives the practice a feed under this secret; the one before is gone. */
    renew: (practice: PracticeId, tokenHash: Bytes, now: number): Promise<void> =>
      db.write(async (tx) => {
        const row = { tokenHash, createdAt: now };
        await tx
          .insert(feeds)
          .values({ practice, ...row })
          .onConflictDoUpdate({ target: feeds.practice, set: row });
      }),

    /** Takes the feed away. */
    remove: (practice: PracticeId): Promise<void> =>
      db.write(async (tx) => void (await tx.delete(feeds).where(eq(feeds.practice, practice)))),

    /** Whose feed has this secret; null: nobody's, or of an account that the operator has locked. */
    practiceOf: (tokenHash: Bytes): Promise<PracticeId | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select().from(feeds).where(eq(feeds.tokenHash, tokenHash));
        return row === undefined || (await isLocked(tx, row.practice)) ? null : row.practice;
      }),
  };
}
