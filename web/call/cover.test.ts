/** "Jemand kommt herein": everything off in one press, and back exactly as it was; the therapist is told, nobody else. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { Capture } from "./capture.ts";
import { CALM_MS, Cover, type CoverParts } from "./cover.ts";
import type { Kind } from "./opening.ts";
import { PICKED_MS } from "./sharing.ts";
import { FakeDevices } from "./testing/fake-devices.ts";
import { FakePlane } from "./testing/fake-plane.ts";
import { HandClock } from "./testing/hand-clock.ts";
import {
  begin,
  end,
  mine,
  openClient,
  openDesk,
  openRoom,
  other,
  running,
  settle,
} from "./testing/practice.ts";

const track = {} as MediaStreamTrack;

/** Devices that open when they are let to. */
class Devices {
  captured = { microphone: track, camera: track, screen: null, muted: false } as {
    -readonly [K in keyof CoverParts["capture"]["captured"]]: CoverParts["capture"]["captured"][K];
  };
  onChange: () => void = () => undefined;
  opening: (() => void)[] = [];

  source(kind: Kind) {
    return this.captured[kind];
  }
  isPicking = false;
  isComing(kind: Kind) {
    return this.captured[kind] !== null;
  }
  closeAll() {
    Object.assign(this.captured, { microphone: null, camera: null, screen: null });
    this.onChange();
  }
  retry(kind: Kind) {
    return new Promise<void>((done) => {
      this.opening.push(() => {
        this.captured[kind] = track;
        this.onChange();
        done();
      });
    });
  }
  setCamera(_on: boolean) {
    return this.retry("camera");
  }
  async open() {
    for (let next = this.opening.shift(); next; next = this.opening.shift()) {
      next();
      for (let i = 0; i < 9; i++) await Promise.resolve();
    }
  }
  get on() {
    const { microphone, camera, screen } = this.captured;
    return [microphone, camera, screen].map((each) => each !== null);
  }
}

function made(covered = false) {
  const devices = new Devices();
  const clock = new HandClock();
  const done: string[] = [];
  const call = { isOn: true };
  const cover = new Cover(
    {
      now: () => clock.now(),
      capture: devices,
      isOn: () => call.isOn,
      silence: (silent) => done.push(silent ? "silent" : "heard"),
      tell: (away) => done.push(away ? "away" : "back"),
      keep: (kept) => done.push(kept ? "kept" : "forgotten"),
    },
    covered,
  );
  devices.onChange = () => cover.changed();
  return { cover, devices, clock, done, call };
}

test("one press: every device is let go, nobody is heard, the therapist is told; back the same way", async () => {
  const { cover, devices, done } = made();
  devices.captured.screen = track;
  cover.cover();
  expect(devices.on).toEqual([false, false, false]);
  expect(done).toEqual(["silent", "kept", "away"]);
  const back = cover.uncover();
  await devices.open();
  await back;
  // the screen was ended: sharing it again is a choice of its own
  expect(devices.on).toEqual([true, true, false]);
  expect(done.slice(3)).toEqual(["heard", "forgotten", "back"]);
});

test("what was off stays off", async () => {
  const { cover, devices } = made();
  devices.captured.camera = null;
  devices.captured.muted = true;
  cover.cover();
  const back = cover.uncover();
  await devices.open();
  await back;
  expect(devices.on).toEqual([true, false, false]);
  expect(devices.captured.muted).toBe(true);
});

test("a camera that opens late, or a key that unmutes, is closed again under the cover", async () => {
  const { cover, devices } = made();
  void devices.setCamera(true);
  cover.cover();
  await devices.open();
  expect(devices.on).toEqual([false, false, false]);
});

test("covered again while the devices come back: nothing opens, and the next time all comes back", async () => {
  const { cover, devices } = made();
  cover.cover();
  void cover.uncover();
  cover.cover();
  await devices.open();
  expect(devices.on).toEqual([false, false, false]);
  const back = cover.uncover();
  await devices.open();
  await back;
  expect(devices.on).toEqual([true, true, false]);
});

