/** How far a session is, and when to say so softly: ten and five minutes before its end, never more (product.md "call clock"). Pure. */

const MINUTE_MS = 60_000;
/** Minutes before the end that are told. */
const MARKS = [10, 5] as const;
export type Mark = (typeof MARKS)[number];

/** Lengths a therapist may choose between, in minutes. */
export const LENGTHS = [25, 50, 90, 100] as const;

/** `share` of it is over, 0 to 1; `left` whole minutes, the one that runs among them; `near`: the mark it has passed last. */
export type Hour = { readonly share: number; readonly left: number; readonly near: Mark | null };

/** `elapsed` in milliseconds, `minutes` of the whole session. */
export function hourOf(elapsed: number, minutes: number): Hour {
  const left = Math.max(0, Math.ceil((minutes * MINUTE_MS - elapsed) / MINUTE_MS));
  return {
    share: Math.min(1, Math.max(0, elapsed / (minutes * MINUTE_MS))),
    left,
    near: MARKS.findLast((mark) => elapsed >= (minutes - mark) * MINUTE_MS) ?? null,
  };
}

type Seen = { readonly minutes: number; readonly isCounted: boolean; readonly near: Mark | null };

/** Says each mark once, as it is passed: a page that opens later, or another length, says nothing of those that are over. */
export class Cues {
  #seen: Seen | null = null;

  /** The mark that was passed since the last look, or null. `isCounted`: the server's count is known; after a reload time leaps as it comes. */
  take(elapsed: number, minutes: number, isCounted: boolean): Mark | null {
    const { near } = hourOf(elapsed, minutes);
    const before = this.#seen;
    this.#seen = { minutes, isCounted, near };
    const isSame = before?.minutes === minutes && before.isCounted === isCounted;
    return isSame && before.near !== near ? near : null;
  }
}

/** How long the call has been: since the other was first seen here, or what the server has counted before this page was opened anew. */
export function elapsedOf(now: number, since: number, counted: number): number {
  return Math.max(now - since, (counted - 1) * MINUTE_MS, 0);
}
