/** How many handshakes one side starts or answers (amendment A4): a counter with a window and a total. Pure, time comes in. */

/** Higher: a hostile server gets more tries at the four words. Lower: a shaky line runs out of new handshakes. */
export const HANDSHAKES_PER_MINUTE = 6;
/** 200 tries at 40 bits are 2e-10. Higher: less than that. Lower: a long call on a bad line ends at the door. */
export const HANDSHAKES_PER_CALL = 200;

export class HandshakeBudget {
  readonly #at: number[] = [];
  #total = 0;

  /** Takes one handshake at `now` (ms); false where the minute or the call has none left. */
  take(now: number): boolean {
    while (this.#at[0] !== undefined && this.#at[0] <= now - 60_000) this.#at.shift();
    if (this.#at.length >= HANDSHAKES_PER_MINUTE || this.#total >= HANDSHAKES_PER_CALL) return false;
    this.#at.push(now);
    this.#total += 1;
    return true;
  }

  /** Milliseconds from `now` until `take` can say yes again; `null` where the call has none left. */
  waitFrom(now: number): number | null {
    if (this.#total >= HANDSHAKES_PER_CALL) return null;
    const [first] = this.#at;
    return first === undefined || this.#at.length < HANDSHAKES_PER_MINUTE
      ? 0
      : Math.max(0, first + 60_000 - now);
  }
}
