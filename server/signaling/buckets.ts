/** A token bucket for each address or account, and never more of them than memory allows. Pure. */
import { Bucket, type Rate } from "./limits.ts";

/** Full tables are looked through this often at most. Higher: new keys wait longer. Lower: an attack costs more time. */
const FORGIVE_MS = 1000;

export class Buckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #rate: Rate;
  readonly #most: number;
  #forgiven = Number.NEGATIVE_INFINITY;

  /** At most `most` keys are remembered; those that are owed nothing give way. */
  constructor(rate: Rate, most: number) {
    this.#rate = rate;
    this.#most = most;
  }

  /** Takes one for `key` at `now` (monotonic milliseconds): true, or false where there is none left; null where nobody new can be
   * remembered. */
  take(key: string, now: number): boolean | null {
    const known = this.#buckets.get(key);
    if (known === undefined && !this.#hasRoom(now)) return null;
    const bucket = known ?? new Bucket(this.#rate, now);
    this.#buckets.set(key, bucket);
    return bucket.take(1, now);
  }

  #hasRoom(now: number): boolean {
    if (this.#buckets.size >= this.#most && now - this.#forgiven >= FORGIVE_MS) {
      this.#forgiven = now;
      for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
    }
    return this.#buckets.size < this.#most;
  }
}
