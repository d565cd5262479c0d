/** What the page mounts for one person, and where the receiving worker paints: a track in a `<video>` where this browser has one
 * (picture-in-picture for nothing, 40 % less work), else a `<canvas>`. */
import type { Surface } from "./messages.ts";
import { trackParts } from "./track-types.ts";

export type Screen = { readonly element: HTMLVideoElement | HTMLCanvasElement; readonly surface: Surface };

/** Makes both; `surface` is to be transferred to the worker. */
export function makeScreen(): Screen {
  const { Generator } = trackParts();
  return Generator ? video(new Generator({ kind: "video" })) : canvas();
}

/** What of a surface is transferred. */
export function transferOf(surface: Surface): Transferable[] {
  return [surface.by === "track" ? surface.writable : surface.canvas];
}

function video(track: { readonly writable: WritableStream<VideoFrame> }): Screen {
  const element = document.createElement("video");
  element.autoplay = true;
  // sound comes from the mixer; a picture that is muted may start without a press
  element.muted = true;
  element.playsInline = true;
  // Chromium's generator is a track; the types do not know it
  element.srcObject = new MediaStream([track as unknown as MediaStreamTrack]);
  const play = () => void element.play().catch(() => {});
  // a browser pauses what is taken out of the page, and leaves it paused when it comes back
  element.addEventListener("pause", play);
  play();
  return { element, surface: { by: "track", writable: track.writable } };
}

function canvas(): Screen {
  const element = document.createElement("canvas");
  return { element, surface: { by: "canvas", canvas: element.transferControlToOffscreen() } };
}