test("covered while the browser still asks for the devices: they come with the way back, and none before it", async () => {
  const devices = new FakeDevices();
  const capture: Capture = new Capture(devices.real, () => cover.changed());
  const nothing = () => undefined;
  const parts = { now: () => 0, isOn: () => true, silence: nothing, tell: nothing, keep: nothing };
  const cover: Cover = new Cover({ ...parts, capture }, false);
  const opening = capture.open();
  cover.cover();
  await opening;
  expect(devices.given.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
  await cover.uncover();
  expect(devices.given.slice(2).map(({ kind, readyState }) => [kind, readyState])).toEqual([
    ["audio", "live"],
    ["video", "live"],
  ]);
});

test("a camera that is switched off while the browser asks for it does not come with the way back", async () => {
  const devices = new FakeDevices();
  const capture = new Capture(devices.real, () => undefined);
  const opening = capture.open();
  expect([capture.isComing("camera"), capture.isComing("microphone")]).toEqual([true, true]);
  await capture.setCamera(false);
  expect([capture.isComing("camera"), capture.isComing("microphone")]).toEqual([false, true]);
  await opening;
  capture.closeAll();
  expect([capture.isComing("camera"), capture.isComing("microphone")]).toEqual([false, false]);
});

test("leaving full screen covers, but not where the browser's dialog for a shared screen did it", async () => {
  const clock = new HandClock();
  const capture = new Capture(new FakeDevices().real, () => undefined, { clock });
  const nothing = () => undefined;
  const parts = { now: () => 0, isOn: () => true, silence: nothing, tell: nothing, keep: nothing };
  const cover = new Cover({ ...parts, capture }, false);
  await capture.open();
  const picking = capture.shareScreen();
  clock.pass(60_000);
  cover.leftFullScreen();
  expect(cover.state.get()).toBe(false);
  // the browser goes to the tab that was picked
  await picking;
  clock.pass(PICKED_MS - 1);
  cover.leftFullScreen();
  expect([cover.state.get(), capture.captured.screen !== null]).toEqual([false, true]);
  clock.pass(1);
  cover.leftFullScreen();
  expect([cover.state.get(), capture.captured.screen]).toEqual([true, null]);
});

test("a dialog for a shared screen that was called off is none any more: the next Esc counts", async () => {
  const devices = new FakeDevices();
  devices.refuses.display = "NotAllowedError";
  const capture = new Capture(devices.real, () => undefined, { clock: new HandClock() });
  const picking = capture.shareScreen();
  expect(capture.isPicking).toBe(true);
  await picking;
  expect(capture.isPicking).toBe(false);
});

test("a key pressed again and again in a fright covers, and brings back only after a moment of calm", () => {
  const { cover, clock } = made();
  for (let i = 0; i < 4; i++) {
    cover.press();
    clock.pass(CALM_MS / 5);
  }
  expect(cover.state.get()).toBe(true);
  clock.pass(CALM_MS);
  cover.press();
  expect(cover.state.get()).toBe(false);
});

test("a call that ended meanwhile, or a page loaded anew, opens no device by itself", async () => {
  const over = made();
  over.cover.cover();
  over.call.isOn = false;
  await over.cover.uncover();
  expect(over.devices.on).toEqual([false, false, false]);
  const anew = made(true);
  expect(anew.cover.state.get()).toBe(true);
  await anew.cover.uncover();
  expect([anew.devices.opening.length, anew.done]).toEqual([0, ["heard", "forgotten", "back"]]);
});

describe("the therapist's sign", () => {
  beforeEach(begin);
  afterAll(end);
  const away = (desk: ReturnType<typeof openDesk>) => desk.desk.state.get().visitors.map(({ away }) => away);

  test("comes sealed, and again after a new handshake", async () => {
    const { desk, room, client } = await running();
    expect(away(desk)).toEqual([false]);
    client.call.setAway(true);
    await settle();
    expect(away(desk)).toEqual([true]);
    // the therapist's page loads anew
    desk.gone();
    await settle();
    const next = openDesk();
    await settle();
    next.enter(room);
    await settle();
    expect(next.desk.state.get().visitors.map(({ at, away }) => [at, away])).toEqual([["in", true]]);
    client.call.setAway(false);
    await settle();
    expect(away(next)).toEqual([false]);
  });

  test("in a group the others hear nothing of it, and nobody is heard here", async () => {
    const desk = openDesk();
    const room = await openRoom(mine.rid, other.rid);
    desk.enter(room);
    const clients = [openClient(), openClient(undefined, other)] as const;
    await settle();
    for (const client of clients) client.join();
    await settle();
    for (const client of clients) client.call.enterGroup();
    for (let i = 0; i < 20; i++) await settle();
    expect(desk.seen().map(({ at }) => at)).toEqual(["in", "in"]);
    const before = JSON.stringify(clients[1].call.state.get());
    clients[0].call.setAway(true);
    await settle();
    expect(away(desk).sort()).toEqual([false, true]);
    expect(JSON.stringify(clients[1].call.state.get())).toBe(before);
    expect(FakePlane.all.filter(({ isSilent }) => isSilent).map(({ slot }) => slot)).toEqual([1]);
  });

  test("before being let in nothing of it is said", async () => {
    const desk = openDesk(true);
    const room = await openRoom(mine.rid);
    desk.enter(room);
    const client = openClient();
    await settle();
    client.join();
    await settle();
    client.call.setAway(true);
    await settle();
    expect(desk.desk.state.get().visitors.map(({ at, away }) => [at, away])).toEqual([["asks", false]]);
  });
});
