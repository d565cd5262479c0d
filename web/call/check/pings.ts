/** Messages there and back, one after the other: how long one takes. */
import type { Clock } from "../clock.ts";

/** Higher: the check takes longer. Lower: one late answer counts for the whole line. */
export const PINGS = 5;
export const PING_BYTES = 8;

export class Pings {
  readonly #clock: Pick<Clock, "now">;
  readonly #times: number[] = [];
  #send: ((bytes: Uint8Array<ArrayBuffer>) => void) | null = null;
  #began = 0;
  #heard = 0;
  #done: (ms: number) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  /** Milliseconds of the one in the middle. */
  readonly answer: Promise<number>;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
    this.answer = new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#fail = reject;
    });
    // a check that was let go listens no more
    this.answer.catch(() => undefined);
  }

  /** The way is open. */
  start(send: (bytes: Uint8Array<ArrayBuffer>) => void): void {
    this.#send = send;
    this.#next();
  }

  /** So many bytes came back; a stream may bring them in pieces. */
  heard(bytes: number): void {
    this.#heard += bytes;
    if (this.#heard < PING_BYTES) return;
    this.#heard = 0;
    this.#times.push(this.#clock.now() - this.#began);
    if (this.#times.length < PINGS) this.#next();
    else this.#done(middle(this.#times));
  }

  /** The way is closed, or never opened. */
  lost(): void {
    this.#fail(new Error("no answer"));
  }

  #next(): void {
    this.#began = this.#clock.now();
    this.#send?.(new Uint8Array(PING_BYTES));
  }
}

function middle(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
