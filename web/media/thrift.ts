/** What this device still has the strength to encode (research §1.7): frames that had to be skipped because an encoder was behind take
 * one step after the other away; quiet time gives them back. Pure. */

/** From full to least: the largest camera layer that is encoded, and the most frames a second. */
const STEPS = [
  { top: 2, fps: 30 },
  { top: 1, fps: 30 },
  { top: 1, fps: 20 },
  { top: 1, fps: 15 },
  { top: 0, fps: 15 },
] as const;

/** So many skips in so short a time take a step. Higher: picture stutters for longer. Lower: one hiccup costs the large layer. */
const SKIPS = 3;
const WITHIN_MS = 2_000;
/** Higher: a device stays small after a short load. Lower: it swings up and down. */
const CLEAN_MS = 15_000;

export type Strength = { readonly top: number; readonly fps: number };

export class Thrift {
  #step = 0;
  #skips: number[] = [];
  #changedAt = -Infinity;

  /** An encoder was so far behind that a frame was left out. */
  skipped(now: number): void {
    this.#skips = [...this.#skips.filter((at) => now - at < WITHIN_MS), now];
    if (this.#skips.length < SKIPS || this.#step === STEPS.length - 1) return;
    this.#step += 1;
    this.#skips = [];
    this.#changedAt = now;
  }

  /** What may be encoded now. */
  strength(now: number): Strength {
    const last = Math.max(this.#changedAt, this.#skips.at(-1) ?? -Infinity);
    if (this.#step > 0 && now - last >= CLEAN_MS) {
      this.#step -= 1;
      this.#changedAt = now;
    }
    return STEPS[this.#step] ?? STEPS[0];
  }
}
