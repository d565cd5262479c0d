/** How many requests one address, and one account, may send at all, whatever they ask for: a flood costs little more than saying no. The
 * budgets of log-in, registration and the like are smaller and stand behind it. */
import type { Clock } from "../clock.ts";
import { Buckets } from "../signaling/buckets.ts";
import type { Rate } from "../signaling/limits.ts";
import { ApiFailure } from "./failure.ts";

/** Requests to the API and to the sockets of one address; files of the build do not count. A page asks for ten things at its start. Higher:
 * one address keeps the server busier. Lower: an institute that comes back after an outage has to wait. */
export const REQUESTS_PER_ADDRESS: Rate = { burst: 3000, perSecond: 100 };
/** Requests of one account, from wherever: a stolen session, or a program gone wild in a browser. Higher: the database is kept busier.
 * Lower: an import into the Kartei on three devices has to wait. */
export const REQUESTS_PER_ACCOUNT: Rate = { burst: 1500, perSecond: 30 };
/** Large bodies of one address. Higher: strangers keep the server reading. Lower: an import of a large Kartei has to wait. */
export const LARGE_PER_ADDRESS: Rate = { burst: 120, perSecond: 1 };
/** Remembered of each kind. Higher: memory under attack. Lower: strangers with many addresses share one budget sooner. */
const KEYS_MAX = 20_000;
/** What those share who come while as many as may be are remembered. */
const THE_REST = "the rest";

/** How long whoever was refused is told to wait: a second's worth is there again by then. */
const WAIT_SECONDS = 1;

/** Budgets of one server. */
export function createCrowd({ monotonic }: Pick<Clock, "monotonic">) {
  const kind = (rate: Rate) => {
    const buckets = new Buckets(rate, KEYS_MAX);
    const rest = new Buckets(rate, 1);
    return (key: string): void => {
      const now = monotonic();
      if (buckets.take(key, now) ?? rest.take(THE_REST, now)) return;
      throw new ApiFailure("request.slow-down", { retryAfterSeconds: WAIT_SECONDS });
    };
  };
  return {
    /** Counts a request of this address. Throws `request.slow-down`. */
    address: kind(REQUESTS_PER_ADDRESS),
    /** Counts a request of this account. Throws `request.slow-down`. */
    account: kind(REQUESTS_PER_ACCOUNT),
    /** Counts a large body of this address. Throws `request.slow-down`. */
    large: kind(LARGE_PER_ADDRESS),
  };
}

export type Crowd = ReturnType<typeof createCrowd>;
