/** How often an address may ask for calendars that do not exist: 256 random bits do the rest. */
import { createBudget } from "./budget.ts";
import { ApiFailure } from "./failure.ts";

/** Misses of one address in 15 min; calendars go on asking for one that was removed. Higher: more guesses. Lower: an institute with
 * old calendars shuts out its new ones. */
export const MISSES_PER_ADDRESS = 30;
const SECONDS = 15 * 60;

/** Budgets of one server. */
export function createFeedTries() {
  const misses = createBudget(MISSES_PER_ADDRESS, SECONDS);
  return {
    /** Throws `feed.slow-down` where this address has guessed too often. */
    async begin(address: string): Promise<void> {
      if ((await misses.taken(address)) < MISSES_PER_ADDRESS) return;
      throw new ApiFailure("feed.slow-down", { retryAfterSeconds: SECONDS });
    },
    /** There was no such calendar. */
    async missed(address: string): Promise<void> {
      await misses.take(address);
    },
  };
}

export type FeedTries = ReturnType<typeof createFeedTries>;
