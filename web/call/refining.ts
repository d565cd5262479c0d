/** The way of one device's track: source → refiner (blur, noise suppression) → what is shown and sent. Without a refiner the plain track
 * goes out; where one fails the page can say so, and a microphone goes on plain. A camera never does: whoever asked for blur has a reason. */
import type { Clock } from "./clock.ts";

/** A track made of another one; `stop` frees what makes it. */
export type Refined = { readonly track: MediaStreamTrack; stop(): void };
export type Refiner = (track: MediaStreamTrack) => Promise<Refined>;
/** `failed`: asked for, did not work. */
export type RefineState = "off" | "starting" | "on" | "failed";

/** A refiner that has not begun by then has failed. Higher: a camera that is to be blurred stays dark for longer before anybody says why.
 * Lower: a slow device or line, which has a megabyte to fetch, never gets its blur. */
export const START_MS = 20_000;

type Parts = {
  readonly clock: Clock;
  /** While there is a refiner the plain track does not go out: not before its first picture, not between two cameras, not after it failed. */
  readonly hidesPlain: boolean;
  readonly onChange: () => void;
};

export class Refining {
  readonly #parts: Parts;
  #refiner: Refiner | null = null;
  #source: MediaStreamTrack | null = null;
  #made: Refined | null = null;
  #state: RefineState = "off";
  /** Each start has a number: one that comes late is stopped. */
  #turn = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get state(): RefineState {
    return this.#state;
  }

  /** There is a refiner, whether it works or not. */
  get isRefined(): boolean {
    return this.#refiner !== null;
  }

  /** The device's own track. */
  get source(): MediaStreamTrack | null {
    return this.#source;
  }

  /** What is shown and sent now. */
  get outgoing(): MediaStreamTrack | null {
    if (this.#made) return this.#made.track;
    const isHidden = this.#parts.hidesPlain && this.#refiner !== null;
    return isHidden ? null : this.#source;
  }

  /** Refines by this from now on; null: not any more. Never throws: see `state`. */
  use(refiner: Refiner | null): Promise<void> {
    this.#refiner = refiner;
    return this.#begin();
  }

  /** Refines by this once the next device is fed; what runs goes on until then. */
  prepare(refiner: Refiner | null): void {
    this.#refiner = refiner;
  }

  /** Another device, or none. The one before is stopped. */
  feed(source: MediaStreamTrack | null): Promise<void> {
    if (this.#source !== source) this.#source?.stop();
    this.#source = source;
    return this.#begin();
  }

  /** Stops everything; a later `feed` begins anew. */
  close(): void {
    this.#drop();
    this.#source?.stop();
    this.#source = null;
  }

  #drop(): void {
    this.#turn += 1;
    const made = this.#made;
    this.#made = null;
    made?.stop();
  }

  async #begin(): Promise<void> {
    this.#drop();
    const [turn, refiner, source] = [this.#turn, this.#refiner, this.#source];
    if (refiner === null || source === null) return this.#say("off");
    this.#say("starting");
    const made = await this.#inTime(refiner, source, turn);
    if (turn !== this.#turn) return;
    this.#made = made;
    made?.track.addEventListener("ended", () => this.#made === made && this.#fail());
    this.#say(made === null ? "failed" : "on");
  }

  /** Null where it failed or took too long; one that comes after that, or for a device that is gone, is stopped. */
  #inTime(refiner: Refiner, source: MediaStreamTrack, turn: number): Promise<Refined | null> {
    return new Promise((resolve) => {
      let isOver = false;
      const end = (made: Refined | null) => {
        cancel();
        if (isOver || turn !== this.#turn) made?.stop();
        isOver = true;
        resolve(made);
      };
      const cancel = this.#parts.clock.after(START_MS, () => end(null));
      // `async`, so that one that throws at once is one that failed
      (async () => refiner(source))().then(end, () => end(null));
    });
  }

  /** It stopped by itself. */
  #fail(): void {
    this.#drop();
    this.#say("failed");
  }

  #say(state: RefineState): void {
    this.#state = state;
    this.#parts.onChange();
  }
}
