/** How often this browser may try a code (A4): kept over reloads, so that a lying server gets three rounds of guesses and no more. */
import { afterTry, type Tries, tries, triesLeft } from "../../wasm/guard.ts";
import type { TextStore } from "./device-secrets.ts";

const KEY = "tpc.tries";

/** The tries as a handshake by code needs them. */
export interface Tried {
  /** Takes one; false where none is left. */
  take(): boolean;
  /** The last one was right, and so no guess. */
  giveBack(): void;
}

export class CodeTries implements Tried {
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
    this.#keep(afterTry(made, this.#now()));
    return true;
  }

  /** The newest was no guess: the code was right. A lying server cannot bring this about without knowing the code. */
  giveBack(): void {
    this.#keep(this.#kept().slice(0, -1));
  }

  #kept(): Tries {
    try {
      const kept = tries(JSON.parse(this.#store?.getItem(KEY) ?? "null"));
      return kept && kept.length >= this.#made.length ? kept : this.#made;
    } catch {
      return this.#made;
    }
  }

  #keep(made: Tries): void {
    this.#made = made;
    try {
      this.#store?.setItem(KEY, JSON.stringify(made));
    } catch {
      // a full or forbidden store: they count as long as the page lives
    }
  }
}
