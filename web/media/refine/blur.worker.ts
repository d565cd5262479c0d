/** The worker that blurs: reads frames, puts the person before a soft background, hands them on. A frame that it could not refine goes
 * nowhere. */
import { readFrames } from "../frames-in.ts";
import { trackParts } from "../track-types.ts";
import type { BlurOrder, BlurOut, BlurTold } from "./blur-messages.ts";
import { Composer } from "./composer.ts";
import { loadSegmenter } from "./segmenter.ts";

/** So often the page hears how long frames take. */
const TELL_MS = 1_000;

const tell = (message: BlurTold, transfer: Transferable[] = []) => postMessage(message, { transfer });
type Send = (canvas: OffscreenCanvas, timestamp: number) => void;
let running: { readonly composer: Composer; readonly send: Send } | null = null;
let composer: Composer | null = null;
let times: number[] = [];
let toldAt = -Infinity;

loadSegmenter().then(
  (segment) => {
    composer = new Composer(segment);
    tell({ t: "ready", readsTracks: trackParts().Processor !== null });
  },
  () => tell({ t: "failed" }),
);

addEventListener("message", ({ data }: MessageEvent<BlurOrder>) => {
  if (data.t === "frame") return refine(data.frame);
  if (composer === null) return;
  if (data.t === "every") composer.every = data.frames;
  else {
    running = { composer, send: sender(data.out) };
    readFrames(data.frames, refine);
  }
});

function sender(out: BlurOut): Send {
  if (out.by === "page") {
    return (canvas) => {
      const bitmap = canvas.transferToImageBitmap();
      tell({ t: "picture", bitmap }, [bitmap]);
    };
  }
  const writer = out.writable.getWriter();
  return (canvas, timestamp) => {
    const frame = new VideoFrame(canvas, { timestamp, alpha: "discard" });
    // the track closes what it takes; one that has ended takes nothing
    writer.write(frame).catch(() => frame.close());
  };
}

function refine(frame: VideoFrame): void {
  const begin = performance.now();
  try {
    running?.send(running.composer.compose(frame), frame.timestamp);
  } catch {
    running = null;
    tell({ t: "failed" });
  } finally {
    frame.close();
  }
  if (running !== null) took(begin);
}

function took(begin: number): void {
  const now = performance.now();
  times.push(now - begin);
  if (now - toldAt < TELL_MS) return;
  tell({ t: "took", times });
  times = [];
  toldAt = now;
}
