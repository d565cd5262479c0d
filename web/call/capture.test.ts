/** Devices come, go, are refused and taken away: what is captured follows, the person is told, and nothing is asked for that was switched off. */
import { expect, test } from "bun:test";
import { Capture, type CaptureParts, HELD_MS } from "./capture.ts";
import { Chosen } from "./chosen.ts";
import type { Refined } from "./refining.ts";
import { camera, FakeDevices, FakeTrack, microphone } from "./testing/fake-devices.ts";
import { HandClock } from "./testing/hand-clock.ts";

async function opened(parts: CaptureParts = {}, devices = new FakeDevices()) {
  const clock = new HandClock(10_000);
  const page = { hidden: false };
  const mixed = { from: null as FakeTrack | null, speaking: null as MediaStreamTrack | null, closed: false };
  const capture = new Capture(devices.real, () => undefined, {
    clock,
    isHidden: () => page.hidden,
    mixing: (sound) => {
      mixed.from = sound as unknown as FakeTrack;
      const track = new FakeTrack("audio", "mix").real;
      return {
        track,
        speak: (one) => {
          mixed.speaking = one;
        },
        close: () => {
          mixed.closed = true;
        },
      };
    },
    ...parts,
  });
  await capture.open();
  return { devices, clock, capture, page, mixed };
}

const idOf = (track: MediaStreamTrack | null) => (track as unknown as FakeTrack | null)?.deviceId ?? null;
const soon = () => Bun.sleep(0);
const memory = () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return { kept, store };
};

test("opens both at once; one missing does not keep the other away", async () => {
  const { devices, capture } = await opened();
  expect(devices.asked).toHaveLength(1);
  expect(idOf(capture.captured.camera)).toBe("cam");
  const alone = await opened({}, new FakeDevices([microphone("mic")]));
  expect(idOf(alone.capture.captured.microphone)).toBe("mic");
  expect(alone.capture.captured.problems).toEqual({ camera: "none" });
});

test("no devices at all on an insecure address, and each refusal has its own word", async () => {
  const capture = new Capture(undefined, () => undefined);
  await capture.open();
  expect(capture.captured.problems).toEqual({ microphone: "insecure", camera: "insecure" });
  for (const [name, word] of [
    ["NotAllowedError", "blocked"],
    ["NotReadableError", "busy"],
    ["TypeError", "failed"],
  ] as const) {
    const devices = new FakeDevices();
    devices.refuses = { video: name };
    const one = await opened({}, devices);
    expect(one.capture.captured.problems).toEqual({ camera: word });
    expect(idOf(one.capture.captured.microphone)).toBe("mic");
    devices.refuses = {};
    await one.capture.retry("camera");
    expect(one.capture.captured.problems).toEqual({});
  }
});

test("a microphone pulled out in the call: the next one takes over, muted as before, and it is said by name", async () => {
  const both = [camera("cam"), microphone("headset"), microphone("built-in")];
  const { devices, capture } = await opened({}, new FakeDevices(both));
  capture.setMuted(true);
  devices.plug(
    [camera("cam"), microphone("built-in")].map(
      (one) => both.find((b) => b.deviceId === one.deviceId) ?? one,
    ),
  );
  await soon();
  expect(idOf(capture.captured.microphone)).toBe("built-in");
  expect(capture.captured.microphone?.enabled).toBe(false);
  expect(capture.captured.swaps).toEqual({
    microphone: { why: "gone", from: "The headset", to: "The built-in" },
  });
  expect(capture.captured.problems).toEqual({});
  capture.dismissSwap("microphone");
  expect(capture.captured.swaps).toEqual({});
});

test("the only camera pulled out: said, the microphone goes on, and plugged again one press brings it", async () => {
  const { devices, capture } = await opened();
  const mic = capture.captured.microphone;
  devices.plug(devices.plugged.filter(({ kind }) => kind !== "videoinput"));
  await soon();
  expect(capture.captured.camera).toBeNull();
  expect(capture.captured.problems).toEqual({ camera: "none" });
  expect(capture.captured.microphone).toBe(mic);
  devices.plug([...devices.plugged, camera("cam")]);
  await capture.retry("camera");
  expect(idOf(capture.captured.camera)).toBe("cam");
});

