/** "Jemand kommt herein", headless: at one press nothing of the call is to be seen or heard here, and nothing goes out; one press brings
 * back exactly what was. The call, the seat and its minutes go on. */
import type { Capture } from "./capture.ts";
import { type Readable, Value } from "./value.ts";

/** Esc pressed several times in a fright must not bring the call back. Higher: who is alone again waits longer for the key; the button
 * works at once. Lower: a third press shows the call to whoever came in. */
export const CALM_MS = 2_500;

type Devices = { readonly microphone: boolean; readonly camera: boolean };

export type CoverParts = {
  readonly now: () => number;
  readonly capture: Pick<
    Capture,
    "captured" | "source" | "isComing" | "isPicking" | "closeAll" | "retry" | "setCamera"
  >;
  /** On the way into the call, or in it: then its devices come back. Who covers while waiting must not come in silent and unseen. */
  readonly isOn: () => boolean;
  /** The others are not to be heard, or again. */
  readonly silence: (silent: boolean) => void;
  /** Tells the therapist, sealed. */
  readonly tell: (away: boolean) => void;
  /** Keeps it over a reload. */
  readonly keep: (covered: boolean) => void;
};

export class Cover {
  readonly #parts: CoverParts;
  readonly #state: Value<boolean>;
  /** What comes back; null where nothing was on. */
  #before: Devices | null = null;
  #since: number;

  /** `covered`: was so before a reload. */
  constructor(parts: CoverParts, covered: boolean) {
    this.#parts = parts;
    this.#state = new Value(covered);
    this.#since = parts.now();
  }

  get state(): Readable<boolean> {
    return this.#state;
  }

  cover(): void {
    if (this.#state.get()) return;
    const { capture, silence, tell, keep, now } = this.#parts;
    // what was still coming when it was covered, comes the next time
    this.#before = {
      microphone: capture.isComing("microphone") || this.#before?.microphone === true,
      camera: capture.isComing("camera") || this.#before?.camera === true,
    };
    this.#since = now();
    this.#state.set(true);
    // the microphone is let go too: a muted one still has its sign in the tab
    capture.closeAll();
    silence(true);
    keep(true);
    tell(true);
  }

  /** The browser has left full screen, and no control of ours: its Esc does not reach the page. Its dialog for a shared screen leaves it
   * too, which means nothing. */
  leftFullScreen(): void {
    if (!this.#parts.capture.isPicking) this.cover();
  }

  /** What is captured has changed: a camera that was asked for before, a key that unmutes. Under the cover nothing stays open. */
  changed(): void {
    const { capture } = this.#parts;
    const isOpen = capture.source("microphone") || capture.source("camera") || capture.captured.screen;
    if (this.#state.get() && isOpen) capture.closeAll();
  }

  /** Back to the call. */
  async uncover(): Promise<void> {
    if (!this.#state.get()) return;
    const { capture, isOn, silence, tell, keep } = this.#parts;
    this.#state.set(false);
    silence(false);
    keep(false);
    tell(false);
    const before = isOn() ? this.#before : null;
    if (before?.microphone) await capture.retry("microphone");
    if (before?.camera && !this.#state.get()) await capture.setCamera(true);
    if (!this.#state.get()) this.#before = null;
  }

  /** The key: covers, and after a moment of calm brings back. */
  press(): void {
    if (!this.#state.get()) this.cover();
    else if (this.#parts.now() - this.#since >= CALM_MS) void this.uncover();
  }
}
