/** Headsets are chosen, offered and lost as one thing; a room's loudspeaker never follows by itself. */
import { expect, test } from "bun:test";
import { Capture } from "./capture.ts";
import { Chosen } from "./chosen.ts";
import { watchDevices } from "./devices.ts";
import { pairsOf } from "./pairs.ts";
import { Speakers } from "./speakers.ts";
import { camera, FakeDevices, microphone, speaker } from "./testing/fake-devices.ts";

const BASE = [
  camera("cam"),
  microphone("built-in", "laptop"),
  speaker("default", "laptop"),
  speaker("laptop-out", "laptop"),
];
const HEADSET = [microphone("headset-mic", "buds"), speaker("headset-out", "buds")];
const soon = async () => {
  for (let i = 0; i < 5; i++) await Bun.sleep(0);
};

async function opened(plugged = BASE, chosen = new Chosen(null)) {
  const devices = new FakeDevices(plugged);
  const capture = new Capture(devices.real, () => undefined);
  await capture.open();
  const watch = watchDevices(devices.real);
  const speakers = new Speakers({ list: watch.list, capture, chosen });
  await soon();
  const used = () => capture.source("microphone")?.getSettings().deviceId;
  return { devices, capture, speakers, used, state: () => speakers.state.get() };
}

test("a headset that is plugged in is offered, and used only on a press, both halves", async () => {
  const { devices, speakers, used, state } = await opened();
  expect(state().offer).toBeNull();
  devices.plug([...BASE, ...HEADSET]);
  await soon();
  expect(state().offer?.name).toBe("The headset-out");
  expect([used(), state().speaker]).toEqual(["built-in", ""]);
  await speakers.accept();
  expect([used(), state().speaker, state().offer]).toEqual(["headset-mic", "headset-out", null]);
});

test("choosing one half chooses the other", async () => {
  const one = await opened([...BASE, ...HEADSET]);
  await one.speakers.chooseMicrophone("headset-mic");
  expect(one.state().speaker).toBe("headset-out");
  const other = await opened([...BASE, ...HEADSET]);
  other.speakers.chooseSpeaker("headset-out");
  await soon();
  expect(other.used()).toBe("headset-mic");
});

test("it goes: both halves fall back to the system's without a press, and it is said", async () => {
  const { devices, capture, speakers, used, state } = await opened([...BASE, ...HEADSET]);
  await speakers.chooseMicrophone("headset-mic");
  devices.plug(BASE);
  await soon();
  expect([used(), state().speaker, state().lost]).toEqual(["built-in", "", "The headset-out"]);
  expect(capture.captured.swaps.microphone?.from).toBe("The headset-mic");
  speakers.dismiss();
  expect(state().lost).toBeNull();
});

test("an offer goes with its headset, and can be declined", async () => {
  const { devices, speakers, state } = await opened();
  devices.plug([...BASE, ...HEADSET]);
  await soon();
  devices.plug(BASE);
  await soon();
  expect(state().offer).toBeNull();
  devices.plug([...BASE, ...HEADSET]);
  await soon();
  speakers.dismiss();
  expect(state().offer).toBeNull();
});

test("a laptop's own loudspeaker never follows its microphone: who listens by headphones is not overheard", async () => {
  const { speakers, state } = await opened();
  await speakers.chooseMicrophone("built-in");
  expect(state().speaker).toBe("");
  const one = (name: string, group = "g") => ({ id: name, name, group });
  const found = (mic: string, out: string) =>
    pairsOf({ cameras: [], microphones: [one(mic)], speakers: [one(out)] }).map(({ name }) => name);
  expect(found("Mikrofonarray (Realtek)", "Lautsprecher (Realtek)")).toEqual([]);
  expect(found("Headset-Mikrofon (Jabra 65)", "Kopfhörer (Jabra 65)")).toEqual(["Jabra 65"]);
  expect(found("WH-1000", "WH-1000")).toEqual(["WH-1000"]);
  expect(found("", "")).toEqual([]);
  expect(pairsOf({ cameras: [], microphones: [one("Headset", "")], speakers: [one("Headset", "")] })).toEqual(
    [],
  );
});

test("the loudspeaker chosen last time is used as soon as it is there; the system's own forgets it", async () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const first = await opened(BASE, new Chosen(store));
  first.speakers.chooseSpeaker("laptop-out");
  const second = await opened(BASE, new Chosen(store));
  expect(second.state().speaker).toBe("laptop-out");
  second.speakers.chooseSpeaker("default");
  const third = await opened(BASE, new Chosen(store));
  expect(third.state().speaker).toBe("");
});
