/** Makes up what is missing: the last period of the voice again and again, softer until it is gone after 100 ms, then a breath
 * of the noise that was there before. Allocates nothing after construction: it runs in the audio thread too. */
import { PERIOD_MAX, periodAt } from "./pitch.ts";

const RATE = 48_000;
/** As loud as before for so long. Higher: a word ends with a buzz. Lower: every lost frame is a dip. */
const FULL = 0.02 * RATE;
/** Silent after it. */
const GONE = 0.1 * RATE;
/** After so long nobody is speaking there any more: the noise goes too. */
const NOISE_END = 1.5 * RATE;
/** How fast the noise that is remembered may rise, per sample. Higher: speech becomes noise. Lower: a fan that starts is missed. */
const FLOOR_RISE = 0.02 / 960;
const FLOOR_STEP = 1e-5 / 960;
const FLOOR_MAX = 0.01;
/** Crossing over from made up to real. Higher: beginnings of words are blurred. Lower: clicks. */
const CROSS = 240;
/** What was heard last; a power of two, longer than the longest period and its window. */
const MEMORY = 2048;
/** The memory's last part, unrolled for the search. */
const TAIL = 2 * PERIOD_MAX;
/** Steps of the two numbers at the ends of a repeat are levelled over 1 ms. */
const LEVEL = 48;

export class Concealer {
  readonly #memory = new Float32Array(MEMORY);
  readonly #tail = new Float32Array(TAIL);
  readonly #loop = new Float32Array(PERIOD_MAX);
  #at = 0;
  #period = 0;
  #step = 0;
  /** Samples made up in a row; 0: the last ones were real. Before the first there is silence to cross over from. */
  #made = NOISE_END;
  /** Samples crossed over so far; -1: the next real one begins it. */
  #cross = -1;
  #floor = 0;
  #seed = 0x2545f491;

  /** Samples made up since the last real one. */
  get made(): number {
    return this.#made;
  }

  /** True once there is nothing left to say. */
  get silent(): boolean {
    return this.#made >= NOISE_END;
  }

  /** Takes real samples in, and crosses the first of them over where something made up came before. Changes them in place. */
  hear(samples: Float32Array, from = 0, to = samples.length): void {
    if (this.#cross < 0) this.#cross = 0;
    let energy = 0;
    for (let i = from; i < to; i++) {
      let value = samples[i] ?? 0;
      if (this.#cross < CROSS) {
        const made = this.#next(this.#made++);
        value = made + ((value - made) * this.#cross++) / CROSS;
        samples[i] = value;
      }
      this.#memory[this.#at++ & (MEMORY - 1)] = value;
      energy += value * value;
    }
    if (this.#cross === CROSS) this.#made = 0;
    if (to > from) this.#learn(Math.sqrt(energy / (to - from)), to - from);
  }

  /** Writes made-up samples over `out[from..to)`. */
  speak(out: Float32Array, from = 0, to = out.length): void {
    if (this.#made === 0) this.#begin();
    this.#cross = -1;
    for (let i = from; i < to; i++) out[i] = this.#next(this.#made++);
  }

  #begin(): void {
    for (let i = 0; i < TAIL; i++) this.#tail[i] = this.#memory[(this.#at - TAIL + i) & (MEMORY - 1)] ?? 0;
    this.#period = periodAt(this.#tail, TAIL - PERIOD_MAX);
    if (this.#period === 0) return;
    const start = TAIL - this.#period;
    const blend = this.#period >> 2;
    for (let i = 0; i < this.#period; i++) {
      const left = this.#period - i;
      // the end of a repeat becomes what came before its beginning, so that it closes without a click
      const w = left <= blend ? 1 - left / (blend + 1) : 0;
      const before = this.#tail[start - this.#period + i] ?? 0;
      this.#loop[i] = (this.#tail[start + i] ?? 0) * (1 - w) + before * w;
    }
    this.#step = (this.#tail[TAIL - 1] ?? 0) - (this.#tail[start - 1] ?? 0);
  }

  #next(made: number): number {
    const gain = made < FULL ? 1 : Math.max(0, 1 - (made - FULL) / (GONE - FULL));
    const repeat = gain > 0 && this.#period > 0 ? (this.#loop[made % this.#period] ?? 0) * gain : 0;
    const level = made < LEVEL ? this.#step * (1 - made / LEVEL) : 0;
    const end = Math.min(1, Math.max(0, (NOISE_END - made) / GONE));
    return repeat + level + (1 - gain) * end * this.#floor * this.#noise();
  }

  /** The softest that was heard lately: it falls at once and rises slowly, so that speech does not become noise. */
  #learn(rms: number, count: number): void {
    const risen = this.#floor * (1 + FLOOR_RISE * count) + FLOOR_STEP * count;
    this.#floor = Math.min(rms, risen, FLOOR_MAX);
  }

  /** Between -1.7 and 1.7 with an energy of 1. */
  #noise(): number {
    this.#seed ^= this.#seed << 13;
    this.#seed ^= this.#seed >>> 17;
    this.#seed ^= this.#seed << 5;
    return (this.#seed / 2 ** 31) * 1.732;
  }
}
