/** How often the therapist's page says the whole whiteboard again because somebody asks: together for all, and bounded for each. */
import type { Clock } from "./clock.ts";

/** The board is told anew to who asks, not more often than this. */
export const LINES_MS = 1_000;
/** And once more: what was sealed before all had the newest keys did not open everywhere. */
export const LINES_AGAIN_MS = 4_000;
/** A client may ask so often at once: a board is opened, its line comes back, the page is loaded anew. Higher: one that asks for nothing
 * makes the therapist's page say everything more often. Lower: who has a bad line waits for the lines. */
export const LINES_BURST = 4;
/** And then once in this time. Higher: the wait after the burst is longer. Lower: asking without need costs everybody more. */
export const LINES_EACH_MS = 20_000;

type Bucket = { left: number; at: number; cancel: (() => void) | null };

export class LinesAsked {
  readonly #clock: Clock;
  readonly #tell: () => void;
  /** By the client's place, which a new connection of it has as well. */
  readonly #buckets = new Map<number, Bucket>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancelSoon: (() => void) | null = null;
  #cancelAgain: () => void = () => undefined;

  /** `tell` says all lines to everybody. */
  constructor(clock: Clock, tell: () => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The client on this slot asks. Too often: it is told when its time comes, however often it has asked till then. */
  ask(slot: number): void {
    const bucket = this.#bucketOf(slot);
    if (bucket.left >= 1) {
      bucket.left -= 1;
      this.#serve();
    } else {
      const rest = Math.ceil((1 - bucket.left) * LINES_EACH_MS);
      bucket.cancel ??= this.#clock.after(rest, () => {
        bucket.cancel = null;
        this.ask(slot);
      });
    }
  }

  /** The call is over. */
  end(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
    this.#cancelAgain();
    for (const { cancel } of this.#buckets.values()) cancel?.();
    this.#buckets.clear();
  }

  #bucketOf(slot: number): Bucket {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(slot) ?? { left: LINES_BURST, at: now, cancel: null };
    bucket.left = Math.min(LINES_BURST, bucket.left + (now - bucket.at) / LINES_EACH_MS);
    bucket.at = now;
    this.#buckets.set(slot, bucket);
    return bucket;
  }

  #serve(): void {
    const rest = this.#toldAt + LINES_MS - this.#clock.now();
    if (rest <= 0) this.#say();
    else this.#cancelSoon ??= this.#clock.after(rest, () => this.#say());
    this.#cancelAgain();
    this.#cancelAgain = this.#clock.after(LINES_AGAIN_MS, this.#tell);
  }

  #say(): void {
    this.#cancelSoon = null;
    this.#toldAt = this.#clock.now();
    this.#tell();
  }
}
