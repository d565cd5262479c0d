/** From what the model says now and said before to how solid each pixel of the person is: edges that neither flicker nor show steps. Pure. */

/** How much the newest picture counts. Higher: edges flicker. Lower: an arm that moves trails behind. */
const NEWEST = 0.65;
/** Surely background, surely person. What lies between is the soft edge. Lower bounds show more of the room around the hair. */
const [OUT, IN] = [0.35, 0.7];

export class Mask {
  /** 0 to 1 for each pixel. */
  readonly solid: Float32Array;
  readonly #width: number;
  readonly #sure: Float32Array;
  readonly #hard: Float32Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.solid = new Float32Array(width * height);
    this.#sure = new Float32Array(width * height);
    this.#hard = new Float32Array(width * height);
  }

  /** Takes what the model says in. */
  take(said: Float32Array): void {
    for (let i = 0; i < this.#sure.length; i++) {
      const sure = (this.#sure[i] ?? 0) + NEWEST * ((said[i] ?? 0) - (this.#sure[i] ?? 0));
      this.#sure[i] = sure;
      const part = Math.min(1, Math.max(0, (sure - OUT) / (IN - OUT)));
      this.#hard[i] = part * part * (3 - 2 * part);
    }
    feather(this.#hard, this.#sure.length, 1, this.solid);
    feather(this.solid, this.#sure.length, this.#width, this.#hard);
    this.solid.set(this.#hard);
  }
}

/** Each value with half of its two neighbours that are `step` apart: five times as large, a step of one pixel would be seen. The rim keeps
 * what it has. */
function feather(from: Float32Array, count: number, step: number, to: Float32Array): void {
  to.set(from);
  for (let i = step; i < count - step; i++)
    to[i] = 0.5 * (from[i] ?? 0) + 0.25 * ((from[i - step] ?? 0) + (from[i + step] ?? 0));
}
