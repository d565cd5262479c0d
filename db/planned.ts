/** Planned calls: when, for which links, in which series. One is gone when it was started, deleted, or `KEPT_MS` past its time. */
import { and, asc, eq, gt, gte, isNull, lte, min } from "drizzle-orm";
import { newId, type PlanId, type PracticeId, type Rid, type SeriesId } from "../wire/ids.ts";
import { KEPT_MS, PLANNED_MAX, type PlannedCall, TOLD_AHEAD_MS } from "../wire/planned.ts";
import type { Database, Reader, Writer } from "./database.ts";
import { plannedCalls, plannedLinks } from "./desk-schema.ts";
import { countPlans, insertPlan, isTaken, readPlans, removePlans } from "./planned-rows.ts";
import { type Opening, openRoomIn, ownsAll } from "./rooms.ts";

/** What came of planning, or of another time for a plan. `double`: one of the clients has a planned call at that very time. */
export type Planning =
  | { kind: "planned"; planned: PlannedCall[] }
  | { kind: "unknown-link" | "unknown-plan" | "too-many" | "double" };

/** One call, or one for each date of a series. */
export type Draft = { starts: readonly number[]; clients: readonly (readonly Rid[])[] };

/** Queries on planned calls. */
export function createPlanned(db: Database) {
  return {
    /** All of a practice, by time; those whose time is over and those without clients are deleted on the way. */
    async of(practice: PracticeId, now: number): Promise<PlannedCall[]> {
      const all = await db.read((tx) => readPlans(tx, eq(plannedCalls.practice, practice)));
      const isGone = (plan: PlannedCall) => plan.startsAt <= now - KEPT_MS || plan.clients.length === 0;
      const gone = all.filter(isGone).map(({ plan }) => plan);
      if (gone.length > 0) await db.write((tx) => removePlans(tx, gone));
      return all.filter((plan) => !isGone(plan));
    },

    /** One of a practice; null where it has none of this name. */
    one: (practice: PracticeId, plan: PlanId): Promise<PlannedCall | null> =>
      db.read(async (tx) => (await readPlans(tx, mine(practice, plan)))[0] ?? null),

    /** Plans a call, or a series where there are several starts; all of them or none. */
    add: (practice: PracticeId, draft: Draft, now: number): Promise<Planning> =>
      db.write((tx) => add(tx, practice, draft, now)),

    /** Gives a plan another time; the others of its series stay where they are. */
    move: (practice: PracticeId, plan: PlanId, startsAt: number): Promise<Planning> =>
      db.write((tx) => move(tx, practice, plan, startsAt)),

    /** Deletes a plan, and with `all` also what comes after it in its series. False where there is no such plan. */
    remove: (practice: PracticeId, plan: PlanId, all: boolean): Promise<boolean> =>
      db.write(async (tx) => {
        const [found] = await readPlans(tx, mine(practice, plan));
        if (found === undefined) return false;
        await removePlans(tx, all ? await laterOf(tx, practice, found) : [plan]);
        return true;
      }),

    /** Opens the room of a plan and takes the plan away, both or neither. */
    start: (practice: PracticeId, plan: PlanId, now: number): Promise<Opening | { kind: "unknown-plan" }> =>
      db.write((tx) => start(tx, practice, plan, now)),

    /** The next planned start for each link of a practice that has one soon, begun ones included. */
    startsByLink: (practice: PracticeId, now: number): Promise<ReadonlyMap<Rid, number>> =>
      db.read(async (tx) => {
        const soon = [
          gt(plannedCalls.startsAt, now - KEPT_MS),
          lte(plannedCalls.startsAt, now + TOLD_AHEAD_MS),
        ];
        const rows = await tx
          .select({ rid: plannedLinks.rid, startsAt: min(plannedCalls.startsAt) })
          .from(plannedLinks)
          .innerJoin(plannedCalls, eq(plannedCalls.id, plannedLinks.plan))
          .where(and(eq(plannedCalls.practice, practice), ...soon))
          .groupBy(plannedLinks.rid);
        return new Map(rows.flatMap(({ rid, startsAt }) => (startsAt === null ? [] : [[rid, startsAt]])));
      }),

    /** The plan of a link whose time lies between the two moments, the earliest; null: none. */
    ofLink: (practice: PracticeId, rid: Rid, from: number, to: number): Promise<PlanId | null> =>
      db.read(async (tx) => {
        const [row] = await tx
          .select({ plan: plannedCalls.id })
          .from(plannedLinks)
          .innerJoin(plannedCalls, eq(plannedCalls.id, plannedLinks.plan))
          .where(
            and(
              eq(plannedLinks.rid, rid),
              eq(plannedCalls.practice, practice),
              gte(plannedCalls.startsAt, from),
              lte(plannedCalls.startsAt, to),
            ),
          )
          .orderBy(asc(plannedCalls.startsAt), asc(plannedCalls.id))
          .limit(1);
        return row?.plan ?? null;
      }),
  };
}

