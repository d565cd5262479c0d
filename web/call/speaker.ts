/** Who is speaking, from how loud the decoded sound of each is (media research 1.6): pure, time in ms goes in. */
import { Voice } from "./voice.ts";

/** Somebody must have spoken this long to take over. Higher: short answers are not shown. Lower: a cough moves the picture. */
const TAKE_MS = 300;
/** Who spoke last stays for … ms. Higher: the picture lags. Lower: it jumps in pauses for breath. */
const HOLD_MS = 2_000;

export class Speaker {
  readonly #voices = new Map<number, Voice>();
  #slot: number | null = null;

  /** Slot of whoever speaks, or spoke last; null while nobody has. */
  get slot(): number | null {
    return this.#slot;
  }

  /** How loud each is now, 0 to 1. Returns the speaker. */
  hear(levels: readonly { readonly slot: number; readonly level: number }[], now: number): number | null {
    for (const { slot, level } of levels) this.#one(slot, level, now);
    const current = this.#slot === null ? undefined : this.#voices.get(this.#slot);
    const isHeld = current !== undefined && now - current.last <= HOLD_MS;
    const speaking = [...this.#voices].filter(([, { since }]) => since !== null && now - since >= TAKE_MS);
    const [first] = speaking.sort(([, a], [, b]) => (a.since ?? 0) - (b.since ?? 0));
    const mayTake = !isHeld || current?.since === null;
    if (first && mayTake) this.#slot = first[0];
    return this.#slot;
  }

  /** Somebody has left. */
  forget(slot: number): void {
    this.#voices.delete(slot);
    if (this.#slot === slot) this.#slot = null;
  }

  #one(slot: number, level: number, now: number): void {
    const voice = this.#voices.get(slot) ?? new Voice();
    this.#voices.set(slot, voice);
    voice.hear(level, now);
  }
}
