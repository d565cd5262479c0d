/** Blur and calm as a person meets them: remembered, given up with a word, and never a raw picture that nobody asked for [issue 7.9]. */
import { expect, test } from "bun:test";
import { Capture } from "../capture.ts";
import { FakeDevices, FakeTrack } from "../testing/fake-devices.ts";
import { HandClock } from "../testing/hand-clock.ts";
import type { OpenRefined, Watch } from "./refined.ts";
import { Refinement } from "./refinement.ts";

type Opened = { watch: Watch; signal: AbortSignal; begin(): void; fail(): void };

function stage(kind: "camera" | "microphone", isRemembered = false, remember: () => void = () => undefined) {
  const devices = new FakeDevices();
  const clock = new HandClock();
  const seen: (string | null)[] = [];
  const opened: Opened[] = [];
  const open: OpenRefined = (_, watch, signal) =>
    new Promise((resolve, reject) => {
      const track = new FakeTrack(kind === "camera" ? "video" : "audio", `refined ${opened.length}`).real;
      const begin = () => resolve({ track, stop: () => undefined });
      opened.push({ watch, signal, begin, fail: () => reject(new Error("no")) });
    });
  let kept = isRemembered;
  const remembered = {
    get: () => kept,
    set: (on: boolean) => {
      remember();
      kept = on;
    },
  };
  let refinement: Refinement | undefined;
  const capture = new Capture(
    devices.real,
    () => {
      refinement?.captureChanged();
      seen.push((capture.captured[kind] as unknown as FakeTrack | null)?.deviceId ?? null);
    },
    { clock },
  );
  refinement = new Refinement({ kind, capture, open, remembered });
  const last = () => {
    const one = opened.at(-1);
    if (!one) throw new Error("nothing was opened");
    return one;
  };
  return { devices, clock, capture, refinement, opened, last, seen, kept: () => kept };
}

const settled = () => Bun.sleep(0);

test("off at first: nothing is opened, and the camera goes out as it is", async () => {
  const { capture, opened, refinement } = stage("camera");
  await capture.open();
  await settled();
  expect(opened).toHaveLength(0);
  expect(refinement.state.get()).toEqual({ on: false, isStarting: false, trouble: null });
  expect(capture.captured.camera).toBe(capture.source("camera"));
});

test("remembered: a camera that opens with blur on is never seen without", async () => {
  const { capture, last, seen, refinement } = stage("camera", true);
  await capture.open();
  await settled();
  expect(refinement.state.get().isStarting).toBe(true);
  last().begin();
  await settled();
  expect(refinement.state.get()).toEqual({ on: true, isStarting: false, trouble: null });
  expect(seen).not.toContain("cam");
  expect(seen.at(-1)).toBe("refined 0");
});

test("a device that can remember nothing blurs all the same", async () => {
  const full = () => {
    throw new DOMException("no", "QuotaExceededError");
  };
  const { capture, refinement } = stage("camera", false, full);
  await capture.open();
  refinement.set(true);
  expect(capture.captured.camera).toBeNull();
});

test("switched on in the call and off again, and remembered", async () => {
  const { capture, refinement, last, kept } = stage("camera");
  await capture.open();
  refinement.set(true);
  expect(capture.captured.camera).toBeNull();
  await settled();
  last().begin();
  await settled();
  expect(kept()).toBe(true);
  refinement.set(false);
  expect(last().signal.aborted).toBe(true);
  expect(kept()).toBe(false);
  expect(capture.captured.camera).toBe(capture.source("camera"));
});

for (const why of ["slow", "failed"] as const)
  test(`a blur that is ${why} in the call: the camera is really off, nothing raw goes out until the person says so`, async () => {
    const { capture, refinement, last, seen, devices, kept } = stage("camera", true);
    await capture.open();
    await settled();
    last().begin();
    await settled();
    if (why === "slow") last().watch.onSlow();
    else last().watch.onFailed();
    await settled();
    expect(refinement.state.get()).toEqual({ on: true, isStarting: false, trouble: why });
    expect(capture.captured.camera).toBeNull();
    expect(devices.newest("video").readyState).toBe("ended");
    expect(last().signal.aborted).toBe(true);
    expect(seen).not.toContain("cam");
    expect(kept()).toBe(true);

    refinement.showPlain();
    await settled();
    expect(capture.captured.camera).toBe(devices.newest("video").real);
    expect(refinement.state.get()).toEqual({ on: false, isStarting: false, trouble: null });
    expect(kept()).toBe(false);
  });

test("staying without a picture keeps the blur chosen: the camera's next start tries it again", async () => {
  const { capture, refinement, opened, last, seen } = stage("camera", true);
  await capture.open();
  await settled();
  last().begin();
  await settled();
  last().watch.onSlow();
  refinement.dismiss();
  expect(refinement.state.get()).toEqual({ on: true, isStarting: false, trouble: null });
  await capture.setCamera(true);
  await settled();
  expect(opened).toHaveLength(2);
  expect(seen).not.toContain("cam");
});

test("one that cannot begin, or never does, is said and leaves the camera off", async () => {
  const { capture, refinement, last } = stage("camera", true);
  await capture.open();
  await settled();
  last().fail();
  await settled();
  expect(refinement.state.get().trouble).toBe("failed");
  expect(capture.source("camera")).toBeNull();

  const hanging = stage("camera", true);
  await hanging.capture.open();
  await settled();
  hanging.clock.pass(60_000);
  await settled();
  expect(hanging.refinement.state.get().trouble).toBe("failed");
  expect(hanging.last().signal.aborted).toBe(true);
  expect(hanging.capture.source("camera")).toBeNull();
});

test("a camera switched off, or changed, while its blur begins leaves nothing running", async () => {
  const { capture, last, opened, seen } = stage("camera", true);
  await capture.open();
  await settled();
  await capture.choose("camera", "cam");
  await settled();
  expect(opened[0]?.signal.aborted).toBe(true);
  await capture.setCamera(false);
  expect(last().signal.aborted).toBe(true);
  last().begin();
  await settled();
  expect(capture.captured.camera).toBeNull();
  expect(seen.every((id) => id === null)).toBe(true);
});

test("calm that is slow goes off with a word, the microphone goes on with the browser's own", async () => {
  const { capture, refinement, last, devices, kept } = stage("microphone", true);
  await capture.open();
  await settled();
  expect(devices.newest("audio").noiseSuppression).toBe(false);
  last().begin();
  await settled();
  expect(capture.captured.microphone).not.toBe(capture.source("microphone"));
  last().watch.onSlow();
  await settled();
  expect(refinement.state.get()).toEqual({ on: false, isStarting: false, trouble: "slow" });
  expect(kept()).toBe(false);
  expect(capture.captured.microphone).toBe(devices.newest("audio").real);
  expect(devices.newest("audio").noiseSuppression).toBe(true);
  refinement.dismiss();
  expect(refinement.state.get().trouble).toBeNull();
});
