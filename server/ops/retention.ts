/** Deletes what is older than the operator keeps it (R10): at the start, and once an hour. */
import type { Store } from "../../db/store.ts";
import { dayOf } from "../billing/day.ts";
import type { Clock } from "../clock.ts";
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

/** One run at the operator's word, and what went. */
export async function clearNow(
  { retention }: Pick<Store, "retention">,
  days: number,
  now: number,
): Promise<Outcome> {
  const wall = now - days * DAY_MS;
  const cleared = await retention.clear({ wall, day: dayOf(wall) });
  const counts = Object.entries(cleared).map(([what, n]) => `${what.padEnd(11)}  ${n}\n`);
  return { out: counts.join(""), note: `Deleted what is older than ${days} days.` };
}

/** One run. A database that is busy is asked again the next hour. */
export async function clearOld({ store, clock, log, days }: RetentionDeps): Promise<void> {
  const wall = clock.now() - days * DAY_MS;
  try {
    await store.retention.clear({ wall, day: dayOf(wall) });
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
