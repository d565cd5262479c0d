/** The way of one device's track: source → refiner (blur, noise suppression) → what is shown and sent. Without a refiner, or where one
 * fails, the plain track goes out and the page can say so. */
import type { Clock } from "./clock.ts";

/** A track made of another one; `stop` frees what makes it. */
export type Refined = { readonly track: MediaStreamTrack; stop(): void };
export type Refiner = (track: MediaStreamTrack) => Promise<Refined>;
/** `failed`: asked for, did not work, the plain track goes out. */
export type RefineState = "off" | "starting" | "on" | "failed";

/** A refiner that has not begun by then has failed. Higher: a camera that is to be blurred stays dark for longer. Lower: a slow device
 * never gets its blur. */
export const START_MS = 8_000;

type Parts = {
  readonly clock: Clock;
  /** Once refined, the plain track does not go out while the next one starts: nobody's room flashes up when the camera changes. */
  readonly hidesPlain: boolean;
  readonly onChange: () => void;
};

export class Refining {
  readonly #parts: Parts;
  #refiner: Refiner | null = null;
  #source: MediaStreamTrack | null = null;
  #made: Refined | null = null;
  #state: RefineState = "off";
  #wasOn = false;
  /** Each start has a number: one that comes late is stopped. */
  #turn = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get state(): RefineState {
    return this.#state;
  }

  /** The device's own track. */
  get source(): MediaStreamTrack | null {
    return this.#source;
  }

  /** What is shown and sent now. */
  get outgoing(): MediaStreamTrack | null {
    if (this.#made) return this.#made.track;
    const isHidden = this.#parts.hidesPlain && this.#wasOn && this.#state === "starting";
    return isHidden ? null : this.#source;
  }

  /** Refines by this from now on; null: not any more. Never throws: see `state`. */
  use(refiner: Refiner | null): Promise<void> {
    this.#refiner = refiner;
    if (refiner === null) this.#wasOn = false;
    return this.#begin();
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
    this.#wasOn = made !== null;
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
    this.#wasOn = false;
    this.#say("failed");
  }

  #say(state: RefineState): void {
    this.#state = state;
    this.#parts.onChange();
  }
}
