/** Browsers that are logged in: found by the hash of their token, rotated, locked, ended. */
import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { PracticeId } from "../wire/ids.ts";
import type { Database, Writer } from "./database.ts";
import { AccountLocked } from "./errors.ts";
import { locks } from "./lock-schema.ts";
import { sessions } from "./schema.ts";

/** A session as stored. */
export type Session = typeof sessions.$inferSelect;
/** Higher: a stolen cookie hides among more entries of the list. Lower: a practice with many devices logs itself out. */
export const SESSIONS_PER_PRACTICE_MAX = 32;

/** A session as its first row: token and halves are 32 B, `agent` says which browser in a few words. */
export function newSession(fresh: {
  id: string;
  practice: PracticeId;
  tokenHash: Bytes;
  sessionHalf: Bytes;
  agent: string;
  now: number;
}): Session {
  const { now, ...rest } = fresh;
  return {
    ...rest,
    previousHash: null,
    previousUntil: null,
    rotatedAt: now,
    createdAt: now,
    lastSeenAt: now,
  };
}

/** Stores a session inside a caller's transaction; the oldest ones beyond `SESSIONS_PER_PRACTICE_MAX` end. Throws `AccountLocked`. */
export async function addSession(tx: Writer, session: Session): Promise<void> {
  const locked = await tx.select().from(locks).where(eq(locks.practice, session.practice));
  if (locked.length > 0) throw new AccountLocked();
  const old = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.practice, session.practice))
    .orderBy(asc(sessions.lastSeenAt));
  const over = old.slice(0, Math.max(0, old.length - SESSIONS_PER_PRACTICE_MAX + 1)).map((row) => row.id);
  if (over.length > 0) await tx.delete(sessions).where(inArray(sessions.id, over));
  await tx.insert(sessions).values(session);
}

/** Ends all sessions of a practice but `keep`, inside a caller's transaction. Returns the ids of the ended ones. */
export async function endSessions(tx: Writer, practice: PracticeId, keep: string | null): Promise<string[]> {
  const those = and(eq(sessions.practice, practice), keep === null ? undefined : ne(sessions.id, keep));
  const ended = await tx.delete(sessions).where(those).returning({ id: sessions.id });
  return ended.map((row) => row.id);
}

/** Gives a session that goes on the token and half of `fresh` and forgets the old ones at once, inside a caller's
 * transaction. False where it has ended meanwhile. */
export async function renewSession(tx: Writer, fresh: Session): Promise<boolean> {
  const { id, practice, ...set } = fresh;
  const that = and(eq(sessions.id, id), eq(sessions.practice, practice));
  return (await tx.update(sessions).set(set).where(that).returning({ id: sessions.id })).length > 0;
}

/** Queries on sessions. */
export function createSessions(db: Database) {
  return {
    /** Stores a session after a log-in: as a new one, or under the id of the one the same browser had before. */
    async begin(session: Session): Promise<void> {
      await db.write(async (tx) => {
        if (!(await renewSession(tx, session))) await addSession(tx, session);
      });
    },

    /** The session with this token hash, current or previous, whatever its age; null where there is none. */
    byToken: (hash: Bytes): Promise<Session | null> =>
      db.read(async (tx) => {
        const either = or(eq(sessions.tokenHash, hash), eq(sessions.previousHash, hash));
        return (await tx.select().from(sessions).where(either))[0] ?? null;
      }),

    /** The sessions of a practice, the one seen last first. */
    of: (practice: PracticeId): Promise<Session[]> =>
      db.read((tx) =>
        tx
          .select()
          .from(sessions)
          .where(eq(sessions.practice, practice))
          .orderBy(sql`${sessions.lastSeenAt} desc`),
      ),

    /** Notes that a session was seen; `locked` also forgets its half. */
    async seen(id: string, now: number, locked: boolean): Promise<void> {
      const set = locked ? { lastSeenAt: now, sessionHalf: null } : { lastSeenAt: now };
      await db.write((tx) => tx.update(sessions).set(set).where(eq(sessions.id, id)));
    },

    /** Gives the session the next token. `from` is the hash the browser came with: it stays good until the next one is
     * seen, so an answer lost on the way logs nobody out. False where another request was quicker. */
    rotate(id: string, change: { from: Bytes; was: Bytes; to: Bytes; now: number }): Promise<boolean> {
      const set = {
        tokenHash: change.to,
        previousHash: change.from,
        previousUntil: null,
        rotatedAt: change.now,
      };
      return db.write(async (tx) => {
        const here = and(eq(sessions.id, id), eq(sessions.tokenHash, change.was));
        return (await tx.update(sessions).set(set).where(here).returning({ id: sessions.id })).length > 0;
      });
    },

    /** The browser has the next token: the previous one dies at `until`. */
    async settle(id: string, until: number): Promise<void> {
      await db.write((tx) => tx.update(sessions).set({ previousUntil: until }).where(eq(sessions.id, id)));
    },

    /** Forgets the half of a session: the vault key in that browser cannot be opened without the password any more. */
    async lock(id: string): Promise<void> {
      await db.write((tx) => tx.update(sessions).set({ sessionHalf: null }).where(eq(sessions.id, id)));
    },

    /** Ends one session of a practice; false where it has none with this id. */
    end: (practice: PracticeId, id: string): Promise<boolean> =>
      db.write(async (tx) => {
        const that = and(eq(sessions.practice, practice), eq(sessions.id, id));
        return (await tx.delete(sessions).where(that).returning({ id: sessions.id })).length > 0;
      }),
  };
}
