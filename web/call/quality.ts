/** Whether a direct line is weak, said late and taken back later still, so that the word does not flicker. Pure: figures and time in. */
import type { Figures } from "./figures.ts";
import type { PictureStep } from "./picture-thrift.ts";

/** `out`: what we send comes badly; `in`: what the other sends comes badly; `still`: our picture has stopped, sound goes first. */
export type Quality = { readonly out: boolean; readonly in: boolean; readonly still: boolean };
export const GOOD: Quality = { out: false, in: false, still: false };

/** Higher: people wonder longer. Lower: a moment on the train is told. */
const WEAK_AFTER_MS = 3_000;
/** Higher: a line that is well again is called weak. Lower: the word comes and goes. */
const GOOD_AFTER_MS = 10_000;
/** Share of sound that is missing or made up, and the way there and back, from which people notice. */
const LOSS = 0.08;
const MADE_UP = 0.1;
const RTT_MS = 700;

/** A fault that lasts. */
class Lasting {
  #is = false;
  #since: number | null = null;

  /** What was beginning is forgotten; what lasted stays until it is seen to be over. */
  pause(): void {
    this.#since = null;
  }

  take(now: boolean, at: number): boolean {
    if (now === this.#is) this.#since = null;
    else {
      this.#since ??= at;
      if (at - this.#since >= (now ? WEAK_AFTER_MS : GOOD_AFTER_MS)) {
        this.#is = now;
        this.#since = null;
      }
    }
    return this.#is;
  }
}

export class QualityRule {
  readonly #out = new Lasting();
  readonly #in = new Lasting();

  /** Nothing is known of the time until the next figures. */
  pause(): void {
    this.#out.pause();
    this.#in.pause();
  }

  /** `at` in milliseconds, about once a second; `step` is what is left of our picture. */
  take({ rtt, lostThere, lostHere, madeUp }: Figures, step: PictureStep, at: number): Quality {
    const slow = (rtt ?? 0) > RTT_MS;
    return {
      out: this.#out.take(step !== "full" || (lostThere ?? 0) > LOSS || slow, at),
      in: this.#in.take((lostHere ?? 0) > LOSS || (madeUp ?? 0) > MADE_UP, at),
      still: step === "off",
    };
  }
}
