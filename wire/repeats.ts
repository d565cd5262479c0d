/** Decides how many sound frames a datagram repeats (RED): already sealed bytes once more, so that one lost datagram is no gap. Pure. */

/** Part of lost sound from which one frame, and two frames, are repeated. Higher: gaps. Lower: half the bytes for nothing. */
const LOST = { one: 0.01, two: 0.04 } as const;
/** Clean for so long, then off; twice as long each time the loss comes back at once, because repeats hide it. */
const OFF_MS = { first: 10_000, most: 160_000 } as const;

/** How often to repeat. */
export class Repeats {
  /** 0, 1 or 2. */
  count = 0;
  #lostAt = -Infinity;
  #offAt = -Infinity;
  #hold: number = OFF_MS.first;

  /** The part that was lost lately. */
  seen(loss: number, now: number): void {
    const needed = loss > LOST.two ? 2 : loss > LOST.one ? 1 : 0;
    if (needed > 0) {
      if (this.count === 0)
        this.#hold = now - this.#offAt < OFF_MS.first ? Math.min(this.#hold * 2, OFF_MS.most) : OFF_MS.first;
      this.count = Math.max(this.count, needed);
      this.#lostAt = now;
    } else if (this.count > 0 && now - this.#lostAt >= this.#hold) {
      this.count = 0;
      this.#offAt = now;
    }
  }
}
