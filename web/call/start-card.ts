/** The card at the start of a call: both sides say who is in the room, nobody records (R17). Shown once, gone by a press or after a
 * while of talking. */
import type { Clock } from "./clock.ts";
import { type Readable, Value } from "./value.ts";

/** Higher: it stands beside a face for longer. Lower: it is gone before both have said who is there. */
export const START_CARD_MS = 30_000;

export class StartCard {
  readonly #clock: Clock;
  readonly #shown = new Value(false);
  #began = false;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get shown(): Readable<boolean> {
    return this.#shown;
  }

  /** The two see each other. Later calls do nothing: a line that came back is no new start. */
  begin(): void {
    if (this.#began) return;
    this.#began = true;
    this.#shown.set(true);
    this.#cancel = this.#clock.after(START_CARD_MS, () => this.dismiss());
  }

  /** Read. */
  dismiss(): void {
    this.#cancel();
    this.#shown.set(false);
  }
}
