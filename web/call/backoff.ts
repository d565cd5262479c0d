/** How long to wait before the next try to reach the server (amendment B6). Pure: chance and time are passed in. */

/** The first tries come fast, since most outages are a change of network that is over at once. */
const FIRST_MS = [100, 250, 500] as const;
/** Higher: a server that comes back waits for its pages. Lower: all pages of a clinic knock at it while it starts. */
const STEADY_MS = 1000;
/** Higher: pages of one outage come more evenly, single ones later. Lower: they come as one wave. */
const SPREAD = 0.3;
/** For so long a call is worth a try every second; after it a page left open overnight must not knock on. */
const EAGER_MS = 60_000;
/** Higher: after a long outage the waiting page is late. Lower: forgotten tabs cost the server more. */
const SLOWEST_MS = 10_000;
/** After a refusal with "later" there is no hurry: at once would only be refused again. */
const LATER_MS = 2000;

export type Outage = {
  /** Tries that failed since the line was lost. */
  readonly tries: number;
  /** Milliseconds since the line was lost. */
  readonly lasted: number;
  /** The server said "later". */
  readonly later: boolean;
};

/** Milliseconds until the next try; `chance` is from 0 to 1. */
export function waitBeforeTry(outage: Outage, chance: number): number {
  const wanted = FIRST_MS[outage.tries] ?? steady(outage.lasted);
  return Math.round(Math.max(wanted, outage.later ? LATER_MS : 0) * (1 + SPREAD * (2 * chance - 1)));
}

function steady(lasted: number): number {
  return lasted < EAGER_MS ? STEADY_MS : Math.min(SLOWEST_MS, STEADY_MS * (lasted / EAGER_MS));
}
