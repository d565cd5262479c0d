/** A short rising whistle and the ear that finds it again in a recording, however soft, and in noise and speech. */

const RATE = 48_000;
const SECONDS = 0.08;
const [FROM_HZ, TO_HZ] = [1_000, 4_000];
/** Soft: it is played before a call, into a quiet room. */
const LOUD = 0.12;
/** Every fourth sample is enough for 4 kHz. */
const THIN = 4;
/** How alike the best place must be, 0 to 1 (squared correlation); by chance it is 0.02. Higher: a soft echo in a loud room is
 * missed. Lower: speech is taken for one. */
const ALIKE = 0.05;

/** 80 ms at 48 kHz, without a click at its ends. */
export const CHIRP: Float32Array<ArrayBuffer> = Float32Array.from({ length: SECONDS * RATE }, (_, i) => {
  const t = i / RATE;
  const turn = 2 * Math.PI * (FROM_HZ * t + ((TO_HZ - FROM_HZ) * t * t) / (2 * SECONDS));
  return LOUD * Math.sin(turn) * Math.sin((Math.PI * i) / (SECONDS * RATE)) ** 2;
});

/** Where in `heard` the chirp begins, in ms; `null` where it is not in it. */
export function chirpIn(heard: Float32Array): number | null {
  const [pattern, recording] = [thinned(CHIRP), thinned(heard)];
  const whole = pattern.reduce((sum, value) => sum + value * value, 0);
  let [place, most] = [0, 0];
  for (let at = 0; at + pattern.length <= recording.length; at++) {
    let [product, energy] = [0, 1e-9];
    for (let i = 0; i < pattern.length; i++) {
      const value = recording[at + i] ?? 0;
      product += value * (pattern[i] ?? 0);
      energy += value * value;
    }
    // alike in shape: a loud word that is no chirp stays below a soft chirp
    const alike = (product * product) / (energy * whole);
    if (alike > most) [place, most] = [at, alike];
  }
  return most > ALIKE ? (place * THIN * 1000) / RATE : null;
}

/** The mean of four samples each. */
function thinned(samples: Float32Array): Float32Array {
  const mean = (at: number) => {
    let sum = 0;
    for (let i = 0; i < THIN; i++) sum += samples[at * THIN + i] ?? 0;
    return sum / THIN;
  };
  return Float32Array.from({ length: Math.floor(samples.length / THIN) }, (_, at) => mean(at));
}
