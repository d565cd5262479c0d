/** Blur and noise suppression of a page: what this browser can do of it, what the person has chosen on this device. What does the work is
 * fetched when it is first switched on. */
import type { Accessor } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import type { Capture } from "../../call/capture.ts";
import { keptFlag } from "../../call/kept-flag.ts";
import type { Kind } from "../../call/opening.ts";
import type { OpenRefined } from "../../call/refine/refined.ts";
import { Refinement, type RefinementState } from "../../call/refine/refinement.ts";
import { fetched } from "../../fetched.ts";
import { watched } from "./watched.ts";

type One = { readonly refinement: Refinement; readonly state: Accessor<RefinementState> };
/** Null: this browser cannot. */
export type RefineView = { readonly [K in Kind]: One | null };

/** What this browser can do of both, in the order it is offered. */
export const able = (view: RefineView) =>
  (["camera", "microphone"] as const).flatMap((kind) => (view[kind] ? [{ kind, ...view[kind] }] : []));

const openers: { readonly [K in Kind]: OpenRefined } = {
  camera: async (...args) => (await fetched(() => import("../../media/refine/blur.ts"))).openBlur(...args),
  microphone: async (...args) =>
    (await fetched(() => import("../../media/refine/calm.ts"))).openCalm(...args),
};

/** To be called before the devices are opened: what was chosen before must not come late. */
export function useRefine(capture: Capture): { readonly view: RefineView; readonly changed: () => void } {
  const one = (kind: Kind): One | null => {
    if (!canRefine(kind)) return null;
    const refinement = new Refinement({
      kind,
      capture,
      open: openers[kind],
      remembered: keptFlag(`tpc-refine-${kind}`, "1", browserStore()),
    });
    return { refinement, state: watched(refinement.state) };
  };
  const view: RefineView = { camera: one("camera"), microphone: one("microphone") };
  const changed = () => {
    view.camera?.refinement.captureChanged();
    view.microphone?.refinement.captureChanged();
  };
  return { view, changed };
}

function canRefine(kind: Kind): boolean {
  if (kind === "microphone")
    return "AudioWorkletNode" in window && "MediaStreamAudioDestinationNode" in window;
  const canRead =
    "MediaStreamTrackProcessor" in window || "requestVideoFrameCallback" in HTMLVideoElement.prototype;
  const canWrite = "MediaStreamTrackGenerator" in window || "captureStream" in HTMLCanvasElement.prototype;
  return canRead && canWrite && "VideoFrame" in window && "OffscreenCanvas" in window;
}
