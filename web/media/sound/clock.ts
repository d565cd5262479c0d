/** Ties the time of an AudioContext to `performance.now()`: found once, then followed slowly, because two crystals drift apart
 * by some ms a minute; where the audio stood still (an interrupted phone), found anew. */

/** Readings a window needs; the earliest of them is the true one, all others were read late. */
const WINDOW = 16;
/** More is no drift. Higher: sound and picture stay apart for long. Lower: a busy page looks like a stop. */
const STOP_US = 80_000;
/** Per window. Higher: a busy page bends time. Lower: drift runs away. */
const SLEW_US = 2_000;

export class ContextClock {
  #offsetUs: number | null = null;
  #least = Infinity;
  #readings = 0;
  /** After the first whole window. */
  #settled = false;

  /** What to add to the context's time to get the page's, in µs; `null` before the first reading. */
  get offsetUs(): number | null {
    return this.#offsetUs;
  }

  /** Both clocks read at the same moment. Returns true where the offset changed. */
  read(pageMs: number, contextSeconds: number): boolean {
    const offset = pageMs * 1000 - contextSeconds * 1e6;
    this.#least = Math.min(this.#least, offset);
    this.#readings += 1;
    if (this.#offsetUs !== null && this.#readings < WINDOW) return false;
    const before = this.#offsetUs;
    this.#offsetUs = this.#settled ? next(before, this.#least) : this.#least;
    this.#settled ||= before !== null;
    this.#least = Infinity;
    this.#readings = 0;
    return this.#offsetUs !== before;
  }
}

function next(before: number | null, found: number): number {
  if (before === null || Math.abs(found - before) > STOP_US) return found;
  return before + Math.max(-SLEW_US, Math.min(SLEW_US, found - before));
}
