/** Reads queueing delay out of one-way delays whose zero is unknown: both clocks run alike but started apart. Pure. */

/** The smallest value of the last ten seconds: two buckets of five. Higher: a changed way is noticed later. Lower: a queue that stands
 * for long passes for the way itself. */
const BUCKET_MS = 5_000;

/** Smallest of the last five to ten seconds. */
export class Lowest {
  #now = Infinity;
  #before = Infinity;
  #since = -Infinity;

  add(value: number, now: number): void {
    if (now - this.#since >= BUCKET_MS) {
      this.#before = now - this.#since >= 2 * BUCKET_MS ? Infinity : this.#now;
      this.#now = Infinity;
      this.#since = now;
    }
    this.#now = Math.min(this.#now, value);
  }

  /** `Infinity` before the first value. */
  get value(): number {
    return Math.min(this.#now, this.#before);
  }
}

/** The queue that stands: the smallest delay of the last few acks, so that one burst or one frame sent twice is no queue. */
export class Standing {
  readonly #last: number[];
  #next = 0;
  #filled = 0;
  #fast = 0;
  #slow = 0;

  /** Looks at the last `acks`. */
  constructor(acks: number) {
    this.#last = new Array<number>(acks).fill(0);
  }

  /** One ack's queueing delay in milliseconds. */
  add(delay: number): void {
    this.#last[this.#next] = delay;
    this.#next = (this.#next + 1) % this.#last.length;
    this.#filled = Math.min(this.#filled + 1, this.#last.length);
    this.#fast += (delay - this.#fast) / 4;
    this.#slow += (delay - this.#slow) / 16;
  }

  /** Milliseconds; 0 until enough acks were seen. */
  get value(): number {
    return this.#filled < this.#last.length ? 0 : Math.min(...this.#last);
  }

  /** True while it grows. */
  get rises(): boolean {
    return this.#fast > this.#slow + 2;
  }

  /** After a cut: what was measured before it says nothing about the rate that is sent now. */
  clear(): void {
    this.#filled = 0;
  }
}
