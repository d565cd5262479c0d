/** The rows of planned calls: read with their clients, stored, counted, deleted, inside whatever transaction asks. */
import { and, asc, count, eq, inArray } from "drizzle-orm";
import type { PlanId, PracticeId, Rid } from "../wire/ids.ts";
import type { PlannedCall } from "../wire/planned.ts";
import type { Reader, Writer } from "./database.ts";
import { plannedCalls, plannedLinks } from "./desk-schema.ts";

/** Planned calls with their clients, by time. */
export async function readPlans(tx: Reader, those: ReturnType<typeof and>): Promise<PlannedCall[]> {
  const rows = await tx
    .select()
    .from(plannedCalls)
    .leftJoin(plannedLinks, eq(plannedLinks.plan, plannedCalls.id))
    .where(those)
    .orderBy(
      asc(plannedCalls.startsAt),
      asc(plannedCalls.id),
      asc(plannedLinks.client),
      asc(plannedLinks.rid),
    );
  const plans = new Map<PlanId, Omit<PlannedCall, "clients"> & { clients: Map<number, Rid[]> }>();
  for (const { planned_calls: call, planned_links: link } of rows) {
    const { id, startsAt, series } = call;
    const plan = plans.get(id) ?? { plan: id, startsAt, series, clients: new Map<number, Rid[]>() };
    plans.set(id, plan);
    if (link !== null) plan.clients.set(link.client, [...(plan.clients.get(link.client) ?? []), link.rid]);
  }
  return [...plans.values()].map((plan) => ({ ...plan, clients: [...plan.clients.values()] }));
}

/** Stores one with its links. */
export async function insertPlan(
  tx: Writer,
  practice: PracticeId,
  plan: PlannedCall,
  now: number,
): Promise<void> {
  const { plan: id, startsAt, series, clients } = plan;
  await tx.insert(plannedCalls).values({ id, practice, startsAt, series, createdAt: now });
  await tx
    .insert(plannedLinks)
    .values(clients.flatMap((rids, client) => rids.map((rid) => ({ plan: id, rid, client }))));
}

/** How many a practice has. */
export async function countPlans(tx: Reader, practice: PracticeId): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(plannedCalls).where(eq(plannedCalls.practice, practice));
  return row?.n ?? 0;
}

/** Has one of these links a planned call at one of these times? A request that is sent again plans nothing twice. */
export async function isTaken(
  tx: Reader,
  practice: PracticeId,
  rids: readonly Rid[],
  starts: readonly number[],
): Promise<boolean> {
  const [found] = await tx
    .select({ plan: plannedCalls.id })
    .from(plannedCalls)
    .innerJoin(plannedLinks, eq(plannedLinks.plan, plannedCalls.id))
    .where(
      and(
        eq(plannedCalls.practice, practice),
        inArray(plannedCalls.startsAt, [...starts]),
        inArray(plannedLinks.rid, [...rids]),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** Deletes these. */
export async function removePlans(tx: Writer, plans: PlanId[]): Promise<void> {
  await tx.delete(plannedCalls).where(inArray(plannedCalls.id, plans));
}
