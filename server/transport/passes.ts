/** One-time tokens of media sessions (PROTOCOL.md "Relay" T1): minted by signaling, kept in memory only, spent by the first who shows
 * one. Pure but for the clock that is passed in. */
import { type Bytes, base64url } from "../../wire/bytes.ts";
import { PASS_BYTES } from "../../wire/signal.ts";
import type { Pass, Place } from "../sfu/events.ts";

/** Higher: a token that leaked from a URL is worth something for longer. Lower: a page on a slow line comes too late. */
export const PASS_MS = 30_000;
/** Unspent tokens of one slot; the oldest give way. Higher: memory. Lower: two workers that both ask twice are refused. */
export const PASSES_PER_SLOT = 16;

const FORM = new RegExp(`^[A-Za-z0-9_-]{${(PASS_BYTES * 4) / 3}}$`);

type Kept = { readonly pass: Pass; readonly until: number };

export class Passes {
  readonly #kept = new Map<string, Kept>();
  readonly #ofSlot = new Map<string, Set<string>>();

  /** This token admits one session until `PASS_MS` from `now` (monotonic milliseconds). */
  admit(token: Bytes, pass: Pass, now: number): void {
    this.#expire(now);
    const text = base64url(token);
    const same = this.#ofSlot.get(slotOf(pass)) ?? new Set<string>();
    for (const oldest of same) {
      if (same.size < PASSES_PER_SLOT) break;
      this.#forget(oldest);
    }
    this.#ofSlot.set(slotOf(pass), same.add(text));
    this.#kept.set(text, { pass, until: now + PASS_MS });
  }

  /** What the token stands for, once; null for an unknown, spent or late one. */
  take(text: string, now: number): Pass | null {
    this.#expire(now);
    const kept = FORM.test(text) ? this.#kept.get(text) : undefined;
    this.#forget(text);
    return kept?.pass ?? null;
  }

  /** Tokens of a slot that somebody lost, or of a call that ended, are worth nothing. */
  placed(place: Place): void {
    if (place.t === "seated") return;
    for (const [text, { pass }] of this.#kept) {
      if (pass.call === place.call && (place.t === "ended" || pass.slot === place.slot)) this.#forget(text);
    }
  }

  get size(): number {
    return this.#kept.size;
  }

  /** All live equally long, so the first are the oldest. */
  #expire(now: number): void {
    for (const [text, { until }] of this.#kept) {
      if (until > now) return;
      this.#forget(text);
    }
  }

  #forget(text: string): void {
    const kept = this.#kept.get(text);
    if (!kept) return;
    this.#kept.delete(text);
    const same = this.#ofSlot.get(slotOf(kept.pass));
    same?.delete(text);
    if (same?.size === 0) this.#ofSlot.delete(slotOf(kept.pass));
  }
}

function slotOf({ call, slot }: Pass): string {
  return `${call} ${slot}`;
}
