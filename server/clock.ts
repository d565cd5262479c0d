/** Where the server takes time from; everything that decides by time gets one of these passed in. */

/** Two clocks: `now` labels (Unix milliseconds, may jump), `monotonic` measures (milliseconds since start, never back). */
export type Clock = { now(): number; monotonic(): number };

/** The clocks of this machine. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
