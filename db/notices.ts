/** What webhooks are told of a call, put into the queue inside whatever transaction asks: so the end of a call and the word of it are one. */
import { createHash } from "node:crypto";
import { and, asc, count, eq, inArray, ne, sql } from "drizzle-orm";
import type { CallEvent, CallNotice } from "../wire/api.ts";
import type { CallId, DeliveryId, PracticeId, Rid, RoomId, WebhookId } from "../wire/ids.ts";
import { apiTokens, deliveries, webhooks } from "./api-schema.ts";
import type { Reader, Writer } from "./database.ts";
import { intervals } from "./ledger-schema.ts";
import { roomLinks } from "./schema.ts";

/** Higher: a place that is down for long is told of calls nobody asks about any more. Lower: a busy day is forgotten at the first failure. */
export const DELIVERIES_PER_WEBHOOK_MAX = 200;

/** What happened, and where. */
export type CallMoment = {
  readonly event: CallEvent;
  readonly practice: PracticeId;
  readonly room: RoomId;
  readonly call: CallId;
  readonly at: number;
};

/** Puts a notice into the queue of every webhook of the practice; what is in one already stays as it is. */
export async function announce(tx: Writer, moment: CallMoment): Promise<void> {
  const hooks = await tx
    .select({ id: webhooks.id })
    .from(webhooks)
    .innerJoin(apiTokens, eq(apiTokens.id, webhooks.token))
    .where(eq(apiTokens.practice, moment.practice));
  if (hooks.length === 0) return;
  const rids = await ridsOf(tx, moment.room);
  for (const { id } of hooks) await enqueue(tx, id, noticeOf(id, moment, rids));
}

/** True where this call was metered by a run before this one: its beginning was told then. */
export async function isFromBefore(tx: Reader, call: CallId, run: string): Promise<boolean> {
  const [row] = await tx
    .select({ run: intervals.run })
    .from(intervals)
    .where(and(eq(intervals.call, call), ne(intervals.run, run)))
    .limit(1);
  return row !== undefined;
}

function noticeOf(webhook: WebhookId, { event, call, at }: CallMoment, rids: readonly Rid[]): CallNotice {
  const digest = createHash("sha256").update(`tpc notice ${webhook} ${call} ${event}`).digest("hex");
  return { id: digest.slice(0, 32) as DeliveryId, event, call, rids, at };
}

async function ridsOf(tx: Reader, room: RoomId): Promise<Rid[]> {
  const rows = await tx
    .select({ rid: roomLinks.rid })
    .from(roomLinks)
    .where(eq(roomLinks.room, room))
    .orderBy(asc(roomLinks.client), asc(roomLinks.rid));
  return rows.map(({ rid }) => rid);
}

async function enqueue(tx: Writer, webhook: WebhookId, notice: CallNotice): Promise<void> {
  await makeRoom(tx, webhook);
  const row = { id: notice.id, webhook, body: JSON.stringify(notice), tries: 0, dueAt: notice.at };
  await tx.insert(deliveries).values(row).onConflictDoNothing();
}

/** The oldest ones go where the queue is full, and are counted. */
async function makeRoom(tx: Writer, webhook: WebhookId): Promise<void> {
  const mine = eq(deliveries.webhook, webhook);
  const [row] = await tx.select({ n: count() }).from(deliveries).where(mine);
  const over = (row?.n ?? 0) - DELIVERIES_PER_WEBHOOK_MAX + 1;
  if (over <= 0) return;
  const oldest = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(mine)
    .orderBy(sql`rowid`)
    .limit(over);
  await tx.delete(deliveries).where(
    inArray(
      deliveries.id,
      oldest.map(({ id }) => id),
    ),
  );
  await tx
    .update(webhooks)
    .set({ dropped: sql`${webhooks.dropped} + ${over}` })
    .where(eq(webhooks.id, webhook));
}
