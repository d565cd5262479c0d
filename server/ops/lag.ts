/** How long the event loop was held up, by a timer that should ring at known moments. */
import type { Clock } from "../clock.ts";

/** Higher: short hold-ups are missed. Lower: more wake-ups. */
const RING_MS = 200;

export type Lag = {
  /** Seconds of the longest hold-up since it was asked before. */
  take(): number;
  stop(): void;
};

export function watchLag(
  { monotonic }: Pick<Clock, "monotonic">,
  every: (ms: number, ring: () => void) => () => void,
): Lag {
  let due = monotonic() + RING_MS;
  let worst = 0;
  const stop = every(RING_MS, () => {
    const now = monotonic();
    worst = Math.max(worst, now - due);
    due = now + RING_MS;
  });
  return {
    take: () => {
      // a hold-up that is not over yet counts
      const seconds = Math.max(worst, monotonic() - due, 0) / 1000;
      worst = 0;
      return seconds;
    },
    stop,
  };
}
