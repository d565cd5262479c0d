/** The sound that is measured: each person has a tone that never stops and one that comes on once a second. Both are multiples of
 * 100 Hz, so that windows of 10 ms tell all of them apart. */

export const RATE = 48_000;
/** 10 ms. Higher: the moment of a burst is read less exactly. Lower: neighbouring tones run into each other. */
export const WINDOW = 480;
export const BURST_EVERY_MS = 1_000;
export const BURST_MS = 60;
/** Of one tone; nine people with two each must not clip. */
export const LOUDNESS = 0.05;

/** Hertz of the tone that never stops, and of the burst. */
export function tonesOf(who: number): { readonly steady: number; readonly burst: number } {
  return { steady: 500 + 200 * who, burst: 2_600 + 200 * who };
}

/** How loud one tone is in `samples` (Goertzel): its amplitude. `hertz` is a multiple of rate / length. */
export function loudnessOf(samples: Float32Array, hertz: number, rate = RATE): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let last = 0;
  let before = 0;
  // plain numbers: this runs ten thousand times a second on the audio thread
  for (let i = 0; i < samples.length; i++) {
    const next = (samples[i] ?? 0) + factor * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - factor * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** A burst, when it was played or heard, on the wall clock. */
export type Burst = { readonly who: number; readonly ms: number };

/** From mouth to ear: each heard burst with the last one of the same person that was played before it, not longer ago than bursts
 * come. */
export function delaysOf(played: readonly Burst[], heard: readonly Burst[]): number[] {
  return heard.flatMap(({ who, ms }) => {
    const before = played.filter((one) => one.who === who && one.ms <= ms).map((one) => one.ms);
    const delay = ms - Math.max(...before);
    return delay < BURST_EVERY_MS ? [delay] : [];
  });
}