test("a device that ends at once again is not asked for for ever", async () => {
  const { devices, capture, clock } = await opened();
  devices.newest("audio").end();
  await soon();
  devices.newest("audio").end();
  await soon();
  expect(capture.captured.problems).toEqual({ microphone: "busy" });
  expect(devices.given.filter(({ kind }) => kind === "audio")).toHaveLength(2);
  clock.pass(60_000);
  await capture.retry("microphone");
  devices.newest("audio").end();
  await soon();
  expect(capture.captured.problems).toEqual({});
});

test("a chosen device is remembered and used next time; one that is away then is no error", async () => {
  const { store, kept } = memory();
  const two = () => new FakeDevices([camera("cam"), camera("desk"), microphone("mic")]);
  const first = await opened({ chosen: new Chosen(store) }, two());
  await first.capture.choose("camera", "desk");
  expect(idOf(first.capture.captured.camera)).toBe("desk");
  expect([...kept.values()]).toEqual(['{"camera":"desk"}']);
  const second = await opened({ chosen: new Chosen(store) }, two());
  expect(idOf(second.capture.captured.camera)).toBe("desk");
  const away = await opened({ chosen: new Chosen(store) });
  expect(idOf(away.capture.captured.camera)).toBe("cam");
  expect(away.capture.captured.problems).toEqual({});
});

test("whatever stands in the store, or a store that throws, is no error", () => {
  for (const text of ["", "[", "null", "7", '{"camera":7,"speaker":""}', `{"camera":"${"x".repeat(300)}"}`]) {
    const chosen = new Chosen({ getItem: () => text, setItem: () => undefined });
    expect([chosen.get("camera"), chosen.get("speaker")]).toEqual([null, null]);
  }
  const no = () => {
    throw new DOMException("no", "SecurityError");
  };
  const chosen = new Chosen({ getItem: no, setItem: no });
  chosen.set("camera", "a");
  expect(chosen.get("camera")).toBe("a");
});

test("a chosen device that cannot be opened leaves the one before, and says so", async () => {
  const { devices, capture } = await opened(
    {},
    new FakeDevices([camera("cam"), camera("desk"), microphone("mic")]),
  );
  devices.busy.set("desk", "NotReadableError");
  await capture.choose("camera", "desk");
  expect(idOf(capture.captured.camera)).toBe("cam");
  expect(capture.captured.swaps.camera?.why).toBe("refused");
  expect(capture.captured.problems).toEqual({});
});

test("the page comes back: what ended there is asked for anew, what is off stays off, what is held back is swapped after a while", async () => {
  const { devices, capture, page, clock } = await opened();
  page.hidden = true;
  devices.newest("audio").end();
  devices.newest("video").end();
  await soon();
  expect(capture.captured.problems).toEqual({ microphone: "busy", camera: "busy" });
  page.hidden = false;
  await capture.returned();
  expect(capture.captured.problems).toEqual({});
  expect(capture.captured.swaps).toEqual({});
  await capture.setCamera(false);
  const asked = devices.asked.length;
  await capture.returned();
  expect(devices.asked).toHaveLength(asked);

  const held = devices.newest("audio");
  held.hold(true);
  await capture.returned();
  held.hold(false);
  clock.pass(HELD_MS);
  expect(devices.asked, "it came back by itself").toHaveLength(asked);
  held.hold(true);
  await capture.returned();
  clock.pass(HELD_MS);
  await soon();
  expect(devices.asked).toHaveLength(asked + 1);
  expect(held.readyState).toBe("ended");
});

test("permission taken away is said as that, and given again it comes by itself; never what was switched off", async () => {
  const { devices, capture } = await opened();
  await capture.permitted("camera", false);
  expect(capture.captured.problems).toEqual({ camera: "blocked" });
  await capture.returned();
  expect(capture.captured.camera).toBeNull();
  await capture.permitted("camera", true);
  expect(idOf(capture.captured.camera)).toBe("cam");
  await capture.setCamera(false);
  const asked = devices.asked.length;
  await capture.permitted("camera", true);
  expect(devices.asked).toHaveLength(asked);
});

