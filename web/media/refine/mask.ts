/** From what the model says now and said before to how solid each pixel of the person is: edges that neither flicker nor crawl. Pure. */

/** How much the newest picture counts. Higher: edges flicker. Lower: an arm that moves trails behind. */
const NEWEST = 0.65;
/** Surely background, surely person. What lies between is the soft edge. Lower bounds show more of the room around the hair. */
const [OUT, IN] = [0.35, 0.7];

export class Mask {
  /** 0 to 1 for each pixel. */
  readonly solid: Float32Array;
  readonly #sure: Float32Array;

  constructor(count: number) {
    this.solid = new Float32Array(count);
    this.#sure = new Float32Array(count);
  }

  /** Takes what the model says in. */
  take(said: Float32Array): void {
    for (let i = 0; i < this.solid.length; i++) {
      const sure = (this.#sure[i] ?? 0) + NEWEST * ((said[i] ?? 0) - (this.#sure[i] ?? 0));
      this.#sure[i] = sure;
      const part = Math.min(1, Math.max(0, (sure - OUT) / (IN - OUT)));
      this.solid[i] = part * part * (3 - 2 * part);
    }
  }
}
