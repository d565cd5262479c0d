/** Camera, microphone and screen of this device for a page: opened once, followed, let go with the page. */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import { browserStore } from "../../call/browser.ts";
import { Capture } from "../../call/capture.ts";
import type { Captured } from "../../call/captured.ts";
import { Chosen } from "../../call/chosen.ts";
import { type Devices, watchDevices } from "../../call/devices.ts";
import { watchOutside } from "../../call/from-outside.ts";
import { type SpeakerState, Speakers } from "../../call/speakers.ts";
import { type RefineView, useRefine } from "./use-refine.ts";
import { watched } from "./watched.ts";

export type CaptureView = {
  readonly capture: Capture;
  readonly captured: Accessor<Captured>;
  readonly devices: Accessor<Devices>;
  readonly speakers: Speakers;
  readonly sounding: Accessor<SpeakerState>;
  /** Loudspeaker chosen in the menu; empty is the system's own. */
  readonly speaker: Accessor<string>;
  readonly chooseSpeaker: (id: string) => void;
  /** Blur and noise suppression. */
  readonly refine: RefineView;
};

/** `onChange` is told after every change of what is captured. */
export function useCapture(onChange: () => void): CaptureView {
  const chosen = new Chosen(browserStore());
  // what was chosen before is told while this page is still being made
  let follow = () => {};
  const capture: Capture = new Capture(
    navigator.mediaDevices,
    () => {
      set(capture.captured);
      follow();
      onChange();
    },
    { chosen, isHidden: () => document.hidden },
  );
  const [captured, set] = createSignal(capture.captured);
  const refine = useRefine(capture);
  const watch = watchDevices(navigator.mediaDevices);
  follow = () => {
    refine.changed();
    watch.refresh();
  };
  const speakers = new Speakers({ list: watch.list, capture, chosen });
  const unwatch = watchOutside(
    { document, window, permissions: navigator.permissions },
    {
      onReturn: () => void capture.returned(),
      onPermission: (kind, isAllowed) => void capture.permitted(kind, isAllowed),
    },
  );
  onCleanup(() => {
    unwatch();
    watch.stop();
    speakers.close();
    capture.close();
  });
  const sounding = watched(speakers.state);
  return {
    capture,
    captured,
    devices: watched(watch.list),
    speakers,
    sounding,
    speaker: () => sounding().speaker,
    chooseSpeaker: (id) => speakers.chooseSpeaker(id),
    refine: refine.view,
  };
}

/** True where the browser will hand out camera and microphone without asking, so that a preview surprises nobody. */
export async function isAllowed(): Promise<boolean> {
  try {
    const names = ["camera", "microphone"] as PermissionName[];
    const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return states.every(({ state }) => state === "granted");
  } catch {
    return false;
  }
}
