/** Two things a person does not notice: speaking while muted, and a microphone that gives no sound at all. Pure, time in ms goes in. */
import { Voice } from "./voice.ts";

/** What the microphone gives in a moment: how loud (root mean square, 0 to 1), and whether there is not even noise in it. */
export type Heard = { readonly volume: number; readonly isEmpty: boolean };
export type MicrophoneState = { readonly muted: boolean; readonly isHeld: boolean };
/** `muted`: speaks, and is muted; `silent`: not muted, and nothing comes. */
export type MicrophoneWord = "muted" | "silent" | null;

/** A voice in so many moments of the last second is speech, with its pauses between syllables. Higher: short words are missed. Lower: a
 * cough is told. */
const SPOKEN = 4;
const SPOKEN_MS = 1_000;
/** The word stays so long after the last sound. Higher: it stands there for nothing. Lower: it flickers. */
const STAYS_MS = 4_000;
/** Higher: nobody is heard for longer. Lower: a microphone that starts slowly is told. */
export const SILENT_MS = 8_000;

export class Hearing {
  #voice = new Voice();
  #spoken: number[] = [];
  #spokeAt = Number.NEGATIVE_INFINITY;
  #emptySince: number | null = null;
  #isTold = false;
  /** It was told once and came back by itself: a headset that shuts off quiet, which is nothing to tell. */
  #isGated = false;

  /** Another microphone. */
  restart(): void {
    this.#voice = new Voice();
    this.#spoken = [];
    this.#emptySince = null;
    this.#isTold = false;
    this.#isGated = false;
  }

  /** `heard` null: nothing is known of this moment. `isHeld`: the system holds the sound back. */
  hear(heard: Heard | null, { muted, isHeld }: MicrophoneState, now: number): MicrophoneWord {
    if (heard) this.#voice.hear(heard.volume, now);
    if (heard && this.#voice.since !== null) this.#spoken.push(now);
    const isEmpty = isHeld || (heard?.isEmpty === true && !this.#isGated);
    if (!isEmpty && this.#isTold && !isHeld) this.#isGated = heard?.isEmpty === false;
    this.#spoken = this.#spoken.filter((at) => now - at < SPOKEN_MS);
    // what a muted microphone does not give nobody misses
    if (!isEmpty || muted) this.#emptySince = null;
    else this.#emptySince ??= now;
    if (muted) return this.#speaks(now) ? "muted" : null;
    this.#isTold = this.#emptySince !== null && now - this.#emptySince >= SILENT_MS;
    return this.#isTold ? "silent" : null;
  }

  #speaks(now: number): boolean {
    if (this.#spoken.length >= SPOKEN) this.#spokeAt = this.#spoken.at(-1) ?? now;
    return now - this.#spokeAt < STAYS_MS;
  }
}
