/** The hook for blur and noise suppression: whatever a refiner does, there is a track to send, and what is stopped stays stopped. */
import { expect, test } from "bun:test";
import { Capture } from "./capture.ts";
import { isCameraOn } from "./captured.ts";
import { type Refiner, START_MS } from "./refining.ts";
import { FakeDevices, FakeTrack } from "./testing/fake-devices.ts";
import { HandClock } from "./testing/hand-clock.ts";

async function opened() {
  const devices = new FakeDevices();
  const clock = new HandClock();
  const capture = new Capture(devices.real, () => undefined, { clock });
  await capture.open();
  return { devices, clock, capture };
}

/** A refiner that notes what it made and what it was told to stop. */
function refiner() {
  const made: { from: MediaStreamTrack; track: FakeTrack; stopped: boolean }[] = [];
  const run: Refiner = async (from) => {
    const one = { from, track: new FakeTrack("video", `refined ${made.length}`), stopped: false };
    made.push(one);
    const stop = () => {
      one.stopped = true;
    };
    return { track: one.track.real, stop };
  };
  return { made, run };
}

test("what is shown and sent is the refined track; the device keeps its own; off brings the plain one back", async () => {
  const { devices, capture } = await opened();
  const { made, run } = refiner();
  await capture.setRefine("camera", run);
  expect(capture.captured.camera).toBe(made[0]?.track.real ?? null);
  expect(capture.source("camera")).toBe(devices.newest("video").real);
  expect(capture.captured.refining.camera).toBe("on");
  await capture.setRefine("camera", null);
  expect(capture.captured.camera).toBe(devices.newest("video").real);
  expect(capture.captured.refining.camera).toBe("off");
  expect(made[0]?.stopped).toBe(true);
});

test("another device passes through it, and meanwhile the plain picture does not flash up", async () => {
  const seen: (string | null)[] = [];
  const { made, run } = refiner();
  const capture = new Capture(new FakeDevices().real, () => seen.push(idOf(capture.captured.camera)));
  await capture.open();
  await capture.setRefine("camera", run);
  seen.length = 0;
  await capture.choose("camera", "cam");
  await Bun.sleep(0);
  expect(seen).not.toContain("cam");
  expect(seen.at(-1)).toBe("refined 1");
  expect(made[0]?.stopped).toBe(true);
});

test("the microphone goes on plain while its refiner starts, and mute holds on both", async () => {
  const { devices, capture } = await opened();
  capture.setMuted(true);
  const { made, run } = refiner();
  await capture.setRefine("microphone", run);
  await Bun.sleep(0);
  expect(made[0]?.track.enabled).toBe(false);
  capture.setMuted(false);
  expect(made[0]?.track.enabled).toBe(true);
  const again = capture.choose("microphone", "mic");
  await Bun.sleep(0);
  await again;
  expect(devices.newest("audio").enabled).toBe(true);
});

test("a camera whose blur fails, throws at once or ends by itself goes dark, and says so; plain only when asked for", async () => {
  const { devices, capture } = await opened();
  const plain = devices.newest("video").real;
  const fails: Refiner[] = [
    () => Promise.reject(new Error("no")),
    () => {
      throw new Error("no");
    },
  ];
  for (const fail of fails) {
    await capture.setRefine("camera", fail);
    expect(capture.captured.camera).toBeNull();
    expect(capture.captured.refining.camera).toBe("failed");
  }
  const { made, run } = refiner();
  await capture.setRefine("camera", run);
  made[0]?.track.end();
  expect(capture.captured.camera).toBeNull();
  expect(capture.captured.refining.camera).toBe("failed");
  expect(made[0]?.stopped).toBe(true);
  await capture.setRefine("camera", null);
  expect(capture.captured.camera).toBe(plain);
});

test("a microphone whose refiner fails goes on plain", async () => {
  const { capture } = await opened();
  await capture.setRefine("microphone", () => Promise.reject(new Error("no")));
  await Bun.sleep(0);
  expect(capture.captured.microphone).toBe(capture.source("microphone"));
  expect(capture.captured.refining.microphone).toBe("failed");
});

test("noise is taken away once: the microphone is opened anew without the browser's own, and with it again after", async () => {
  const { capture, devices } = await opened();
  const asked = () => {
    const audio = devices.asked.at(-1)?.audio;
    return typeof audio === "object" ? audio : {};
  };
  expect(asked().noiseSuppression).toBe(true);
  await capture.setRefine("microphone", refiner().run);
  expect(asked().noiseSuppression).toBe(false);
  expect(asked().echoCancellation).toBe(true);
  await capture.setRefine("microphone", null);
  expect(asked().noiseSuppression).toBe(true);
  expect(
    devices.given.filter(({ kind, readyState }) => kind === "audio" && readyState === "live"),
  ).toHaveLength(1);
});

test("a camera opened with a refiner set is not sent plain for a moment, the first time too", async () => {
  const seen: (string | null)[] = [];
  const { run } = refiner();
  const capture = new Capture(new FakeDevices().real, () => seen.push(idOf(capture.captured.camera)));
  await capture.setRefine("camera", run);
  await capture.open();
  await Bun.sleep(0);
  expect(seen.filter((id) => id !== null)).not.toHaveLength(0);
  for (const id of seen) expect([null, "refined 0"]).toContain(id);
});

test("one press while the blur starts switches the camera off, and the next brings it back", async () => {
  const { devices, capture } = await opened();
  const starts: (() => void)[] = [];
  const slow: Refiner = () =>
    new Promise((resolve) => {
      const track = new FakeTrack("video", "blurred").real;
      starts.push(() => resolve({ track, stop: () => undefined }));
    });
  void capture.setRefine("camera", slow);
  expect([capture.captured.camera, isCameraOn(capture.captured)]).toEqual([null, true]);
  await capture.toggleCamera();
  expect([capture.source("camera"), isCameraOn(capture.captured)]).toEqual([null, false]);
  expect(devices.newest("video").readyState).toBe("ended");
  void capture.toggleCamera();
  await Bun.sleep(0);
  for (const start of starts) start();
  await Bun.sleep(0);
  expect(idOf(capture.captured.camera)).toBe("blurred");
});

test("one that never begins has failed after a while, and is stopped should it come after all", async () => {
  const { clock, capture } = await opened();
  const late = { stopped: false, come: () => undefined as unknown };
  const done = capture.setRefine(
    "camera",
    () =>
      new Promise((resolve) => {
        const track = new FakeTrack("video", "late").real;
        const stop = () => {
          late.stopped = true;
        };
        late.come = () => resolve({ track, stop });
      }),
  );
  clock.pass(START_MS);
  await done;
  expect(capture.captured.refining.camera).toBe("failed");
  late.come();
  await Bun.sleep(0);
  expect(late.stopped).toBe(true);
  expect(capture.captured.camera).toBeNull();
});

test("closing stops what was made and the device; two quick changes keep only the last", async () => {
  const { devices, capture, clock } = await opened();
  const { made, run } = refiner();
  await Promise.all([capture.setRefine("camera", run), capture.setRefine("camera", run)]);
  expect(made.map(({ stopped }) => stopped)).toEqual([true, false]);
  capture.closeAll();
  expect(made[1]?.stopped).toBe(true);
  expect(devices.given.every(({ readyState }) => readyState === "ended")).toBe(true);
  expect(clock.pending).toBe(0);
  expect(capture.captured.camera).toBeNull();
});

const idOf = (track: MediaStreamTrack | null) => (track as unknown as FakeTrack | null)?.deviceId ?? null;
