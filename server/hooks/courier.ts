/** Empties the queue of deliveries: each is signed and sent, tried again for a day with growing pauses, then given up and counted. */
import type { Delivery } from "../../db/deliveries.ts";
import type { Store } from "../../db/store.ts";
import type { WebhookFault } from "../../wire/api.ts";
import type { Clock } from "../clock.ts";
import { type Log, logError } from "../log.ts";
import { SIGNATURE_HEADER, signatureOf } from "./sign.ts";
import { type Target, targetIn } from "./target.ts";

/** Pauses after each failure, some 22 h in all; then it is given up. Higher: news comes when nobody needs it. Lower: a night's outage of a
 * program loses them. */
export const RETRY_MS = [
  10_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000,
] as const;
/** Sent at the same time. Higher: more sockets. Lower: one place that hangs holds up others. */
export const BATCH = 16;
/** Until then a claimed delivery is nobody else's: longer than any try takes. */
export const CLAIM_MS = 60_000;
/** How long the queue is left alone where nobody says that something came: another process may have put it there. */
const LOOK_MS = 15_000;

/** Sends one body; null: it arrived. */
export type Send = (
  target: Target,
  letter: { headers: Record<string, string>; body: string },
) => Promise<WebhookFault | null>;

export type CourierDeps = {
  readonly store: Pick<Store, "deliveries">;
  readonly clock: Clock;
  readonly log: Log;
  readonly send: Send;
  /** `host:port` that may be private. */
  readonly allow: readonly string[];
};

/** Sends what is due now. True where more may be waiting. */
export async function deliverDue(deps: CourierDeps): Promise<boolean> {
  const now = deps.clock.now();
  const due = await deps.store.deliveries.nextDue();
  if (due === null || due > now) return false;
  const claimed = await deps.store.deliveries.claim(now, now + CLAIM_MS, BATCH);
  await Promise.all(claimed.map((delivery) => deliver(deps, delivery)));
  return claimed.length === BATCH;
}

async function deliver(deps: CourierDeps, delivery: Delivery): Promise<void> {
  const { store, clock, log } = deps;
  const fault = await attempt(deps, delivery);
  if (fault === null) return store.deliveries.arrived(delivery.id);
  const pause = RETRY_MS[delivery.tries];
  log.warn(pause === undefined ? "webhook.dropped" : "webhook.failed", { fault, tries: delivery.tries + 1 });
  await store.deliveries.failed(delivery.id, fault, pause === undefined ? null : clock.now() + pause);
}

/** What the operator allows may have changed since the webhook was made. */
async function attempt(
  { clock, send, allow }: CourierDeps,
  delivery: Delivery,
): Promise<WebhookFault | null> {
  const { url, body, secret } = delivery;
  const target = targetIn(url, allow);
  if (target === null) return "target";
  const signature = signatureOf(secret, body, clock.now());
  const headers = { "content-type": "application/json", [SIGNATURE_HEADER]: signature };
  return await send(target, { headers, body });
}

/** Runs until it is stopped. `wake`: something was put into the queue. */
export function startCourier(deps: CourierDeps) {
  let isStopped = false;
  let isWoken = false;
  let rise = () => {};
  const wake = () => {
    isWoken = true;
    rise();
  };
  const rest = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      rise = () => {
        clearTimeout(timer);
        done();
      };
    });
  const run = async () => {
    while (!isStopped) {
      isWoken = false;
      const isMore = await round(deps);
      if (!isMore && !isWoken && !isStopped) await rest(await untilNext(deps));
    }
  };
  const running = run();
  const stop = async () => {
    isStopped = true;
    wake();
    await running;
  };
  return { wake, stop };
}

export type Courier = ReturnType<typeof startCourier>;

/** A database that is busy is asked again at the next look. */
async function round(deps: CourierDeps): Promise<boolean> {
  try {
    return await deliverDue(deps);
  } catch (error) {
    deps.log.warn("webhook.queue", { error: logError(error) });
    return false;
  }
}

async function untilNext({ store, clock }: CourierDeps): Promise<number> {
  const due = await store.deliveries.nextDue().catch(() => null);
  return due === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(0, due - clock.now()));
}
