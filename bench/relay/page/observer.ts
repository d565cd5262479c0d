/** The one observer for every system: looks at the page's visible pictures on each animation frame. Pictures are counted without
 * reading; every fifth new one is read, because reading costs as much as decoding. */
import { ageOf, BARS, BARS_HEIGHT, type Stamp, stampOf } from "../barcode.ts";

/** Higher: fewer latencies for the same time. Lower: the reading itself takes the processor from what is measured. */
const READ_EVERY = 5;
/** Our own picture is looked at again so seldom, in case its element shows somebody else by now. */
const READ_OWN_EVERY = 60;
/** Older is not a late picture but a wrong one. */
const AGE_MAX_MS = 30_000;

/** What was seen of one person. `shown`: when each new picture was there, wall clock; `ages`: how old those were that were read;
 * `heights`: since when it was so high. */
export type Seen = {
  first: number;
  shown: number[];
  ages: number[];
  heights: { readonly at: number; readonly height: number }[];
};

type Looked = { new: boolean; unread: number; from: number | null; last: number };

export class Observer {
  readonly #who: number;
  readonly #looked = new Map<HTMLVideoElement | HTMLCanvasElement, Looked>();
  readonly #row = new OffscreenCanvas(BARS, 1);
  readonly #pixels = this.#row.getContext("2d", { willReadFrequently: true });
  readonly seen = new Map<number, Seen>();

  constructor(who: number) {
    this.#who = who;
    const look = () => {
      this.#look();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  #look(): void {
    for (const element of document.querySelectorAll<HTMLVideoElement | HTMLCanvasElement>("video, canvas")) {
      const looked = this.#looked.get(element) ?? this.#find(element);
      // who paints a canvas says to nobody that a picture is new: it is read each time
      const isVideo = element instanceof HTMLVideoElement;
      if (!isVideo || looked.new) this.#count(element, looked, isVideo);
    }
  }

  #find(element: HTMLVideoElement | HTMLCanvasElement): Looked {
    const looked: Looked = { new: false, unread: 0, from: null, last: -1 };
    this.#looked.set(element, looked);
    if (element instanceof HTMLVideoElement) {
      const again = () => {
        looked.new = true;
        element.requestVideoFrameCallback(again);
      };
      again();
    }
    return looked;
  }

  #count(element: HTMLVideoElement | HTMLCanvasElement, looked: Looked, isVideo: boolean): void {
    looked.new = false;
    looked.unread += 1;
    const due = !isVideo || looked.from === null || looked.unread >= this.#pause(looked.from);
    const now = Date.now();
    const stamp = due ? this.#read(element) : null;
    if (due) looked.unread = 0;
    if (stamp !== null) {
      if (!isVideo && stamp.ms === looked.last) return;
      looked.last = stamp.ms;
      looked.from = stamp.who;
    }
    if (looked.from === null || looked.from === this.#who || (!isVideo && stamp === null)) return;
    const seen = this.seen.get(looked.from) ?? { first: now, shown: [], ages: [], heights: [] };
    this.seen.set(looked.from, seen);
    seen.shown.push(now);
    const height = element instanceof HTMLVideoElement ? element.videoHeight : element.height;
    if (seen.heights.at(-1)?.height !== height) seen.heights.push({ at: now, height });
    if (stamp !== null && ageOf(stamp, now) < AGE_MAX_MS) seen.ages.push(ageOf(stamp, now));
  }

  #pause(from: number): number {
    return from === this.#who ? READ_OWN_EVERY : READ_EVERY;
  }

  #read(element: HTMLVideoElement | HTMLCanvasElement): Stamp | null {
    const isVideo = element instanceof HTMLVideoElement;
    const width = isVideo ? element.videoWidth : element.width;
    const height = (isVideo ? element.videoHeight : element.height) * BARS_HEIGHT;
    if (width === 0 || height === 0 || this.#pixels === null || !element.checkVisibility()) return null;
    this.#pixels.drawImage(element, 0, height / 4, width, height / 2, 0, 0, BARS, 1);
    const { data } = this.#pixels.getImageData(0, 0, BARS, 1);
    return stampOf(data.filter((_, i) => i % 4 === 1));
  }
}
