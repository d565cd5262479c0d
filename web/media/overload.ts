/** Overload of a receiver is a signal of its own (A7): pictures that stay old at the decoder are given up to the next key frame, and a
 * lower height is asked for. No queue may grow. Pure. */

/** Older than this at the decoder for a while, or so many frames waiting in it: behind. Higher: latency grows before anything is done.
 * Lower: one late packet costs the picture. */
const BEHIND_MS = 250;
const BEHIND_QUEUE = 3;
/** A burst after a short stall is over in a moment; a device that is too slow stays behind. */
const FOR_MS = 200;
/** Nothing older is decoded. */
const NEVER_MS = 500;
/** So long nothing at all was young enough: then the way has become slower, not the device. */
const REBASE_MS = 2_000;

export type Verdict = "decode" | "drop" | "rebase";

/** One per stream. */
export class Lateness {
  #behindSince: number | null = null;
  #nothingSince: number | null = null;

  /** What to do with a frame of this age; `drop` means: and with all others up to the next key frame. */
  judge(age: number, queue: number, now: number): Verdict {
    const isBehind = age > BEHIND_MS || queue > BEHIND_QUEUE;
    this.#behindSince = isBehind ? (this.#behindSince ?? now) : null;
    const isTooLong =
      queue > BEHIND_QUEUE || (this.#behindSince !== null && now - this.#behindSince >= FOR_MS);
    if (age <= NEVER_MS && !(isBehind && isTooLong)) {
      this.#nothingSince = null;
      return "decode";
    }
    this.#nothingSince ??= now;
    if (now - this.#nothingSince < REBASE_MS || queue > BEHIND_QUEUE) return "drop";
    this.#nothingSince = null;
    this.#behindSince = null;
    return "rebase";
  }
}

/** Heights that are still asked for, from full to least. */
const CAPS = [Infinity, 360, 180] as const;
/** Higher: a slow device suffers for longer. Lower: one stall goes down two steps. */
const LOWER_MS = 1_000;
const RAISE_MS = 15_000;

/** One per page: decoders share the processor. */
export class HeightCap {
  #step = 0;
  #changedAt = -Infinity;
  #behindAt = -Infinity;

  /** A picture whose shorter side is `height` was given up because we are behind. What was asked for and has not come yet takes no
   * further step. */
  behind(height: number, now: number): void {
    this.#behindAt = now;
    if (now - this.#changedAt < LOWER_MS) return;
    const lower = CAPS.findIndex((cap) => cap < height);
    const step = lower === -1 ? CAPS.length - 1 : lower;
    if (step <= this.#step) return;
    this.#step = step;
    this.#changedAt = now;
  }

  /** The greatest height to ask for now. */
  cap(now: number): number {
    if (this.#step > 0 && now - Math.max(this.#behindAt, this.#changedAt) >= RAISE_MS) {
      this.#step -= 1;
      this.#changedAt = now;
    }
    return CAPS[this.#step] ?? Infinity;
  }
}
