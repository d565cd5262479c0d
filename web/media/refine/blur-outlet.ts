/** Where blurred frames become a track again: by the browser's generator, else by a canvas of the page. */
import { trackParts } from "../track-types.ts";
import type { BlurOut } from "./blur-messages.ts";

export type BlurOutlet = {
  readonly track: MediaStreamTrack;
  readonly out: BlurOut;
  /** Shows a frame that the worker sent back. */
  paint(bitmap: ImageBitmap): void;
};

export function openOutlet(): BlurOutlet {
  const { Generator } = trackParts();
  return Generator ? byGenerator(new Generator({ kind: "video" })) : byCanvas();
}

function byGenerator(generator: { readonly writable: WritableStream<VideoFrame> }): BlurOutlet {
  return {
    // Chromium's generator is a track; the types do not know it
    track: generator as unknown as MediaStreamTrack,
    out: { by: "track", writable: generator.writable },
    paint: (bitmap) => bitmap.close(),
  };
}

function byCanvas(): BlurOutlet {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("bitmaprenderer");
  const [track] = canvas.captureStream().getVideoTracks();
  if (!brush || !track) throw new Error("no canvas to show on");
  return {
    track,
    out: { by: "page" },
    paint: (bitmap) => {
      if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
      if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
      brush.transferFromImageBitmap(bitmap);
    },
  };
}
