/** How much of the sound is lost on the way down: by gaps in its counters, and by the repeats that the server sends where it sees loss
 * itself. Pure. */

/** Higher: an old loss counts on. Lower: one lost packet is much. */
const WINDOW_MS = 2_000;
/** Repeats come only where the server measured more than a hundredth. */
const REPEATED = 0.02;

type Window = { expected: number; came: number; repeats: number; since: number };
const EMPTY = { expected: 0, came: 0, repeats: 0 };

export class SoundLoss {
  readonly #last = new Map<number, number>();
  #window: Window = { ...EMPTY, since: -Infinity };
  #part = 0;

  /** A sound frame came; `isNew` false: it had come before. */
  frame(slot: number, ctr: number, isNew: boolean, now: number): void {
    this.part(now);
    if (!isNew) {
      this.#window.repeats += 1;
      return;
    }
    const last = this.#last.get(slot) ?? ctr - 1;
    this.#window.expected += Math.max(0, ctr - last);
    this.#window.came += 1;
    this.#last.set(slot, Math.max(last, ctr));
  }

  /** From 0 to 1, of the last whole window. */
  part(now: number): number {
    const { expected, came, repeats, since } = this.#window;
    if (now - since < WINDOW_MS) return this.#part;
    const missing = expected === 0 ? 0 : Math.max(0, 1 - came / expected);
    this.#part = Math.max(missing, repeats > 0 ? REPEATED : 0);
    this.#window = { ...EMPTY, since: now };
    return this.#part;
  }

  forget(slot: number): void {
    this.#last.delete(slot);
  }
}
