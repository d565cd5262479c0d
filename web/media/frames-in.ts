/** Frames of a track as they come into the sending worker, in whichever way this browser can. */
import type { Frames } from "./messages.ts";
import { trackParts } from "./track-types.ts";

/** Calls `take` with each frame, which is the taker's to close, until the answer is called. */
export function readFrames(frames: Frames, take: (frame: VideoFrame) => void): () => void {
  const readable = readableOf(frames);
  if (readable === null) return () => {};
  const reader = readable.getReader();
  let isOver = false;
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // one that was under way when the source was changed
      if (isOver) value.close();
      else take(value);
    }
  };
  read().catch(() => {});
  return () => {
    isOver = true;
    reader.cancel().catch(() => {});
  };
}

function readableOf(frames: Frames): ReadableStream<VideoFrame> | null {
  if (frames.by === "readable") return frames.readable;
  const { Processor } = trackParts();
  return frames.by === "track" && Processor ? new Processor({ track: frames.track }).readable : null;
}
