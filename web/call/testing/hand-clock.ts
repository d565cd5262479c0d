/** A clock whose hands a test turns: nothing waits, and everything due happens in its order. */
import type { Clock } from "../clock.ts";

type Alarm = { readonly at: number; readonly run: () => void };

export class HandClock implements Clock {
  #now: number;
  #alarms: Alarm[] = [];

  constructor(now = 0) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, run };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((one) => one !== alarm);
    };
  }

  /** How many alarms are set: what forgets to call off one, keeps it. */
  get pending(): number {
    return this.#alarms.length;
  }

  /** Time goes by; alarms set on the way ring too. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#alarms = this.#alarms.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  #due(end: number): Alarm | undefined {
    return this.#alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Chance that can be had again: mulberry32 from a seed; 0 ≤ result < 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
