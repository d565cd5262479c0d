/** Which packets of a line are lost: the same ones for the same seed, so that a run can be repeated. */

/** Random numbers from 0 to below 1, the same sequence for the same seed (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Says for one packet after the other whether it is lost. Throws `RangeError` for what is no percentage. */
export function losses(percent: number, seed: number): () => boolean {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError("a loss lies between 0 and 100 percent");
  const next = sequence(seed);
  return () => next() * 100 < percent;
}
