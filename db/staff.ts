/** Practice staff as the server knows it: which role an account has, who works for a practice, and the end of it. */
import { and, asc, count, eq, gt, isNull } from "drizzle-orm";
import type { InvitationId, PracticeId, Rid } from "../wire/ids.ts";
import { INVITATION_MS } from "../wire/staff.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { practices } from "./schema.ts";
import { sharedWith } from "./shared.ts";
import { invitations, shared, staff } from "./staff-schema.ts";

/** The second role of an account; `practice` is null once the access was taken away. */
export type Employment = { practice: PracticeId | null; invitation: InvitationId };
/** Somebody who works for a practice. */
export type Person = {
  invitation: InvitationId;
  user: string;
  since: number;
  shared: { rid: Rid; box: Uint8Array }[];
};
/** Everybody, and the invitations that may still be accepted. */
export type Team = { people: Person[]; invitations: { invitation: InvitationId; createdAt: number }[] };

/** Queries on staff. */
export function createStaff(db: Database) {
  return {
    /** The second role of an account; null: it is a therapist's. */
    employment: (account: PracticeId): Promise<Employment | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select().from(staff).where(eq(staff.account, account));
        return row === undefined ? null : { practice: row.practice, invitation: row.invitation };
      }),

    /** Who works for a practice, and who may begin to. */
    team: (practice: PracticeId, now: number): Promise<Team> =>
      db.read(async (tx) => ({
        people: await peopleOf(tx, practice),
        invitations: await tx
          .select({ invitation: invitations.id, createdAt: invitations.createdAt })
          .from(invitations)
          .where(and(eq(invitations.practice, practice), isOpen(now)))
          .orderBy(asc(invitations.createdAt), asc(invitations.id)),
      })),

    /** Takes an invitation back, and the access that came of it with all that was shared. False where the practice has neither. */
    end: (practice: PracticeId, invitation: InvitationId): Promise<boolean> =>
      db.write(async (tx) => {
        const invited = and(eq(invitations.id, invitation), eq(invitations.practice, practice));
        const back = await tx.delete(invitations).where(invited).returning({ id: invitations.id });
        return (await dismiss(tx, practice, invitation)) || back.length > 0;
      }),
  };
}

/** Not accepted and not over. */
export function isOpen(now: number) {
  return and(isNull(invitations.usedAt), gt(invitations.createdAt, now - INVITATION_MS));
}

/** People and open invitations of a practice. */
export async function countTeam(tx: Reader, practice: PracticeId, now: number): Promise<number> {
  const [people] = await tx.select({ n: count() }).from(staff).where(eq(staff.practice, practice));
  const waiting = and(eq(invitations.practice, practice), isOpen(now));
  const [invited] = await tx.select({ n: count() }).from(invitations).where(waiting);
  return (people?.n ?? 0) + (invited?.n ?? 0);
}

async function peopleOf(tx: Reader, practice: PracticeId): Promise<Person[]> {
  const rows = await tx
    .select({
      account: staff.account,
      invitation: staff.invitation,
      user: practices.user,
      since: staff.since,
    })
    .from(staff)
    .innerJoin(practices, eq(practices.id, staff.account))
    .where(eq(staff.practice, practice))
    .orderBy(asc(staff.since), asc(staff.account));
  const people: Person[] = [];
  for (const { account, ...person } of rows)
    people.push({ ...person, shared: await sharedWith(tx, account) });
  return people;
}

async function dismiss(tx: Writer, practice: PracticeId, invitation: InvitationId): Promise<boolean> {
  const [gone] = await tx
    .update(staff)
    .set({ practice: null })
    .where(and(eq(staff.invitation, invitation), eq(staff.practice, practice)))
    .returning({ account: staff.account });
  if (gone === undefined) return false;
  await tx.delete(shared).where(eq(shared.account, gone.account));
  return true;
}
