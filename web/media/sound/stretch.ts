/** Makes decoded sound a little shorter or longer without changing its pitch: one whole period of the voice is taken out or said
 * twice, crossed over on its whole length. In silence 10 ms go as well. */
import { PERIOD_MAX, periodAt } from "./pitch.ts";

/** Softer than this nobody hears what is done to it. */
const SILENT_RMS = 0.002;
/** At most one period in ten is touched. Higher: delay stays longer. Lower: voices sound hurried. */
const SPARE = 9;

export class Stretch {
  /** Samples until a voice may be touched again. */
  #rest = 0;

  /** `samples` without one period, or as they are where it is too early to touch them. */
  cut(samples: Float32Array): Float32Array {
    const period = this.#period(samples);
    if (period === 0) return samples;
    const out = new Float32Array(samples.length - period);
    cross(out, 0, period, samples, 0, period);
    out.set(samples.subarray(2 * period), period);
    return out;
  }

  /** `samples` with one period twice. */
  grow(samples: Float32Array): Float32Array {
    const period = this.#period(samples);
    if (period === 0) return samples;
    const out = new Float32Array(samples.length + period);
    out.set(samples.subarray(0, period));
    cross(out, period, period, samples, period, 0);
    out.set(samples.subarray(period), 2 * period);
    return out;
  }

  /** Time goes by untouched. */
  pass(samples: Float32Array): Float32Array {
    this.#rest = Math.max(0, this.#rest - samples.length);
    return samples;
  }

  #period(samples: Float32Array): number {
    if (samples.length < 2 * PERIOD_MAX) return 0;
    if (rms(samples) < SILENT_RMS) return PERIOD_MAX;
    this.pass(samples);
    if (this.#rest > 0) return 0;
    const period = periodAt(samples, PERIOD_MAX);
    this.#rest = period * SPARE;
    return period;
  }
}

/** `count` samples that begin as those at `a` and end as those at `b`. */
function cross(
  out: Float32Array,
  at: number,
  count: number,
  samples: Float32Array,
  a: number,
  b: number,
): void {
  for (let i = 0; i < count; i++) {
    const w = (i + 0.5) / count;
    out[at + i] = (samples[a + i] ?? 0) * (1 - w) + (samples[b + i] ?? 0) * w;
  }
}

/** How loud: the root of the mean square, 0 to 1. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
