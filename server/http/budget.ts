/** How often something may be tried: a count per key that starts anew after a time. In memory, so a restart forgives;
 * what it guards (32 random bytes) cannot be guessed in that way. */
import { createHmac, randomBytes } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Keys are strewn over this many places, so that strangers with many addresses cannot fill the memory. Higher: more
 * memory under attack (about 200 B each). Lower: two therapists share a budget by chance. */
const PLACES = 65_536;

/** A count per key. */
export type Budget = {
  /** Takes one. Null where there was one left, else the whole seconds until there is again. */
  take(key: string): Promise<number | null>;
  /** Puts one back: the try was none. */
  giveBack(key: string): Promise<void>;
  /** Starts the key anew. */
  forget(key: string): Promise<void>;
  /** How many were taken. */
  taken(key: string): Promise<number>;
};

/** A budget of `points` per key in `seconds`. */
export function createBudget(points: number, seconds: number): Budget {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  const secret = randomBytes(16);
  // under a secret, so that nobody can aim at another's place
  const place = (key: string) => createHmac("sha256", secret).update(key).digest().readUInt32BE(0) % PLACES;
  return {
    take: async (key) => {
      try {
        await limiter.consume(place(key));
        return null;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
    giveBack: async (key) => void (await limiter.reward(place(key))),
    forget: async (key) => void (await limiter.delete(place(key))),
    taken: async (key) => (await limiter.get(place(key)))?.consumedPoints ?? 0,
  };
}
