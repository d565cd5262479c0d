/** Camera, microphone and screen of this device for a page: opened once, followed, let go with the page. */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import { Capture, type Captured } from "../../call/capture.ts";
import { type Devices, watchDevices } from "../../call/devices.ts";
import { watched } from "./watched.ts";

export type CaptureView = {
  readonly capture: Capture;
  readonly captured: Accessor<Captured>;
  readonly devices: Accessor<Devices>;
  /** Loudspeaker chosen in the menu; empty is the system's own. */
  readonly speaker: Accessor<string>;
  readonly chooseSpeaker: (id: string) => void;
};

/** `onChange` is told after every change of what is captured. */
export function useCapture(onChange: () => void): CaptureView {
  const capture: Capture = new Capture(navigator.mediaDevices, () => {
    set(capture.captured);
    watch.refresh();
    onChange();
  });
  const [captured, set] = createSignal(capture.captured);
  const [speaker, chooseSpeaker] = createSignal("");
  const watch = watchDevices(navigator.mediaDevices);
  onCleanup(() => {
    watch.stop();
    capture.close();
  });
  return { capture, captured, devices: watched(watch.list), speaker, chooseSpeaker };
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
