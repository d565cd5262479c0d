/** Media capture in browsers that have it each in their own way; the DOM types know half of it. */

/** Frames of a camera, read one by one. Chromium has it on the page, Safari in workers. */
export type TrackProcessor = { readonly readable: ReadableStream<VideoFrame> };
type ProcessorClass = new (init: {
  readonly track: unknown;
  readonly maxBufferSize?: number;
}) => TrackProcessor;

/** A track made of frames that are written: Chromium's, on the page. It is a track itself. */
export type TrackGenerator = { readonly writable: WritableStream<VideoFrame> };
type GeneratorClass = new (init: { readonly kind: "video" }) => TrackGenerator;

/** What this place has of both. */
export function trackParts(): {
  readonly Processor: ProcessorClass | null;
  readonly Generator: GeneratorClass | null;
} {
  const { MediaStreamTrackProcessor = null, MediaStreamTrackGenerator = null } = globalThis as {
    MediaStreamTrackProcessor?: ProcessorClass;
    MediaStreamTrackGenerator?: GeneratorClass;
  };
  return { Processor: MediaStreamTrackProcessor, Generator: MediaStreamTrackGenerator };
}
