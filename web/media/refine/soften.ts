/** The background without the person, blurred beyond recognition: on a small picture, since nothing sharper is to be seen anyway. Pure. */

/** Of the model's picture: blurring half of it in each direction costs a quarter. */
const STEP = 2;
/** Three boxes this far to both sides are as good as a Gauss of 4.5 pixels, 3.5 % of the width: text and faces are gone. Higher: the room
 * becomes one colour. Lower: a book's title can be read. */
const REACH = 4;
const ROUNDS = 3;
/** A person's own pixels count this much at least, so that there is a colour everywhere. */
const LEAST = 0.004;

export class Softener {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, each times the weight, and the weight. */
  readonly #planes: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  readonly #spare: Float32Array;

  /** For pictures of this size. */
  constructor(width: number, height: number) {
    this.width = width / STEP;
    this.height = height / STEP;
    const plane = () => new Float32Array(this.width * this.height);
    this.#planes = [plane(), plane(), plane(), plane()];
    this.#spare = plane();
  }

  /** `pixels` (RGBA) and where the person is (0 to 1) → `out`, RGBA of this object's size. The person does not shine through: its pixels
   * weigh nothing. */
  soften(pixels: Uint8ClampedArray, mask: Float32Array, out: Uint8ClampedArray): void {
    this.#shrink(pixels, mask);
    for (const plane of this.#planes) {
      for (let round = 0; round < ROUNDS; round++) {
        box(plane, this.#spare, this.width, this.height, 1, this.width);
        box(this.#spare, plane, this.height, this.width, this.width, 1);
      }
    }
    const [red, green, blue, weight] = this.#planes;
    for (let i = 0; i < red.length; i++) {
      const share = weight[i] || 1;
      out[i * 4] = (red[i] ?? 0) / share;
      out[i * 4 + 1] = (green[i] ?? 0) / share;
      out[i * 4 + 2] = (blue[i] ?? 0) / share;
      out[i * 4 + 3] = 255;
    }
  }

  /** Four pixels become one. */
  #shrink(pixels: Uint8ClampedArray, mask: Float32Array): void {
    const [red, green, blue, weights] = this.#planes;
    for (const plane of this.#planes) plane.fill(0);
    const wide = this.width * STEP;
    for (let from = 0; from < mask.length; from++) {
      const to = (Math.floor(from / wide) >> 1) * this.width + ((from % wide) >> 1);
      const weight = Math.max(LEAST, 1 - (mask[from] ?? 0));
      const at = from * 4;
      red[to] = (red[to] ?? 0) + weight * (pixels[at] ?? 0);
      green[to] = (green[to] ?? 0) + weight * (pixels[at + 1] ?? 0);
      blue[to] = (blue[to] ?? 0) + weight * (pixels[at + 2] ?? 0);
      weights[to] = (weights[to] ?? 0) + weight;
    }
  }
}

/** The mean of `REACH` neighbours to both sides, for each of `lines` of `count` values that are `step` apart; beyond the edge it goes on
 * as in a mirror. */
function box(from: Float32Array, to: Float32Array, count: number, lines: number, step: number, next: number) {
  const share = 1 / (2 * REACH + 1);
  for (let line = 0; line < lines; line++) {
    const start = line * next;
    let sum = from[start + REACH * step] ?? 0;
    for (let i = 0; i < REACH; i++) sum += 2 * (from[start + i * step] ?? 0);
    for (let i = 0; i < count; i++) {
      const [left, right] = [i - REACH, i + REACH + 1];
      to[start + i * step] = sum * share;
      sum += from[start + (right < count ? right : 2 * count - 1 - right) * step] ?? 0;
      sum -= from[start + (left < 0 ? -1 - left : left) * step] ?? 0;
    }
  }
}
