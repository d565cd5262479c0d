/** Decoded sound on its way to the audio thread: one ring per slot, one writer, one reader, counters that only grow. On shared
 * memory both sides hold the same; without it each has its own and messages carry sound there and counters back. */

export const SLOTS = 16;
/** 170 ms; a power of two. Higher: memory. Lower: a 60 ms frame behind 60 ms decoded ahead does not fit. */
const CAPACITY = 8192;
const WRITTEN = 0;
const READ = 1;
const DRY = 2;
const WORDS = 16;
/** How long the sound card takes from us to the ear, in µs; one for all slots, in the words of the first. */
const LATENCY = 8;
const SLOT_BYTES = WORDS * 4 + CAPACITY * 4;
export const RINGS_BYTES = SLOTS * SLOT_BYTES;

export class SoundRing {
  readonly #words: Int32Array;
  readonly #samples: Float32Array;

  /** The ring of `slot` in memory of `RINGS_BYTES`. */
  constructor(memory: ArrayBufferLike, slot: number) {
    this.#words = new Int32Array(memory, slot * SLOT_BYTES, WORDS);
    this.#samples = new Float32Array(memory, slot * SLOT_BYTES + WORDS * 4, CAPACITY);
  }

  /** Samples that lie here. */
  get level(): number {
    return (Atomics.load(this.#words, WRITTEN) - Atomics.load(this.#words, READ)) | 0;
  }

  /** Samples written since the beginning, modulo 2^32. */
  get written(): number {
    return Atomics.load(this.#words, WRITTEN);
  }

  /** Samples read since the beginning, modulo 2^32. */
  get read(): number {
    return Atomics.load(this.#words, READ);
  }

  /** Samples that the reader had to make up since the beginning, modulo 2^32. */
  get dry(): number {
    return Atomics.load(this.#words, DRY);
  }

  get latencyUs(): number {
    return Atomics.load(this.#words, LATENCY);
  }

  set latencyUs(us: number) {
    Atomics.store(this.#words, LATENCY, us);
  }

  /** Puts in what fits; returns how much did. */
  write(from: Float32Array): number {
    const written = this.written;
    const count = Math.min(from.length, CAPACITY - this.level);
    for (let i = 0; i < count; i++) this.#samples[(written + i) & (CAPACITY - 1)] = from[i] ?? 0;
    Atomics.store(this.#words, WRITTEN, (written + count) | 0);
    return count;
  }

  /** Takes out at most `out.length` samples; returns how many there were. */
  take(out: Float32Array): number {
    const read = this.read;
    const count = Math.min(out.length, this.level);
    for (let i = 0; i < count; i++) out[i] = this.#samples[(read + i) & (CAPACITY - 1)] ?? 0;
    Atomics.store(this.#words, READ, (read + count) | 0);
    return count;
  }

  /** The reader made so many samples up. */
  addDry(count: number): void {
    Atomics.store(this.#words, DRY, (this.dry + count) | 0);
  }

  /** For memory that is not shared: what the other side says about reading. */
  set(read: number, dry: number): void {
    Atomics.store(this.#words, READ, read);
    Atomics.store(this.#words, DRY, dry);
  }
}
