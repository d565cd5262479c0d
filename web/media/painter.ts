/** Paints decoded frames: into a track that a `<video>` shows, or onto the page's canvas from here. */
import type { Clock } from "../call/clock.ts";
import type { Surface } from "./messages.ts";

/** Frames that wait for the sound. Higher: the decoder runs out of frames. Lower: a picture far ahead shows too early. */
const HELD_MAX = 4;

type Held = { readonly frame: VideoFrame; readonly cancel: () => void };

/** Takes the frame over and closes it. */
type Brush = (frame: VideoFrame) => void;

export class Painter {
  readonly #clock: Clock;
  readonly #onPainted: () => void;
  #brush: Brush | null = null;
  #held: Held[] = [];
  /** The newest frame while there is no surface yet. */
  #first: VideoFrame | null = null;

  constructor(clock: Clock, onPainted: () => void) {
    this.#clock = clock;
    this.#onPainted = onPainted;
  }

  /** From now on there is where to paint. */
  on(surface: Surface): void {
    this.#brush = surface.by === "track" ? trackBrush(surface.writable) : canvasBrush(surface.canvas);
    const first = this.#first;
    this.#first = null;
    if (first !== null) this.#paint(first);
  }

  /** Paints after `wait` ms; frames stay in their order. */
  take(frame: VideoFrame, wait: number): void {
    if (wait <= 0 && this.#held.length === 0) return void this.#paint(frame);
    const held: Held = { frame, cancel: this.#clock.after(wait, () => this.#upTo(held)) };
    this.#held.push(held);
    const [oldest] = this.#held;
    if (this.#held.length > HELD_MAX && oldest !== undefined) this.#upTo(oldest);
  }

  close(): void {
    for (const { frame, cancel } of this.#held) {
      cancel();
      frame.close();
    }
    this.#held = [];
    this.#first?.close();
    this.#first = null;
    this.#brush = null;
  }

  #upTo(last: Held): void {
    const end = this.#held.indexOf(last) + 1;
    for (const { frame, cancel } of this.#held.splice(0, end)) {
      cancel();
      this.#paint(frame);
    }
  }

  #paint(frame: VideoFrame): void {
    if (this.#brush === null) {
      this.#first?.close();
      this.#first = frame;
      return;
    }
    this.#brush(frame);
    this.#onPainted();
  }
}

function trackBrush(writable: WritableStream<VideoFrame>): Brush {
  const writer = writable.getWriter();
  return (frame) => {
    // the track closes what it takes
    writer.write(frame).catch(() => frame.close());
  };
}

function canvasBrush(canvas: OffscreenCanvas): Brush {
  const context = canvas.getContext("2d", { alpha: false });
  return (frame) => {
    const { displayWidth, displayHeight } = frame;
    if (canvas.width !== displayWidth || canvas.height !== displayHeight) {
      canvas.width = displayWidth;
      canvas.height = displayHeight;
    }
    context?.drawImage(frame, 0, 0);
    frame.close();
  };
}
