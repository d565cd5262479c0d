/** The queue of what webhooks are told: filled by a call's beginning here and by its end in db/calls.ts, emptied by the courier. */
import { asc, count, eq, inArray, lte, min, sql } from "drizzle-orm";
import type { CallEvent, WebhookFault } from "../wire/api.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { DeliveryId } from "../wire/ids.ts";
import { deliveries, webhooks } from "./api-schema.ts";
import type { Database, Reader } from "./database.ts";
import { announce, type CallMoment, isFromBefore } from "./notices.ts";

/** One try to make: exactly these bytes, signed with this secret, to this address. */
export type Delivery = {
  readonly id: DeliveryId;
  readonly body: string;
  readonly tries: number;
  readonly url: string;
  readonly secret: Bytes;
};

/** Queries on deliveries. */
export function createDeliveries(db: Database) {
  return {
    /** A call began, measured by this run of the server; one that a run before measured was told of then. */
    began: (moment: Omit<CallMoment, "event">, run: string): Promise<void> =>
      db.write(async (tx) => {
        const event: CallEvent = "call.started";
        if (!(await isFromBefore(tx, moment.call, run))) await announce(tx, { ...moment, event });
      }),

    /** When the next one is due; null: nothing waits. */
    nextDue: (): Promise<number | null> =>
      db.read(async (tx) => {
        const [row] = await tx.select({ at: min(deliveries.dueAt) }).from(deliveries);
        return row?.at ?? null;
      }),

    /** How many wait. */
    waiting: (): Promise<number> =>
      db.read(async (tx) => (await tx.select({ n: count() }).from(deliveries))[0]?.n ?? 0),

    /** Takes up to `most` that are due. Until `until` nobody else does: a courier that died in between is made up for then. */
    claim: (now: number, until: number, most: number): Promise<Delivery[]> =>
      db.write(async (tx) => {
        const due = await dueAt(tx, now, most);
        const ids = due.map(({ id }) => id);
        await tx.update(deliveries).set({ dueAt: until }).where(inArray(deliveries.id, ids));
        return due;
      }),

    /** It arrived. */
    arrived: (id: DeliveryId): Promise<void> =>
      db.write(async (tx) => {
        await tx
          .update(webhooks)
          .set({ fault: null })
          .where(eq(webhooks.id, hookOf(tx, id)));
        await tx.delete(deliveries).where(eq(deliveries.id, id));
      }),

    /** It did not: again at `dueAt`, or given up where that is null. */
    failed: (id: DeliveryId, fault: WebhookFault, dueAt: number | null): Promise<void> =>
      db.write(async (tx) => {
        const dropped = sql<number>`${webhooks.dropped} + ${dueAt === null ? 1 : 0}`;
        await tx
          .update(webhooks)
          .set({ fault, dropped })
          .where(eq(webhooks.id, hookOf(tx, id)));
        const that = eq(deliveries.id, id);
        if (dueAt === null) await tx.delete(deliveries).where(that);
        else
          await tx
            .update(deliveries)
            .set({ dueAt, tries: sql`${deliveries.tries} + 1` })
            .where(that);
      }),
  };
}

function dueAt(tx: Reader, now: number, most: number): Promise<Delivery[]> {
  const { id, body, tries } = deliveries;
  const { url, secret } = webhooks;
  return tx
    .select({ id, body, tries, url, secret })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook))
    .where(lte(deliveries.dueAt, now))
    .orderBy(asc(deliveries.dueAt), sql`${deliveries}.rowid`)
    .limit(most);
}

function hookOf(tx: Reader, id: DeliveryId) {
  return sql`(${tx.select({ webhook: deliveries.webhook }).from(deliveries).where(eq(deliveries.id, id))})`;
}
