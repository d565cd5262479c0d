/** Deletes what is older than the operator keeps it (R10): at the start, and once an hour. */
import type { Store } from "../../db/store.ts";
import { dayOf } from "../billing/day.ts";
import type { Clock } from "../clock.ts";
import { SESSION_MS } from "../http/auth.ts";
import { type Log, logError } from "../log.ts";
import type { Outcome } from "./carry-out.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

export type RetentionDeps = {
  readonly store: Pick<Store, "retention">;
  readonly clock: Clock;
  readonly log: Log;
  readonly days: number;
};

/** A session has an end of its own, however long times of calls are kept. */
function beforeWhich(days: number, now: number) {
  const wall = now - days * DAY_MS;
  return { wall, day: dayOf(wall), session: now - SESSION_MS };
}

/** One run at the operator's word, and what went. */
export async function clearNow(
  { retention }: Pick<Store, "retention">,
  days: number,
  now: number,
): Promise<Outcome> {
  const cleared = await retention.clear(beforeWhich(days, now));
  const counts = Object.entries(cleared).map(([what, n]) => `${what.padEnd(11)}  ${n}\n`);
  return { out: counts.join(""), note: `Deleted what is older than ${days} days.` };
}

/** One run. A database that is busy is asked again the next hour. */
export async function clearOld({ store, clock, log, days }: RetentionDeps): Promise<void> {
  try {
    await store.retention.clear(beforeWhich(days, clock.now()));
  } catch (error) {
    log.warn("retention.failed", { error: logError(error) });
  }
}

/** Runs until it is stopped. */
export function startRetention(deps: RetentionDeps) {
  void clearOld(deps);
  const timer = setInterval(() => void clearOld(deps), HOUR_MS);
  return { stop: () => clearInterval(timer) };
}
