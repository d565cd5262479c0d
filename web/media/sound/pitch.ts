/** Finds the distance after which a voice repeats itself: what is repeated, cut or put in must be whole periods of it. */

/** 2.5 ms to 10 ms: 100 to 400 Hz, and whole multiples of higher voices. */
export const PERIOD_MIN = 120;
export const PERIOD_MAX = 480;
/** Samples compared. Higher: surer and dearer. Lower: finds periods in noise. */
const WINDOW = 480;
/** First pass looks at every fourth sample only. */
const COARSE = 4;

/** The period in samples around `at`: how far before `at` the `WINDOW` samples that begin there are found again. Needs
 * `PERIOD_MAX` samples before `at` and `WINDOW` after; 0 where it is silent. */
export function periodAt(samples: Float32Array, at: number): number {
  const rough = best(samples, at, PERIOD_MIN, PERIOD_MAX, COARSE);
  if (rough === 0) return 0;
  return best(samples, at, Math.max(PERIOD_MIN, rough - COARSE), Math.min(PERIOD_MAX, rough + COARSE), 1);
}

function best(samples: Float32Array, at: number, from: number, to: number, step: number): number {
  let [found, most] = [0, 0];
  for (let lag = from; lag <= to; lag += step) {
    let [product, energy] = [0, 1e-6];
    for (let i = 0; i < WINDOW; i += step) {
      const then = samples[at - lag + i] ?? 0;
      product += then * (samples[at + i] ?? 0);
      energy += then * then;
    }
    // alike in shape, whatever the loudness; the sign matters: half a period is the opposite
    const alike = product > 0 ? (product * product) / energy : 0;
    if (alike > most) [found, most] = [lag, alike];
  }
  return found;
}
