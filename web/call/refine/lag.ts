/** Whether the machine keeps up with taking noise away: an audio thread that does not falls behind the page's clock. Pure, time passed in. */

/** How it is judged. Longer: a stuttering voice goes on for longer. Shorter: one busy moment costs the calm. */
const SPAN_MS = 10_000;
/** So much of the sound may be missing: two drop-outs of 100 ms are heard, and borne. */
const MOST_MISSING = 0.02;

export class Lag {
  #since: { readonly wall: number; readonly sound: number } | null = null;

  /** True where it is too slow. `sound`: ms of the sound's own clock. `runs` false: it stands still for another reason (a call came in, the
   * page was asleep). */
  take(wall: number, sound: number, runs = true): boolean {
    if (!runs || this.#since === null) {
      this.#since = runs ? { wall, sound } : null;
      return false;
    }
    const span = wall - this.#since.wall;
    if (span < SPAN_MS) return false;
    const missing = 1 - (sound - this.#since.sound) / span;
    this.#since = { wall, sound };
    return missing > MOST_MISSING;
  }
}
