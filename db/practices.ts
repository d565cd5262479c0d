/** Accounts of therapists: made, found, re-keyed, deleted. Hashes come in ready-made; this file knows no secret. */
import { and, eq, isNull } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { PracticeId } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import { type Pricing, settleAll } from "./calls.ts";
import type { Database, Writer } from "./database.ts";
import { Conflict } from "./errors.ts";
import { firstBooking, openLedger } from "./ledger.ts";
import { installation, names, practices, vaults } from "./schema.ts";
import { addSession, endSessions, renewSession, type Session } from "./sessions.ts";
import { staff } from "./staff-schema.ts";

/** What a password decides (TP1 §2.10): salt 16 B, hash 32 B, wrap 104 B. */
export type PasswordKeys = {
  salt: Bytes;
  passes: number;
  memoryBytes: number;
  loginHash: Bytes;
  wrap: Bytes;
};
/** What the recovery key decides: hash 32 B, wrap 104 B. */
export type RecoveryKeys = { recoveryHash: Bytes; wrapR: Bytes };
/** [TF3] Group minutes to try, from a day on. */
export type Trial = { day: number; minutes: number };
/** An account as stored. */
export type Practice = PasswordKeys &
  RecoveryKeys & { id: PracticeId; user: UserName; email: string | null; createdAt: number };

/** Queries on accounts. */
export function createPractices(db: Database) {
  return {
    /** Stores a new account with an empty vault, its first session and its minutes to try. `nameHash` is kept for ever; false where it
     * or the name is known. */
    add: (practice: Practice, nameHash: Bytes, session: Session, trial: Trial): Promise<boolean> => {
      const booking = firstBooking(trial.day);
      return refusedAsFalse(() =>
        db.write(async (tx) => {
          await addAccount(tx, practice, nameHash, session);
          await openLedger(tx, practice.id, booking, trial.minutes);
        }),
      );
    },

    /** The account with this user name, or null. */
    byUser: (user: UserName): Promise<Practice | null> =>
      db.read(async (tx) => asPractice(await tx.select().from(practices).where(eq(practices.user, user)))),

    /** Which therapist's user name this is; null: nobody's, or one of practice staff, to whom no client comes. */
    practiceOfUser: (user: UserName): Promise<PracticeId | null> =>
      db.read(async (tx) => {
        const [row] = await tx
          .select({ id: practices.id })
          .from(practices)
          .leftJoin(staff, eq(staff.account, practices.id))
          .where(and(eq(practices.user, user), isNull(staff.account)));
        return row?.id ?? null;
      }),

    /** The account with this id, or null. */
    byId: (id: PracticeId): Promise<Practice | null> =>
      db.read(async (tx) => asPractice(await tx.select().from(practices).where(eq(practices.id, id)))),

    /** How many accounts there are. */
    count: (): Promise<number> =>
      db.read(async (tx) => (await tx.select({ id: practices.id }).from(practices)).length),

    /** Replaces what the password decides where it still is `was`, renews one session and ends all others, in one step.
     * Returns the ids of the ended ones, null where another device changed the password first. */
    setPassword: (
      id: PracticeId,
      change: { was: Bytes; keys: PasswordKeys; session: Session },
    ): Promise<string[] | null> =>
      db.write(async (tx) => {
        const here = and(eq(practices.id, id), eq(practices.loginHash, change.was));
        const changed = await tx
          .update(practices)
          .set(change.keys)
          .where(here)
          .returning({ id: practices.id });
        if (changed.length === 0) return null;
        await renewSession(tx, change.session);
        return endSessions(tx, id, change.session.id);
      }),

    /** Replaces password and recovery key where the latter still is `was`, ends every session and begins a new one, in
     * one step. Returns the ids of the ended ones, null where another device was first. */
    recover: (
      id: PracticeId,
      change: { was: Bytes; keys: PasswordKeys & RecoveryKeys; session: Session },
    ): Promise<string[] | null> =>
      db.write(async (tx) => {
        const here = and(eq(practices.id, id), eq(practices.recoveryHash, change.was));
        const changed = await tx
          .update(practices)
          .set(change.keys)
          .where(here)
          .returning({ id: practices.id });
        if (changed.length === 0) return null;
        const ended = await endSessions(tx, id, null);
        await addSession(tx, change.session);
        return ended;
      }),

    /** Deletes the account with vault, links, rooms, calls and sessions. Its name stays taken, its ledger stays under a number that
     * leads to nobody (LG6); a call that is on is settled first. */
    async remove(id: PracticeId, pricing: Pricing, now: number): Promise<void> {
      await db.write(async (tx) => {
        await settleAll(tx, id, pricing, now);
        await tx.delete(practices).where(eq(practices.id, id));
      });
    },

    /** Binds the database to a key file: stores `check` (32 B) at first, later says whether it is the same. */
    bindKeys: (check: Bytes): Promise<boolean> =>
      db.write(async (tx) => {
        await tx.insert(installation).values({ id: 1, keyCheck: check }).onConflictDoNothing();
        const [row] = await tx.select().from(installation);
        return row !== undefined && Buffer.from(row.keyCheck).equals(check);
      }),
  };
}

/** Stores a new account with an empty vault and its first session inside a caller's transaction. Throws `Conflict` where the name or
 * `nameHash` is known. */
export async function addAccount(
  tx: Writer,
  account: Practice,
  nameHash: Bytes,
  session: Session,
): Promise<void> {
  await tx.insert(names).values({ hash: nameHash });
  await tx.insert(practices).values(account);
  await tx.insert(vaults).values({ practice: account.id, counter: 0, manifest: null });
  await addSession(tx, session);
}

/** Only folded names are ever stored, so what comes out is one. */
function asPractice(rows: (typeof practices.$inferSelect)[]): Practice | null {
  const [row] = rows;
  return row === undefined ? null : { ...row, user: row.user as UserName };
}

async function refusedAsFalse(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
