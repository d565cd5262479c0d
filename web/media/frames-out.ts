/** How the page hands a track's frames to the sending worker: Chromium reads them on the page and gives the stream away, Safari gives a
 * copy of the track away, Firefox plays it in a hidden `<video>` and sends each frame (B1). */
import type { Frames } from "./messages.ts";
import { trackParts } from "./track-types.ts";

export type FramesOut = {
  readonly frames: Frames;
  readonly transfer: Transferable[];
  /** The track is not sent any more. */
  stop(): void;
};

/** `workerReadsTracks`: the worker has a MediaStreamTrackProcessor. `send` is called with each frame where neither way works. */
export function framesOf(
  track: MediaStreamTrack,
  workerReadsTracks: boolean,
  send: (frame: VideoFrame) => void,
): FramesOut {
  const { Processor } = trackParts();
  if (Processor) {
    const { readable } = new Processor({ track });
    return { frames: { by: "readable", readable }, transfer: [readable], stop: () => {} };
  }
  if (workerReadsTracks) {
    // the page's own picture goes on with the first one
    const copy = track.clone();
    return {
      frames: { by: "track", track: copy },
      transfer: [copy as unknown as Transferable],
      stop: () => {},
    };
  }
  return { frames: { by: "page" }, transfer: [], stop: playFrames(track, send) };
}

function playFrames(track: MediaStreamTrack, send: (frame: VideoFrame) => void): () => void {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  video.play().catch(() => {});
  let isOver = false;
  const next = () => {
    if (isOver) return;
    video.requestVideoFrameCallback((_, { mediaTime }) => {
      if (isOver) return;
      send(new VideoFrame(video, { timestamp: Math.round(mediaTime * 1_000_000) }));
      next();
    });
  };
  next();
  return () => {
    isOver = true;
    video.srcObject = null;
  };
}