test("[journey 9] screen share cancelled: all stays as it was, with no error, also what is shared already", async () => {
  const { devices, capture } = await opened();
  const before = capture.captured;
  devices.refuses.display = "NotAllowedError";
  expect(await capture.shareScreen()).toBe(false);
  expect(capture.captured).toEqual(before);
  devices.refuses = {};
  expect(await capture.shareScreen()).toBe(true);
  const { screen } = capture.captured;
  devices.refuses.display = "NotAllowedError";
  expect(await capture.shareScreen()).toBe(false);
  expect(capture.captured.screen).toBe(screen);
});

test("[journey 9] the camera may be off while sharing, and off is what it is afterwards", async () => {
  const { devices, capture } = await opened();
  await capture.setCamera(false);
  await capture.shareScreen();
  devices.newest("video").end();
  expect(capture.captured).toMatchObject({ screen: null, camera: null, problems: {} });
});

test("[journey 9] no sound of the tab by default; asked for, it goes with the voice in one track, and the mute is the voice's alone", async () => {
  const { devices, capture, mixed } = await opened();
  devices.screenSounds = true;
  await capture.shareScreen();
  expect(devices.asked.at(-1)?.audio).toBe(false);
  expect(capture.captured.mixed).toBeNull();
  capture.stopScreen();

  capture.setScreenSound(true);
  await capture.shareScreen();
  expect(idOf(capture.captured.mixed)).toBe("mix");
  expect(mixed.speaking).toBe(capture.captured.microphone);
  capture.setMuted(true);
  expect(capture.captured.mixed?.enabled).toBe(true);
  expect(capture.captured.microphone?.enabled).toBe(false);
  await capture.choose("microphone", "mic");
  expect(mixed.speaking).toBe(devices.newest("audio").real);
  capture.setScreenSound(false);
  expect(mixed.from?.enabled).toBe(false);
  capture.stopScreen();
  expect(mixed.closed).toBe(true);
  expect(capture.captured.mixed).toBeNull();
});

test("[journey 9] sound asked for, but what was picked has none: said, and the microphone goes out as before", async () => {
  const { capture } = await opened();
  capture.setScreenSound(true);
  await capture.shareScreen();
  expect(capture.captured).toMatchObject({ screenSound: "none", mixed: null });
  capture.stopScreen();
  expect(capture.captured.screenSound).toBe("on");
});

test("after the call no light stays on, and what comes late is let go at once", async () => {
  const { devices, capture } = await opened();
  await capture.shareScreen();
  capture.closeAll();
  expect(devices.given.every(({ readyState }) => readyState === "ended")).toBe(true);
  const late = capture.open();
  capture.closeAll();
  await late;
  expect(capture.captured.camera).toBeNull();
  await capture.returned();
  expect(devices.given.every(({ readyState }) => readyState === "ended")).toBe(true);
  const later = capture.open();
  capture.close();
  await later;
  expect(devices.given.every(({ readyState }) => readyState === "ended")).toBe(true);
  expect(await capture.shareScreen()).toBe(false);
  expect(devices.newest("video").readyState).toBe("ended");
});

test("microphone alone where the camera was switched off before opening", async () => {
  const devices = new FakeDevices();
  const capture = new Capture(devices.real, () => undefined);
  await capture.setCamera(false);
  await capture.open();
  expect(devices.given.map(({ kind }) => kind)).toEqual(["audio"]);
  expect(capture.captured.problems).toEqual({});
});

test("muted while the noise is taken away, or while that begins: unmuted, the voice goes out", async () => {
  const { devices, capture } = await opened();
  const refined = new FakeTrack("audio", "calm");
  let begin: () => void = () => undefined;
  const refiner = () =>
    new Promise<Refined>((resolve) => {
      begin = () => resolve({ track: refined.real, stop: () => undefined });
    });
  capture.setMuted(true);
  const done = capture.setRefine("microphone", refiner);
  await soon();
  expect(devices.newest("audio").enabled).toBe(false);
  begin();
  await done;
  await soon();
  expect(capture.captured.microphone).toBe(refined.real);
  expect(refined.enabled).toBe(false);
  capture.setMuted(false);
  expect([refined.enabled, devices.newest("audio").enabled]).toEqual([true, true]);
  // what refines listens to the device: another one, while muted, must not stay silent for good either
  capture.setMuted(true);
  const other = capture.choose("microphone", "mic");
  await soon();
  begin();
  await other;
  await soon();
  capture.setMuted(false);
  expect(devices.newest("audio").enabled).toBe(true);
});
