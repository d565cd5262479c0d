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
class Standing {
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

/** Queues in ms: growing, standing, of pictures alone (they are sent again when lost), and none. Higher: sound waits longer before
 * anything is done. Lower: a page that was busy for a moment looks like a full line. */
const QUEUE = { growing: 60, standing: 150, picture: 200, none: 25, pictureNone: 100 } as const;

/** The queues of one direction. */
export class Queues {
  readonly #lowest = new Lowest();
  readonly #short = new Standing(2);
  readonly #long = new Standing(3);
  readonly #pictures = new Standing(5);
  /** By the newest ack, ms. */
  newest = 0;

  /** A frame took so long, from our clock to theirs. */
  sample(delay: number, now: number): void {
    this.#lowest.add(delay, now);
  }

  /** The smallest delay of anything, and of pictures, that one ack told of; `Infinity` for none. */
  ack(any: number, picture: number): void {
    const { value } = this.#lowest;
    if (any !== Infinity) {
      this.newest = any - value;
      this.#short.add(this.newest);
      this.#long.add(this.newest);
    }
    if (picture !== Infinity) this.#pictures.add(picture - value);
  }

  /** So much stands that the line must be full. */
  get isFull(): boolean {
    const isGrowing = this.#long.rises && this.#long.value > QUEUE.growing;
    return isGrowing || this.#short.value > QUEUE.standing || this.#pictures.value > QUEUE.picture;
  }

  /** Nothing stands. */
  get isNone(): boolean {
    return this.#short.value < QUEUE.none && this.#pictures.value < QUEUE.pictureNone;
  }

  /** By the newest ack there is less than what would be a full line. */
  get isCalm(): boolean {
    return this.newest < QUEUE.growing;
  }

  /** Of 1, what is to be under way in face of the queue that the newest ack shows: a tenth from `EMPTY_MS` on, so that a line that breaks
   * down is relieved at once. */
  get room(): number {
    return Math.max(0.1, 1 - Math.max(0, this.newest - QUEUE.none) / EMPTY_MS);
  }

  clear(): void {
    this.#short.clear();
    this.#long.clear();
    this.#pictures.clear();
  }
}

/** Higher: a broken line is filled further. Lower: one key frame stops the pictures. */
const EMPTY_MS = 150;
