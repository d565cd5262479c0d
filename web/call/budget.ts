/** How many handshakes one side starts or answers (amendment A4): a counter with a window and a total. Pure, time comes in. */

/** How many in a minute, and in all. */
export type HandshakeLimits = { readonly perMinute: number; readonly total: number };

/** Higher: a hostile server gets more tries at the four words. Lower: a shaky line runs out of new handshakes. */
export const HANDSHAKES_PER_MINUTE = 6;
/** 200 tries at 40 bits are 2e-10. Higher: less than that. Lower: a long call on a bad line ends at the door. */
export const HANDSHAKES_PER_CALL = 200;

/** Of one link. */
const BY_LINK: HandshakeLimits = { perMinute: HANDSHAKES_PER_MINUTE, total: HANDSHAKES_PER_CALL };
/** Of the code form of a practice. Higher: strangers cost the therapist's device more. Lower: they keep an honest client out. */
export const BY_CODE: HandshakeLimits = { perMinute: 12, total: Number.POSITIVE_INFINITY };

export class HandshakeBudget {
  readonly #limits: HandshakeLimits;
  readonly #at: number[] = [];
  #total = 0;

  constructor(limits: HandshakeLimits = BY_LINK) {
    this.#limits = limits;
  }

  /** Takes one handshake at `now` (ms); false where the minute or the call has none left. */
  take(now: number): boolean {
    while (this.#at[0] !== undefined && this.#at[0] <= now - 60_000) this.#at.shift();
    const { perMinute, total } = this.#limits;
    if (this.#at.length >= perMinute || this.#total >= total) return false;
    this.#at.push(now);
    this.#total += 1;
    return true;
  }

  /** Milliseconds from `now` until `take` can say yes again; `null` where the call has none left. */
  waitFrom(now: number): number | null {
    const { perMinute, total } = this.#limits;
    if (this.#total >= total) return null;
    const [first] = this.#at;
    return first === undefined || this.#at.length < perMinute ? 0 : Math.max(0, first + 60_000 - now);
  }
}
