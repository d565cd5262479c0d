/** One person's frames between arrival and decoder: what is decoded next, what is made up because it is missing, when to wait.
 * Pure: time goes in, steps come out. `ringMs` is always what lies decoded, or is being decoded, before the loudspeaker.
 *
 * Rules: [J1] a frame is played once, in the order of its counter. [J2] Nothing older than 500 ms is decoded. [J3] A hole is
 * made up only when the ring is nearly dry: the missing frame may still come. [J4] Dry means: fill up to the target, then go
 * on. [J5] Too much delay is cut away slowly, far too much at once. [J6] A pause of the sender is neither loss nor underrun. */
import type { SoundPlain } from "./plain.ts";
import { OLD_MS, Spread } from "./spread.ts";

/** Decoded ahead of the loudspeaker. Higher: a jump leaves more of the past in the ring. Lower: a busy worker runs it dry. */
const AHEAD_MS = 60;
/** Left in the ring when a hole is given up (J3). Higher: frames made up that were on their way. Lower: a late timer is heard. */
const MARGIN_MS = 10;
/** Made up at most for one hole; what is longer has faded anyway. */
const HOLE_MAX = 5;
/** Frames kept. Higher: a flood costs memory. Lower: a burst after a hole in the line loses what is still young enough. */
const HELD_MAX = 64;
/** Delay beyond the target that is accepted, and for how long. Higher: delay stays. Lower: the voice is bent for nothing. */
const OVER_MS = 10;
const OVER_FOR_MS = 1_000;
const UNDER_MS = 10;
/** Beyond it delay is not bent away but dropped (J5). Higher: seconds of delay after a bad moment. Lower: more jumps. */
const JUMP_MS = 200;
/** A jump of the capture time without a hole in the counter: the sender sent nothing (J6). */
const PAUSE_MS = 60;
/** Weight of a new measurement of the delay. Higher: noise bends the voice. Lower: slower. */
const WEIGHT = 1 / 16;

export type SoundFrame = SoundPlain & { readonly ctr: number };
/** How the delay should change while this frame is played. */
export type Warp = "cut" | "grow" | null;
/** What was before a frame that begins anew: nothing yet, a pause of the sender, or an underrun. */
export type Break = "start" | "pause" | "underrun" | null;
export type JitterStep =
  | { readonly do: "decode"; readonly frame: SoundFrame; readonly warp: Warp; readonly after: Break }
  | { readonly do: "conceal"; readonly ms: number }
  | { readonly do: "wait" };
const WAIT: JitterStep = { do: "wait" };

export class Jitter {
  readonly #spread = new Spread();
  readonly #held = new Map<number, SoundFrame>();
  /** Counters played lately, for telling what is double from what is late. */
  readonly #gone = new Set<number>();
  /** Counter of the frame to play next; -1 before the first. */
  #next = -1;
  #newest = -1;
  #played = -1;
  #filling: Exclude<Break, null> | null = "start";
  /** When filling ends, as far as the last frame could tell. */
  #fullAt = 0;
  #delay = Number.NaN;
  #endMs = 0;
  #frameMs = 20;
  #overSince: number | null = null;
  readonly counts = { late: 0, double: 0, old: 0, underruns: 0, jumpedMs: 0 };

  get targetMs(): number {
    return this.#spread.targetMs;
  }

  /** How long the sound of a frame that came by the fastest way lies here before it is over; NaN before the first. */
  get delayMs(): number {
    return this.#delay;
  }

  /** What is held and not yet decoded, holes included. */
  get heldMs(): number {
    return this.#held.size === 0 ? 0 : (this.#newest - this.#first() + 1) * this.#frameMs;
  }

