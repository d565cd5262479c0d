/** Sound goes first (R8): on a weak direct line the picture shrinks, then stops; it comes back by careful tries. Pure: figures and time in. */
import type { Figures } from "./figures.ts";

export const STEPS = ["off", "tiny", "small", "full"] as const;
export type PictureStep = (typeof STEPS)[number];

/** Bits per second, sound among them, below which a step chokes the line. Higher: pictures shrink on lines that carry them. Lower: words
 * are lost before the picture gives way. */
const NEEDS: Record<PictureStep, number> = { off: 0, tiny: 100_000, small: 160_000, full: 300_000 };
/** So much of what the line takes is used where the line is the limit, and not a calm picture. */
const USED = 0.75;
/** Share of lost sound that costs the picture a step, and below which the line counts as calm. */
const LOSS = 0.12;
const CALM_LOSS = 0.03;
const CALM_RTT_MS = 600;
/** Higher: sound suffers longer. Lower: one bad second shrinks the picture. */
const DOWN_AFTER_MS = 2_000;
/** A line that says it has room is believed after … ms. */
const UP_AFTER_MS = 8_000;
/** A calm one is tried after … ms, twice as late after each try that failed. Lower: sound stutters at every try. */
const TRY_AFTER_MS = 20_000;
const TRY_MAX_MS = 160_000;
/** One that is never calm, but bearable for … ms, is tried too. Higher: somebody is without a picture for half an hour on a line that carries
 * one. Lower: sound stutters at every try. */
const BEARABLE_MS = 160_000;
/** A try that lasted … ms has not failed. */
const HELD_MS = 12_000;

export class PictureThrift {
  #step: PictureStep = "full";
  #triedAt: number | null = null;
  #wait = TRY_AFTER_MS;
  #badSince: number | null = null;
  #bearableSince: number | null = null;
  #calmSince: number | null = null;
  #roomSince: number | null = null;

  /** The step of the picture from now on. `at` in milliseconds, about once a second. */
  take(figures: Figures, at: number): PictureStep {
    const { sendable, lostThere, rtt } = figures;
    const choked = this.#isChoked(figures);
    const bad = choked || (lostThere ?? 0) > LOSS;
    const calm = !bad && (lostThere ?? 0) <= CALM_LOSS && (rtt ?? 0) <= CALM_RTT_MS;
    const above = STEPS[this.#at + 1];
    const room = calm && above !== undefined && (sendable ?? 0) > NEEDS[above] * 1.1;
    this.#badSince = bad ? (this.#badSince ?? at) : null;
    this.#bearableSince = bad ? null : (this.#bearableSince ?? at);
    this.#calmSince = calm ? (this.#calmSince ?? at) : null;
    this.#roomSince = room ? (this.#roomSince ?? at) : null;
    if (this.#triedAt !== null && at - this.#triedAt > HELD_MS) this.#held();
    if (lasted(this.#badSince, at, DOWN_AFTER_MS)) this.#down(choked ? (sendable ?? 0) : null, at);
    else if (this.#isWorthATry(at)) this.#up(at);
    return this.#step;
  }

  /** Nothing is known of the time until the next figures: neither that the line was bad in it nor that it was calm. The step stays. */
  pause(): void {
    this.#badSince = null;
    this.#bearableSince = null;
    this.#calmSince = null;
    this.#roomSince = null;
    // neither held nor failed
    this.#triedAt = null;
  }

  #isWorthATry(at: number): boolean {
    const isCalm = lasted(this.#roomSince, at, UP_AFTER_MS) || lasted(this.#calmSince, at, this.#wait);
    return isCalm || lasted(this.#bearableSince, at, BEARABLE_MS);
  }

  get #at(): number {
    return STEPS.indexOf(this.#step);
  }

  #isChoked({ sendable, sent }: Figures): boolean {
    if (sendable === null || sent === null) return false;
    return sendable < NEEDS[this.#step] && sent > sendable * USED;
  }

  #held(): void {
    this.#triedAt = null;
    this.#wait = TRY_AFTER_MS;
  }

  #down(sendable: number | null, at: number): void {
    const fits = sendable === null ? this.#at : STEPS.findLastIndex((step) => NEEDS[step] <= sendable);
    if (this.#triedAt !== null) this.#wait = Math.min(TRY_MAX_MS, this.#wait * 2);
    this.#triedAt = null;
    this.#go(Math.max(0, Math.min(fits, this.#at - 1)), at);
  }

  #up(at: number): void {
    if (this.#step === "full") return;
    this.#triedAt = at;
    this.#go(this.#at + 1, at);
  }

  #go(index: number, at: number): void {
    this.#step = STEPS[index] ?? "off";
    this.#badSince = null;
    this.#roomSince = null;
    this.#calmSince = at;
    this.#bearableSince = at;
  }
}

const lasted = (since: number | null, at: number, ms: number) => since !== null && at - since >= ms;
