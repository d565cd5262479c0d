/** Whether the machine keeps up with refining pictures: judged over ten seconds, eased twice, then given up. Pure, time passed in. */

/** How it is judged. Longer: a slow machine stutters for longer. Shorter: one busy moment costs the blur. */
const SPAN_MS = 10_000;
/** Less is no conversation any more. */
const LEAST_FPS = 15;
/** A frame that takes longer makes the lips late and holds the next one up: two frames of a camera. */
const SLOWEST_MS = 66;
/** A camera in a dark room gives few frames by itself: only a worker that is busy for this part of the time is to blame for few. */
const BUSY = 0.6;
/** Looks for the person in each, every second, every third frame; then there is nothing left to save. */
const STEPS = [1, 2, 3] as const;

export type Limits = { readonly spanMs: number; readonly leastFps: number; readonly slowestMs: number };
export const LIMITS: Limits = { spanMs: SPAN_MS, leastFps: LEAST_FPS, slowestMs: SLOWEST_MS };

/** `ease`: look for the person in every `every`-th frame from now on. */
export type Verdict =
  | { readonly t: "fine" }
  | { readonly t: "ease"; readonly every: number }
  | { readonly t: "slow" };
const FINE: Verdict = { t: "fine" };

export class Strain {
  readonly #limits: Limits;
  #since: number | null = null;
  #times: number[] = [];
  #step = 0;

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
  }

  /** `times`: how long each frame since the last call took. `seen`: browsers slow a hidden page down, which says nothing. */
  take(now: number, times: readonly number[], seen = true): Verdict {
    // the first seconds, with programs just loaded, begin a span but are not part of it
    if (!seen || this.#since === null) {
      this.#begin(now);
      return FINE;
    }
    this.#times.push(...times);
    const span = now - this.#since;
    if (span < this.#limits.spanMs) return FINE;
    const isSlow = this.#isSlow(span);
    this.#begin(now);
    return isSlow ? this.#give() : FINE;
  }

  #begin(now: number): void {
    this.#since = now;
    this.#times = [];
  }

  #isSlow(span: number): boolean {
    const sorted = this.#times.toSorted((a, b) => a - b);
    const worst = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const busy = sorted.reduce((sum, each) => sum + each, 0) / span;
    const fps = (sorted.length * 1_000) / span;
    return worst > this.#limits.slowestMs || (fps < this.#limits.leastFps && busy > BUSY);
  }

  #give(): Verdict {
    this.#step += 1;
    const every = STEPS[this.#step];
    return every === undefined ? { t: "slow" } : { t: "ease", every };
  }
}
