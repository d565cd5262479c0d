/** Time as the call's parts take it: passed in, so that their tests turn the hands themselves. */

/** `now` is monotonic milliseconds; `after` calls once and gives back how to call it off. */
export interface Clock {
  now(): number;
  after(milliseconds: number, run: () => void): () => void;
}

/** The page's own timers: in a hidden tab they ring once a minute. */
export const pageClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
