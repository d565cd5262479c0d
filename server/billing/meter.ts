/** Minutes of one call from who was present when (rules BM1–BM6, TF0). Pure: what it is told may come late, such as the absence of a seat
 * that was lost half a minute ago, so intervals are worked out anew from the seats' spans. */
import type { MinuteKind } from "../../wire/ledger.ts";

/** `mono` measures, `wall` labels (BM3); milliseconds. */
export type Moment = { readonly mono: number; readonly wall: number };
/** A client's seat, or the therapist's. */
export type Seat = string;
/** The one seat of all devices of a practice (A11). */
export const PRACTICE = "practice";

/** `length` in whole milliseconds, never more than was measured. */
export type Interval = { readonly kind: MinuteKind; readonly begun: Moment; readonly length: number };

type Span = { readonly seat: Seat; readonly from: Moment; to: Moment | null };

export class Meter {
  readonly #spans: Span[] = [];
  /** Everybody who is present was surely there until now. */
  #certain: Moment | null = null;

  /** Somebody is on this seat from `at`. Again for one that is present: nothing. */
  present(seat: Seat, at: Moment): void {
    if (!this.#open(seat)) this.#spans.push({ seat, from: at, to: null });
  }

  /** [BM1] This seat was present until `at`, which may lie before what was told last. */
  absent(seat: Seat, at: Moment): void {
    const span = this.#open(seat);
    if (span) span.to = at.mono < span.from.mono ? span.from : at;
  }

  /** [BM6] A beat: whoever is present was heard at `at` or later. */
  beat(at: Moment): void {
    if (!this.#certain || at.mono > this.#certain.mono) this.#certain = at;
  }

  /** [BM2] Spans in which the therapist's seat and another were taken, as far as they are certain. */
  intervals(): Interval[] {
    return intervalsOf(this.#ended(this.#certain));
  }

  /** The same up to `now`, for people to look at. */
  soFar(now: Moment): Interval[] {
    return intervalsOf(this.#ended(now));
  }

  /** What is being counted at this moment; null: nothing. */
  get counting(): MinuteKind | null {
    return kindOf(new Set(this.#spans.flatMap(({ seat, to }) => (to ? [] : [seat]))));
  }

  #open(seat: Seat): Span | undefined {
    return this.#spans.find((span) => span.seat === seat && !span.to);
  }

  #ended(until: Moment | null) {
    return this.#spans.map(({ seat, from, to }) => ({ seat, from, to: to ?? until ?? from }));
  }
}

/** [TF0] Two seats are 1:1, three or more a group; without the therapist, or alone, nothing is counted. */
function kindOf(seats: ReadonlySet<Seat>): MinuteKind | null {
  if (!seats.has(PRACTICE) || seats.size < 2) return null;
  return seats.size === 2 ? "single" : "group";
}

type Step = { readonly at: Moment; readonly seat: Seat; readonly comes: boolean };

function intervalsOf(spans: readonly { seat: Seat; from: Moment; to: Moment }[]): Interval[] {
  const steps = stepsOf(spans);
  const out: Interval[] = [];
  const here = new Set<Seat>();
  let kind: MinuteKind | null = null;
  let begun: Moment | null = null;
  for (const [n, { at, seat, comes }] of steps.entries()) {
    if (comes) here.add(seat);
    else here.delete(seat);
    // what happens in one moment is one step: whoever moves from one seat to another was never gone
    if (steps[n + 1]?.at.mono === at.mono) continue;
    const next = kindOf(here);
    if (next === kind) continue;
    const length = begun ? Math.floor(at.mono - begun.mono) : 0;
    if (kind && begun && length > 0) out.push({ kind, begun, length });
    [kind, begun] = [next, at];
  }
  return out;
}

function stepsOf(spans: readonly { seat: Seat; from: Moment; to: Moment }[]): Step[] {
  return spans
    .filter(({ from, to }) => to.mono > from.mono)
    .flatMap(({ seat, from, to }) => [
      { at: from, seat, comes: true },
      { at: to, seat, comes: false },
    ])
    .sort((a, b) => a.at.mono - b.at.mono || Number(a.comes) - Number(b.comes));
}
