/** When to ask for a key frame: at once, then again as long as none comes, but never so often that one person costs everybody two key
 * frames a second (A6). Pure. */

/** Higher: a lost picture stands still for longer. Lower: a weak line is filled with key frames. */
const AGAIN_MS = 1_000;

export class Asking {
  readonly #asked = new Map<string, number>();

  /** True where a request for this stream is to go out now. */
  may(stream: string, now: number): boolean {
    if (now - (this.#asked.get(stream) ?? -Infinity) < AGAIN_MS) return false;
    this.#asked.set(stream, now);
    return true;
  }

  /** A key frame came, or nobody looks any more. */
  done(stream: string): void {
    this.#asked.delete(stream);
  }
}
