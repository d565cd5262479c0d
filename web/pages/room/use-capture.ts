/** Camera, microphone and screen of this device for a page: opened once, followed, let go with the page. */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import { Capture, type Captured } from "../../call/capture.ts";
import { type Devices, watchDevices } from "../../call/devices.ts";
import { type RefineView, useRefine } from "./use-refine.ts";
import { watched } from "./watched.ts";

export type CaptureView = {
  readonly capture: Capture;
  readonly captured: Accessor<Captured>;
  readonly devices: Accessor<Devices>;
  /** Loudspeaker chosen in the menu; empty is the system's own. */
  readonly speaker: Accessor<string>;
  readonly chooseSpeaker: (id: string) => void;
  /** Blur and noise suppression. */
  readonly refine: RefineView;
};

/** `onChange` is told after every change of what is captured. */
export function useCapture(onChange: () => void): CaptureView {
  // what was chosen before is told while this page is still being made
  let follow = () => {};
  const capture: Capture = new Capture(navigator.mediaDevices, () => {
    set(capture.captured);
    follow();
    onChange();
  });
  const [captured, set] = createSignal(capture.captured);
  const [speaker, chooseSpeaker] = createSignal("");
  const refine = useRefine(capture);
  const watch = watchDevices(navigator.mediaDevices);
  follow = () => {
    refine.changed();
    watch.refresh();
  };
  onCleanup(() => {
    watch.stop();
    capture.close();
  });
  return { capture, captured, devices: watched(watch.list), speaker, chooseSpeaker, refine: refine.view };
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
