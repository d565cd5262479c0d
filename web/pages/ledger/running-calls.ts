/** Calls that are being metered: asks the server now and then, and keeps what it said while it is away. */
import type { RunningCall } from "../../../wire/ledger.ts";

/** Higher: the minutes shown are stale for longer. Lower: more requests for a number that changes once a minute. */
const ASK_MS = 20_000;

/** Runs `work` every `ms` until the answer is called. */
export type Every = (work: () => void, ms: number) => () => void;

/** Asks at once and then again and again; tells each answer. Returns what ends it. */
export function watchRunning(
  ask: () => Promise<readonly RunningCall[]>,
  tell: (calls: readonly RunningCall[]) => void,
  every: Every,
): () => void {
  let [asking, ended] = [false, false];
  const look = async () => {
    // a server that does not answer is not asked twice
    if (asking) return;
    asking = true;
    const calls = await ask().catch(() => null);
    asking = false;
    if (calls && !ended) tell(calls);
  };
  void look();
  const stop = every(() => void look(), ASK_MS);
  return () => {
    ended = true;
    stop();
  };
}

/** [BM4] Minutes as they would be charged now: a started one of each kind counts. */
export function startedMinutes({ lengths }: Pick<RunningCall, "lengths">): number {
  return Math.ceil(lengths.single / 60_000) + Math.ceil(lengths.group / 60_000);
}
