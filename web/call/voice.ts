/** Whether a voice speaks, from how loud it is: louder than its own quiet. Pure, time in ms goes in. */

/** Louder than one's own quiet by this factor counts as speech. Higher: soft voices are missed. Lower: a fan speaks. */
const ABOVE_FLOOR = 4;
/** Quieter than this is never speech. */
const SILENCE = 0.01;
/** How fast the floor of a voice rises per update. Higher: long speech becomes its own floor. Lower: a new noise speaks for long. */
const FLOOR_RISE = 1.01;

export class Voice {
  #floor = SILENCE;
  #since: number | null = null;
  #last = Number.NEGATIVE_INFINITY;

  /** Since when it speaks without a pause; null: it does not. */
  get since(): number | null {
    return this.#since;
  }

  /** When it spoke last. */
  get last(): number {
    return this.#last;
  }

  /** How loud it is now, 0 to 1. */
  hear(level: number, now: number): void {
    const speaks = level > SILENCE && level > this.#floor * ABOVE_FLOOR;
    this.#floor = level < this.#floor ? Math.max(level, SILENCE / ABOVE_FLOOR) : this.#floor * FLOOR_RISE;
    if (!speaks) this.#since = null;
    else {
      this.#since ??= now;
      this.#last = now;
    }
  }
}
