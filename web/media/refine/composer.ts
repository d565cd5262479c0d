/** One frame of the camera → one frame with the person sharp before a blurred room, in the size it came. */
import { Mask } from "./mask.ts";
import { SEEN, type Segmenter } from "./segmenter.ts";
import { Softener } from "./soften.ts";

type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The largest place with the frame's shape inside the model's picture: a phone held upright is not squeezed. */
export function fitted(width: number, height: number): Rect {
  const scale = Math.min(SEEN.width / width, SEEN.height / height);
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  return { x: Math.floor((SEEN.width - w) / 2), y: Math.floor((SEEN.height - h) / 2), width: w, height: h };
}

/** A canvas with its brush. Throws where the browser gives none. */
function surface(width: number, height: number, readsOften = false) {
  const canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext("2d", { willReadFrequently: readsOften });
  if (!brush) throw new Error("no canvas to paint on");
  return { canvas, brush };
}

export class Composer {
  readonly #segment: Segmenter;
  readonly #small = surface(SEEN.width, SEEN.height, true);
  readonly #cut = surface(SEEN.width, SEEN.height);
  readonly #softener = new Softener(SEEN.width, SEEN.height);
  readonly #back = surface(this.#softener.width, this.#softener.height);
  readonly #out = surface(1, 1);
  readonly #mask = new Mask(SEEN.width, SEEN.height);
  readonly #cutData = new ImageData(SEEN.width, SEEN.height);
  readonly #backData = new ImageData(this.#softener.width, this.#softener.height);
  #place: Rect = fitted(SEEN.width, SEEN.height);
  #since = 0;
  #isFirst = true;
  /** Looks for the person in each, in every second, every third frame. */
  every = 1;

  constructor(segment: Segmenter) {
    this.#segment = segment;
    this.#out.brush.imageSmoothingQuality = "medium";
  }

  /** The canvas holds the result until the next one. The frame stays open. */
  compose(frame: VideoFrame): OffscreenCanvas {
    const { displayWidth: width, displayHeight: height } = frame;
    this.#size(width, height);
    const { canvas, brush } = this.#out;
    brush.globalCompositeOperation = "copy";
    brush.drawImage(frame, 0, 0, width, height);
    const pixels = this.#look(canvas);
    if (this.#isFirst || ++this.#since >= this.every) this.#find(pixels);
    this.#softener.soften(pixels, this.#mask.solid, this.#backData.data);
    this.#back.brush.putImageData(this.#backData, 0, 0);
    this.#paint("destination-in", this.#cut.canvas, 1, width, height);
    this.#paint("destination-over", this.#back.canvas, SEEN.width / this.#softener.width, width, height);
    return canvas;
  }

  #size(width: number, height: number): void {
    const { canvas, brush } = this.#out;
    if (canvas.width === width && canvas.height === height) return;
    [canvas.width, canvas.height] = [width, height];
    brush.imageSmoothingQuality = "medium";
    this.#place = fitted(width, height);
    this.#small.brush.clearRect(0, 0, SEEN.width, SEEN.height);
    // another shape: what was known of the person is not true any more
    this.#isFirst = true;
  }

  #look(canvas: OffscreenCanvas): Uint8ClampedArray {
    const { x, y, width, height } = this.#place;
    this.#small.brush.drawImage(canvas, x, y, width, height);
    return this.#small.brush.getImageData(0, 0, SEEN.width, SEEN.height).data;
  }

  #find(pixels: Uint8ClampedArray): void {
    this.#mask.take(this.#segment(pixels));
    const { data } = this.#cutData;
    for (let i = 0; i < this.#mask.solid.length; i++) data[i * 4 + 3] = 255 * (this.#mask.solid[i] ?? 0);
    this.#cut.brush.putImageData(this.#cutData, 0, 0);
    this.#since = 0;
    this.#isFirst = false;
  }

  /** The part of a small picture that shows the frame, over all of it. */
  #paint(how: GlobalCompositeOperation, from: OffscreenCanvas, step: number, width: number, height: number) {
    const place = this.#place;
    const { brush } = this.#out;
    brush.globalCompositeOperation = how;
    const [x, y] = [place.x / step, place.y / step];
    brush.drawImage(from, x, y, place.width / step, place.height / step, 0, 0, width, height);
  }
}
