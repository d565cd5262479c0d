/** Which frame needs which (A6, sealed as `dep`): so that a receiver tells a frame it can decode from one whose reference is missing,
 * although the server drops frames on purpose. Pure. */

/** At the sender: one per stream, alive as long as the sealer, because counters never start again. */
export class Chain {
  #ctr = 0;
  /** Counter of the last frame that others may need. */
  #base: number | null = null;

  /** How far back the frame it needs is, 0 for a key frame; null where that one was never sent: a key frame is due. */
  dep(isKey: boolean): number | null {
    if (isKey) return 0;
    return this.#base === null ? null : this.#ctr - this.#base;
  }

  /** A frame was sealed. */
  sealed(temporal: number): void {
    if (temporal === 0) this.#base = this.#ctr;
    this.#ctr += 1;
  }

  /** Something that others need was encoded and not sent. */
  broken(): void {
    this.#base = null;
  }
}

/** Higher: more numbers kept. Lower: with many droppable frames in between a reference is forgotten. */
const REMEMBERED = 64;

/** At the receiver: one per decoder. */
export class Known {
  readonly #decoded: number[] = [];
  #last = -1;

  /** `gap`: the frame it needs is not there; `old`: a later one was decoded already. */
  fits(ctr: number, dep: number): "yes" | "gap" | "old" {
    if (ctr <= this.#last) return "old";
    return dep === 0 || this.#decoded.includes(ctr - dep) ? "yes" : "gap";
  }

  /** The frame went into the decoder. */
  decoded(ctr: number): void {
    this.#last = ctr;
    this.#decoded.push(ctr);
    if (this.#decoded.length > REMEMBERED) this.#decoded.shift();
  }

  /** The decoder is a new one: nothing it saw counts. */
  forget(): void {
    this.#decoded.length = 0;
  }
}
