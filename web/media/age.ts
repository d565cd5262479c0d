/** How much later than the fastest of the last seconds something comes: two clocks that know nothing of each other, one smallest
 * difference. Pure. */

/** Higher: a way that has become slower for good counts as late for longer. Lower: a queue that grows slowly is not seen. */
const WINDOW_MS = 10_000;

export class Age {
  /** Smallest difference of this half window and of the one before. */
  #now = Infinity;
  #before = Infinity;
  #since = -Infinity;

  /** Milliseconds by which this is later than the fastest. `sentUs` on the other's clock, `now` on ours. */
  of(sentUs: number, now: number): number {
    const difference = now - sentUs / 1_000;
    if (now - this.#since >= WINDOW_MS / 2) {
      this.#before = now - this.#since >= WINDOW_MS ? Infinity : this.#now;
      this.#now = difference;
      this.#since = now;
    }
    this.#now = Math.min(this.#now, difference);
    return difference - this.lowest;
  }

  /** Our clock minus the other's, ms, at its smallest; Infinity before anything came. */
  get lowest(): number {
    return Math.min(this.#now, this.#before);
  }

  /** The way is another one: what was measured does not count any more. */
  reset(): void {
    this.#now = Infinity;
    this.#before = Infinity;
    this.#since = -Infinity;
  }
}
