/** Invitations of practice staff: made by a therapist, accepted once, with a new account or with one that has nothing yet. */
import { and, eq, lte } from "drizzle-orm";
import type { Bytes } from "../wire/bytes.ts";
import type { InvitationId, PracticeId } from "../wire/ids.ts";
import { INVITATION_MS, STAFF_MAX } from "../wire/staff.ts";
import { apiTokens } from "./api-schema.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { Conflict } from "./errors.ts";
import { addAccount, type Practice } from "./practices.ts";
import { links, practices, rooms } from "./schema.ts";
import type { Session } from "./sessions.ts";
import { countTeam } from "./staff.ts";
import { invitations, staff } from "./staff-schema.ts";

/** An invitation as it is kept. */
export type Invitation = { id: InvitationId; tokenHash: Bytes };
/** What an invitation is good for: `user` names the practice. */
export type Invited = { kind: "open"; user: string } | { kind: "unknown" | "used" | "over" };
/** What came of accepting one. `not-empty`: the account is a therapist's; `employed`: it works for a practice already. */
export type Accepting = Invited | { kind: "not-empty" | "employed" | "name-taken" };

/** Queries on invitations. */
export function createInvitations(db: Database) {
  return {
    /** Keeps a new one; false where the practice has as many people as there may be. */
    add: (practice: PracticeId, { id, tokenHash }: Invitation, now: number): Promise<boolean> =>
      db.write(async (tx) => {
        if ((await countTeam(tx, practice, now)) >= STAFF_MAX) return false;
        await tx.insert(invitations).values({ id, practice, tokenHash, createdAt: now, usedAt: null });
        return true;
      }),

    /** What the invitation with this token is good for. */
    look: (tokenHash: Bytes, now: number): Promise<Invited> =>
      db.read(async (tx) => (await find(tx, tokenHash, now)).answer),

    /** Makes an account staff that is nobody's yet. */
    accept: (account: PracticeId, tokenHash: Bytes, now: number): Promise<Accepting> =>
      db.write(async (tx) => {
        const { answer, row } = await find(tx, tokenHash, now);
        if (row === null) return answer;
        const [before] = await tx.select().from(staff).where(eq(staff.account, account));
        if ((before?.practice ?? null) !== null) return { kind: "employed" };
        if (row.practice === account || (await hasWorked(tx, account))) return { kind: "not-empty" };
        await employ(tx, account, row, now);
        return answer;
      }),

    /** A new account that is staff from its first moment: account and acceptance are one step, so that none is ever a therapist's. */
    async register(
      account: Practice,
      nameHash: Bytes,
      session: Session,
      tokenHash: Bytes,
    ): Promise<Accepting> {
      try {
        return await db.write(async (tx) => {
          const { answer, row } = await find(tx, tokenHash, account.createdAt);
          if (row === null) return answer;
          await addAccount(tx, account, nameHash, session);
          await employ(tx, account.id, row, account.createdAt);
          return answer;
        });
      } catch (error) {
        if (error instanceof Conflict) return { kind: "name-taken" };
        throw error;
      }
    },
  };
}

/** Deletes invitations whose time was over before `wall`, accepted ones too. */
export async function clearInvitations(tx: Writer, wall: number): Promise<number> {
  const old = lte(invitations.createdAt, wall - INVITATION_MS);
  return (await tx.delete(invitations).where(old)).rowsAffected;
}

type Row = typeof invitations.$inferSelect;

/** `row` only where it may be accepted. */
async function find(tx: Reader, hash: Bytes, now: number): Promise<{ answer: Invited; row: Row | null }> {
  const [found] = await tx
    .select({ row: invitations, user: practices.user })
    .from(invitations)
    .innerJoin(practices, eq(practices.id, invitations.practice))
    .where(eq(invitations.tokenHash, hash));
  if (found === undefined) return { answer: { kind: "unknown" }, row: null };
  const { row, user } = found;
  if (row.usedAt !== null) return { answer: { kind: "used" }, row: null };
  if (row.createdAt <= now - INVITATION_MS) return { answer: { kind: "over" }, row: null };
  return { answer: { kind: "open", user }, row };
}

/** Has this account links, rooms or tokens, or staff and invitations of its own? */
async function hasWorked(tx: Reader, account: PracticeId): Promise<boolean> {
  for (const table of [links, rooms, apiTokens, invitations]) {
    const [one] = await tx
      .select({ practice: table.practice })
      .from(table)
      .where(eq(table.practice, account))
      .limit(1);
    if (one !== undefined) return true;
  }
  const [person] = await tx
    .select({ at: staff.since })
    .from(staff)
    .where(eq(staff.practice, account))
    .limit(1);
  return person !== undefined;
}

async function employ(tx: Writer, account: PracticeId, row: Row, now: number): Promise<void> {
  const mine = { practice: row.practice, invitation: row.id, since: now };
  await tx
    .insert(staff)
    .values({ account, ...mine })
    .onConflictDoUpdate({ target: staff.account, set: mine });
  await tx
    .update(invitations)
    .set({ usedAt: now })
    .where(and(eq(invitations.id, row.id)));
}
