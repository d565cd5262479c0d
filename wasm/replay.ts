/** What was heard already of one sender's stream (TP1 §2.7). Asked before a frame is opened, told only after its tag verified:
 * a forged counter far ahead must not move the window. */

/** Higher: more memory per stream. Lower: frames that overtook each other on the way are lost. */
const WINDOW = 1024;
const WORDS = WINDOW / 32;

/** Tells what may be opened. */
export type Heard = {
  /** True where a frame with this counter may be opened. */
  allows(ctr: number): boolean;
  /** Its tag verified. */
  mark(ctr: number): void;
};

/** Sound and picture: each counter once, in any order within 1,024. */
export class ReplayWindow implements Heard {
  readonly #bits = new Uint32Array(WORDS);
  #highest = -1;

  allows(ctr: number): boolean {
    if (ctr > this.#highest) return true;
    return ctr > this.#highest - WINDOW && (this.#word(ctr) & bit(ctr)) === 0;
  }

  mark(ctr: number): void {
    if (ctr > this.#highest) this.#moveTo(ctr);
    this.#bits[index(ctr)] = this.#word(ctr) | bit(ctr);
  }

  #moveTo(ctr: number): void {
    const steps = ctr - this.#highest;
    if (steps >= WINDOW) this.#bits.fill(0);
    else for (let at = this.#highest + 1; at <= ctr; at++) this.#bits[index(at)] = this.#word(at) & ~bit(at);
    this.#highest = ctr;
  }

  #word(ctr: number): number {
    return this.#bits[index(ctr)] ?? 0;
  }
}

/** Chat and files: only upwards, since they travel in order. What is missing in between is counted, not made good here: whoever
 * sent it gets no receipt and says it again. */
export class Upwards implements Heard {
  #next: number | null;
  #missed = 0;

  /** `next` is the counter to start with, `null` where the stream ran before we came: then the first one counts. */
  constructor(next: number | null) {
    this.#next = next;
  }

  /** How many frames did not come. */
  get missed(): number {
    return this.#missed;
  }

  allows(ctr: number): boolean {
    return this.#next === null || ctr >= this.#next;
  }

  mark(ctr: number): void {
    this.#missed += ctr - (this.#next ?? ctr);
    this.#next = ctr + 1;
  }
}

const index = (ctr: number) => (ctr >>> 5) % WORDS;
const bit = (ctr: number) => 1 << (ctr & 31);
