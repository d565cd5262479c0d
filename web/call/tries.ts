/** How often this browser may try a code (A4): kept over reloads, so that a lying server gets three rounds of guesses and no more. */
import { afterTry, type Tries, tries, triesLeft } from "../../wasm/guard.ts";
import type { TextStore } from "./device-secrets.ts";

const KEY = "tpc.tries";

export class CodeTries {
  readonly #store: TextStore | null;
  readonly #now: () => number;
  /** For a browser that keeps nothing. */
  #made: Tries = [];

  /** `now` in Unix milliseconds. */
  constructor(store: TextStore | null, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** How many are left, and when the next one is free if none is. */
  left(): { readonly left: number; readonly again: number } {
    return triesLeft(this.#kept(), this.#now());
  }

  /** Takes one; false where none is left. */
  take(): boolean {
    const made = this.#kept();
    if (triesLeft(made, this.#now()).left === 0) return false;
    this.#made = afterTry(made, this.#now());
    try {
      this.#store?.setItem(KEY, JSON.stringify(this.#made));
    } catch {
      // a full or forbidden store: they count as long as the page lives
    }
    return true;
  }

  #kept(): Tries {
    try {
      const kept = tries(JSON.parse(this.#store?.getItem(KEY) ?? "null"));
      return kept && kept.length >= this.#made.length ? kept : this.#made;
    } catch {
      return this.#made;
    }
  }
}
