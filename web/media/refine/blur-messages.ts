/** What the page and the worker that blurs say to each other. */
import type { Frames } from "../messages.ts";

/** Where refined frames go: into a track's own stream, or back to the page. */
export type BlurOut =
  | { readonly by: "track"; readonly writable: WritableStream<VideoFrame> }
  | { readonly by: "page" };

export type BlurOrder =
  | { readonly t: "start"; readonly frames: Frames; readonly out: BlurOut }
  | { readonly t: "frame"; readonly frame: VideoFrame }
  /** Looks for the person in every n-th frame only. */
  | { readonly t: "every"; readonly frames: number };

export type BlurTold =
  /** Program and model are there. `readsTracks`: this worker can read a track that is handed over. */
  | { readonly t: "ready"; readonly readsTracks: boolean }
  /** A refined frame, where the page paints it. */
  | { readonly t: "picture"; readonly bitmap: ImageBitmap }
  /** Once a second: how long each frame took, in ms. The first of them means that refined frames go out. */
  | { readonly t: "took"; readonly times: readonly number[] }
  | { readonly t: "failed" };
