/** Keeps many voices at once below the loudest that a loudspeaker can do: gain falls at once, comes back slowly. */

/** Above it the gain falls. Higher: the loudest speech clips. Lower: two people together are softer than one. */
const CEILING = 0.9;
/** Per block of 128 samples back to full gain (about 0.4 s). Higher: the voice pumps. Lower: soft for long after a shout. */
const RELEASE = 0.007;

export class Limiter {
  #gain = 1;

  /** Changes `samples` in place; the gain moves evenly over the block. */
  apply(samples: Float32Array): void {
    let peak = 0;
    for (let i = 0; i < samples.length; i++) peak = Math.max(peak, Math.abs(samples[i] ?? 0));
    const fits = peak > CEILING ? CEILING / peak : 1;
    const from = Math.min(this.#gain, fits);
    const to = fits < this.#gain ? fits : Math.min(fits, this.#gain + RELEASE);
    this.#gain = to;
    if (from === 1 && to === 1) return;
    for (let i = 0; i < samples.length; i++)
      samples[i] = (samples[i] ?? 0) * (from + ((to - from) * i) / samples.length);
  }
}
