/** One piece of work at a time, in the order asked for. The local driver is synchronous inside: two open transactions in
 * one process freeze it for the whole busy timeout (stack.md §4), so everything that writes goes through one of these. */
import { StoreBusy } from "./errors.ts";

/** Higher: a stalled disk lets more requests pile up in memory before anybody is told. Lower: a burst of a whole
 * institute coming back after a restart is refused although it would be through within a second. */
export const WRITES_WAITING_MAX = 1024;

/** Runs work one after the other. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>;

/** A mutex whose queue refuses with `StoreBusy` beyond `WRITES_WAITING_MAX`. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (work) => {
    if (waiting >= WRITES_WAITING_MAX) throw new StoreBusy();
    waiting += 1;
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  };
}
