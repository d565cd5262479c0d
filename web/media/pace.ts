/** Thins frames out to a rate: keeps those nearest to an even beat. Pure. */

/** How early, in parts of the interval, a frame may be and still count as the next one. Higher: bursts pass. Lower: a camera's own
 * jitter costs frames. */
const EARLY = 0.35;

export class Pace {
  #due = -Infinity;

  /** True for a frame that is to be used; `at` in ms. */
  takes(at: number, fps: number): boolean {
    const interval = 1_000 / fps;
    if (at < this.#due - EARLY * interval) return false;
    this.#due = at - this.#due > interval ? at + interval : this.#due + interval;
    return true;
  }
}
