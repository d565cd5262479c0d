/** Which moment of the sender's clock is heard now: remembers where in the ring each piece of sound begins. Ring counters are
 * modulo 2^32 and compared by their distance. */
import { RATE } from "./opus.ts";

/** Pieces that may lie in the ring. */
const PIECES = 64;

type Piece = { readonly from: number; readonly count: number; readonly captureUs: number };

export class Playing {
  #pieces: Piece[] = [];

  /** `count` samples were put into the ring at `from`; captured then, or made up (`null`). */
  wrote(from: number, count: number, captureUs: number | null): void {
    const made = captureUs ?? this.#end();
    if (made !== null) this.#pieces.push({ from, count, captureUs: made });
    if (this.#pieces.length > PIECES) this.#pieces.shift();
  }

  /** When what is read at `read` was captured, in µs; `null` before the first and where nothing is left to read. */
  at(read: number): number | null {
    this.#pieces = this.#pieces.filter(({ from, count }) => ((from + count - read) | 0) > 0);
    const [piece] = this.#pieces;
    return piece ? piece.captureUs + (((read - piece.from) | 0) * 1e6) / RATE : null;
  }

  #end(): number | null {
    const last = this.#pieces.at(-1);
    return last ? last.captureUs + (last.count * 1e6) / RATE : null;
  }
}