const mine = (practice: PracticeId, plan: PlanId) =>
  and(eq(plannedCalls.practice, practice), eq(plannedCalls.id, plan));

async function add(tx: Writer, practice: PracticeId, draft: Draft, now: number): Promise<Planning> {
  const { starts, clients } = draft;
  const rids = clients.flat();
  if (!(await ownsAll(tx, practice, rids))) return { kind: "unknown-link" };
  if ((await countPlans(tx, practice)) + starts.length > PLANNED_MAX) return { kind: "too-many" };
  if (await isTaken(tx, practice, rids, starts)) return { kind: "double" };
  const series = starts.length > 1 ? newId<SeriesId>() : null;
  const planned = starts.map((startsAt) => ({ plan: newId<PlanId>(), startsAt, series, clients }));
  for (const plan of planned) await insertPlan(tx, practice, plan, now);
  return { kind: "planned", planned: planned.sort((a, b) => a.startsAt - b.startsAt) };
}

async function move(tx: Writer, practice: PracticeId, plan: PlanId, startsAt: number): Promise<Planning> {
  const [found] = await readPlans(tx, mine(practice, plan));
  if (found === undefined) return { kind: "unknown-plan" };
  const moved = { ...found, startsAt };
  if (startsAt === found.startsAt) return { kind: "planned", planned: [found] };
  if (await isTaken(tx, practice, found.clients.flat(), [startsAt])) return { kind: "double" };
  await tx.update(plannedCalls).set({ startsAt }).where(eq(plannedCalls.id, plan));
  return { kind: "planned", planned: [moved] };
}

/** A plan and those of its series that come after it. */
async function laterOf(
  tx: Reader,
  practice: PracticeId,
  { plan, series, startsAt }: PlannedCall,
): Promise<PlanId[]> {
  if (series === null) return [plan];
  const later = and(
    eq(plannedCalls.practice, practice),
    eq(plannedCalls.series, series),
    gte(plannedCalls.startsAt, startsAt),
  );
  const rows = await tx.select({ plan: plannedCalls.id }).from(plannedCalls).where(later);
  return rows.map((row) => row.plan);
}

async function start(
  tx: Writer,
  practice: PracticeId,
  plan: PlanId,
  now: number,
): Promise<Opening | { kind: "unknown-plan" }> {
  const [found] = await readPlans(tx, mine(practice, plan));
  if (found === undefined || found.clients.length === 0) return { kind: "unknown-plan" };
  const opening = await openRoomIn(
    tx,
    practice,
    found.clients.map((rids) => [...rids]),
    now,
  );
  if (opening.kind === "opened") await removePlans(tx, [plan]);
  return opening;
}

/** Deletes the plans of everybody whose time was over before `wall`, and those whose clients are all deleted. */
export async function clearPlanned(tx: Writer, wall: number): Promise<number> {
  const { rowsAffected } = await tx.delete(plannedCalls).where(lte(plannedCalls.startsAt, wall));
  const empty = await tx
    .select({ plan: plannedCalls.id })
    .from(plannedCalls)
    .leftJoin(plannedLinks, eq(plannedLinks.plan, plannedCalls.id))
    .where(isNull(plannedLinks.plan));
  for (const { plan } of empty) await removePlans(tx, [plan]);
  return rowsAffected + empty.length;
}
