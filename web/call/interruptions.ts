/** How often the line of a call was interrupted, and for how long: noted for the documentation (A4) and for a problem report. */

/** Higher: a line that comes and goes for hours fills the page. Lower: a bad evening is not whole. */
const KEPT_MAX = 200;

export class Interruptions {
  readonly #ended: number[] = [];
  #since: number | null = null;
  /** Ended before this one were handed out already. */
  #told = 0;

  /** The line is broken at this moment, or is not; Unix milliseconds. */
  see(isBroken: boolean, now: number): void {
    if (isBroken) this.#since ??= now;
    else this.#end(now);
  }

  /** Lengths in milliseconds, the earliest first, one that goes on among them. */
  lengths(now: number): readonly number[] {
    return this.#since === null ? [...this.#ended] : [...this.#ended, now - this.#since];
  }

  /** Those that ended since the last time this was asked. */
  news(): { readonly breaks: number; readonly lost: number } {
    const fresh = this.#ended.slice(this.#told);
    this.#told = this.#ended.length;
    return {
      breaks: fresh.length,
      lost: Math.round(fresh.reduce((sum, each) => sum + each, 0) / 1_000),
    };
  }

  /** The call is over: one that goes on is over with it. */
  stop(now: number): void {
    this.#end(now);
  }

  #end(now: number): void {
    if (this.#since !== null && this.#ended.length < KEPT_MAX) this.#ended.push(now - this.#since);
    this.#since = null;
  }
}
