/** How long frames took, as many as come: counted in steps of a tenth of a millisecond, so that memory stays the same. */

const STEP_MS = 0.1;
/** Longer ones count as this. */
const MOST_MS = 5_000;

export class Delays {
  readonly #counts = new Uint32Array(MOST_MS / STEP_MS + 1);
  #total = 0;

  add(ms: number): void {
    const step = Math.min(this.#counts.length - 1, Math.max(0, Math.floor(ms / STEP_MS)));
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
    this.#total += 1;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** The upper end of the step below which `percent` of all lie; `null` where there were none. */
  at(percent: number): number | null {
    let left = Math.ceil((percent / 100) * this.#total);
    if (this.#total === 0) return null;
    for (const [step, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.round((step + 1) * STEP_MS * 10) / 10;
    }
    return MOST_MS;
  }
}