  /** A frame arrived. */
  push(frame: SoundFrame, now: number, ringMs: number): void {
    if (this.#held.has(frame.ctr) || this.#gone.has(frame.ctr)) {
      this.counts.double += 1;
      return;
    }
    this.#frameMs = frame.durationUs / 1000;
    // what comes too late tells the most about how long to wait
    const late = this.#spread.add(frame.captureUs / 1000, this.#frameMs, now);
    if (late > OLD_MS) this.counts.old += 1;
    else if (frame.ctr < this.#next) this.counts.late += 1;
    else this.#take(frame, late, now, ringMs);
  }

  /** What to do now; to be asked again until it says "wait". */
  step(now: number, ringMs: number): JitterStep {
    this.#dropOld(now);
    if (this.#held.size === 0) return this.#dry(ringMs);
    if (this.#filling !== null && now < this.#fullAt) return WAIT;
    if (this.#filling !== null) this.#resume();
    if (ringMs >= AHEAD_MS) return WAIT;
    const frame = this.#held.get(this.#next);
    return frame ? this.#play(frame, now) : this.#hole(ringMs);
  }

  /** The sound became shorter (negative) or longer by so much when `step` asked for it. */
  warped(ms: number): void {
    this.#delay += ms;
  }

  #take(frame: SoundFrame, late: number, now: number, ringMs: number): void {
    this.#held.set(frame.ctr, frame);
    if (this.#held.size > HELD_MAX) this.#forget(this.#first());
    if (frame.ctr < this.#newest) return;
    this.#newest = frame.ctr;
    const delay = ringMs + this.#lying() + late;
    this.#measure(delay, now);
    this.#fullAt = now + Math.max(0, this.targetMs - delay);
    if (this.#filling === null) this.#jump(delay);
  }

  /** Everything between the ring and the end of the newest frame. While filling, a hole in front needs no time. */
  #lying(): number {
    const from = this.#filling === null ? this.#next : this.#first();
    return (this.#newest - from + 1) * this.#frameMs;
  }

  #measure(delay: number, now: number): void {
    const known = this.#filling === null && !Number.isNaN(this.#delay);
    this.#delay = known ? this.#delay + WEIGHT * (delay - this.#delay) : Math.max(delay, this.targetMs);
    if (this.#delay <= this.targetMs + OVER_MS) this.#overSince = null;
    else this.#overSince ??= now;
  }

  #resume(): void {
    this.#next = this.#first();
    this.#jump(this.#delay);
  }

  /** [J5] */
  #jump(delay: number): void {
    if (delay <= this.targetMs + JUMP_MS) return;
    for (
      let over = delay - this.targetMs;
      over >= this.#frameMs && this.#held.size > 1;
      over -= this.#frameMs
    ) {
      this.#forget(this.#next);
      this.#next += 1;
      this.counts.jumpedMs += this.#frameMs;
      this.warped(-this.#frameMs);
    }
  }

  /** [J2] */
  #dropOld(now: number): void {
    for (let frame = this.#held.get(this.#first()); frame; frame = this.#held.get(this.#first())) {
      if (this.#spread.lateness(frame.captureUs / 1000, now) <= OLD_MS) return;
      this.counts.old += 1;
      this.#forget(frame.ctr);
      this.#next = Math.max(this.#next, frame.ctr + 1);
    }
  }

  /** [J4] */
  #dry(ringMs: number): JitterStep {
    if (this.#filling === null && ringMs <= 0) this.#filling = "underrun";
    return WAIT;
  }

  /** [J3] */
  #hole(ringMs: number): JitterStep {
    if (ringMs > MARGIN_MS) return WAIT;
    const first = this.#first();
    if (first - this.#next > HOLE_MAX) this.#next = first - HOLE_MAX;
    this.#next += 1;
    return { do: "conceal", ms: this.#frameMs };
  }

  #play(frame: SoundFrame, now: number): JitterStep {
    const after = this.#breakBefore(frame);
    this.#held.delete(frame.ctr);
    this.#gone.add(frame.ctr);
    for (const old of this.#gone) {
      if (old >= frame.ctr - HELD_MAX) break;
      this.#gone.delete(old);
    }
    this.#next = frame.ctr + 1;
    this.#played = frame.ctr;
    this.#filling = null;
    this.#endMs = (frame.captureUs + frame.durationUs) / 1000;
    return { do: "decode", frame, warp: after === null ? this.#warp(now) : null, after };
  }

  /** [J6] */
  #breakBefore(frame: SoundFrame): Break {
    if (this.#filling !== "underrun") return this.#filling;
    const paused = frame.ctr === this.#played + 1 && frame.captureUs / 1000 - this.#endMs > PAUSE_MS;
    if (!paused) this.counts.underruns += 1;
    return paused ? "pause" : "underrun";
  }

  #warp(now: number): Warp {
    if (this.#overSince !== null && now - this.#overSince >= OVER_FOR_MS) return "cut";
    return this.#delay < this.targetMs - UNDER_MS ? "grow" : null;
  }

  #forget(ctr: number): void {
    this.#held.delete(ctr);
  }

  /** The lowest counter held; one more than the newest where none is. */
  #first(): number {
    let first = this.#newest + 1;
    for (const ctr of this.#held.keys()) if (ctr < first) first = ctr;
    return first;
  }
}
