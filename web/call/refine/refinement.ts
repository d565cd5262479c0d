/** One kind of refining as a person meets it: chosen, remembered, given up with a word where the machine is too slow. A camera that was to
 * be blurred goes off then, and comes back plain only when the person says so; a microphone goes on without. */
import type { Capture } from "../capture.ts";
import type { Kind } from "../opening.ts";
import type { Refined } from "../refining.ts";
import { type Readable, Value } from "../value.ts";
import type { OpenRefined } from "./refined.ts";

export type RefinementState = {
  /** Chosen by the person. */
  readonly on: boolean;
  readonly isStarting: boolean;
  /** Why it was given up; null: it was not, or the person has read it. */
  readonly trouble: "slow" | "failed" | null;
};

type Parts = {
  readonly kind: Kind;
  readonly capture: Pick<Capture, "captured" | "setRefine" | "setCamera" | "source">;
  readonly open: OpenRefined;
  /** What this device remembers. */
  readonly remembered: { get(): boolean; set(on: boolean): void };
};

export class Refinement {
  readonly #parts: Parts;
  readonly #state: Value<RefinementState>;
  /** Ends what is open or being opened. */
  #running = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#state = new Value<RefinementState>({ on: false, isStarting: false, trouble: null });
    if (parts.remembered.get()) this.#apply(true);
  }

  get state(): Readable<RefinementState> {
    return this.#state;
  }

  set(on: boolean): void {
    this.#apply(on);
    try {
      this.#parts.remembered.set(on);
    } catch {
      // a full or forbidden store: the choice lasts as long as the page
    }
  }

  /** To be called after every change of what is captured. */
  captureChanged(): void {
    const { kind, capture } = this.#parts;
    const now = capture.captured.refining[kind];
    const isOpen = capture.source(kind) !== null;
    if (!isOpen) this.#running.abort();
    if (now === "failed" && this.#state.get().trouble === null) return void this.#giveUp("failed");
    this.#say({ isStarting: now === "starting" });
    // the camera is tried again
    if (kind === "camera" && isOpen && now !== "failed") this.#say({ trouble: null });
  }

  /** The person wants the camera as it is. */
  showPlain(): void {
    this.set(false);
    void this.#parts.capture.setCamera(true);
  }

  /** The person has read why. */
  dismiss(): void {
    this.#say({ trouble: null });
  }

  #apply(on: boolean): void {
    const { kind, capture } = this.#parts;
    this.#say({ on, trouble: null });
    this.#running.abort();
    void capture.setRefine(kind, on ? (track) => this.#begin(track) : null);
  }

  async #begin(track: MediaStreamTrack): Promise<Refined> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    const end = (why: "slow" | "failed") => {
      if (!running.signal.aborted) this.#giveUp(why);
    };
    const watch = { onSlow: () => end("slow"), onFailed: () => end("failed") };
    const made = await this.#parts.open(track, watch, running.signal);
    return { track: made.track, stop: () => running.abort() };
  }

  #giveUp(trouble: "slow" | "failed"): void {
    const { kind, capture } = this.#parts;
    this.#running.abort();
    if (kind === "microphone") this.set(false);
    this.#say({ trouble });
    if (kind === "camera") void capture.setCamera(false);
  }

  #say(change: Partial<RefinementState>): void {
    const [before, after] = [this.#state.get(), { ...this.#state.get(), ...change }];
    const isSame = before.on === after.on && before.isStarting === after.isStarting;
    if (!isSame || before.trouble !== after.trouble) this.#state.set(after);
  }
}
