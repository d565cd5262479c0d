/** The load generator's own checks: it notices each kind of damage. */
import { beforeAll, describe, expect, test } from "bun:test";
import { keysOfEpoch } from "../../wasm/roster.ts";
import { randomBytes, ready } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { readHeader, STREAM } from "../../wire/frame.ts";
import { Delays } from "./delays.ts";
import { type Fixture, readFixture } from "./fixture.ts";
import { Listener, noFindings } from "./listener.ts";
import { Speaker } from "./speaker.ts";

let fixture: Fixture;
beforeAll(async () => {
  await ready();
  fixture = await readFixture();
});

describe("delays", () => {
  test("percentiles lie at the upper end of their step", () => {
    const delays = new Delays();
    expect(delays.at(50)).toBeNull();
    for (let i = 0; i < 100; i++) delays.add(i / 10 + 0.05);
    expect([delays.at(50), delays.at(99), delays.at(100)]).toEqual([5, 9.9, 10]);
    delays.clear();
    delays.add(60_000);
    expect(delays.at(50)).toBe(5_000.1);
  });
});

describe("the recording", () => {
  test("is what the senders of the product make: constant sound, key frame first, every second picture discardable", () => {
    const [low, high] = fixture.layers;
    expect(new Set(fixture.sound.map(({ length }) => length))).toEqual(new Set([80]));
    for (const layer of [low, high]) {
      expect(layer.map(({ key }) => key)).toEqual(layer.map((_, i) => i === 0));
      expect(layer.map(({ temporal }) => temporal)).toEqual(layer.map((_, i) => i % 2));
    }
    expect([low.length, high.length]).toEqual([30, 60]);
  });
});

/** A speaker in slot 1 and a listener in slot 0 who share an epoch. */
function pair() {
  const pids = [randomBytes(16), randomBytes(16)] as const;
  const roster = pids.map((pid, slot) => ({ pid, slot, name: "" }));
  const epoch = { csid: randomBytes(16), rv: 1, secret: randomBytes(32), roster };
  const speaker = new Speaker({ pid: pids[1], slot: 1 }, fixture, 0, 0);
  speaker.use(keysOfEpoch(epoch, pids[1]));
  const [found, delays] = [noFindings(), new Delays()];
  const lookup = (_: number, stream: number, ctr: number) => speaker.sent(stream, ctr);
  const listener = new Listener({ openEvery: 1, lookup, found, delays });
  listener.install(keysOfEpoch(epoch, pids[0]), 0);
  return { speaker, listener, found, delays };
}

const streamOf = (frame: Bytes) => readHeader(frame)?.stream;

describe("speaker", () => {
  test("sound goes by itself, pictures only while they are wanted, and begin with a key frame", () => {
    const { speaker } = pair();
    expect(speaker.due(0).map(streamOf)).toEqual([STREAM.microphone]);
    speaker.want([STREAM.camera1], 20);
    const [, picture] = speaker.due(20);
    expect(picture && readHeader(picture)).toMatchObject({ stream: STREAM.camera1, key: true, spatial: 1 });
    expect(speaker.due(53.4).map(streamOf)).toEqual([STREAM.microphone, STREAM.camera1]);
    speaker.want([], 60);
    expect(speaker.due(200).map(streamOf)).toEqual([STREAM.microphone]);
  });

  test("a key frame that is asked for is the next one", () => {
    const { speaker } = pair();
    speaker.want([STREAM.camera0], 0);
    const keys = [0, 70, 140].map((now) => {
      if (now === 140) speaker.key(STREAM.camera0);
      const picture = speaker.due(now).find((frame) => streamOf(frame) === STREAM.camera0);
      return picture && readHeader(picture)?.key;
    });
    expect(keys).toEqual([true, false, true]);
  });
});

describe("listener", () => {
  const frames = (speaker: Speaker, count: number) =>
    Array.from({ length: count }, (_, i) => speaker.due(i * 20)[0] ?? new Uint8Array());

  test("what comes as it was sent is right, and its way was as long as it was", () => {
    const { speaker, listener, found, delays } = pair();
    for (const [i, frame] of frames(speaker, 10).entries()) listener.take(frame, i * 20 + 3);
    expect(found).toMatchObject({ frames: 10, opened: 10, wrong: 0, disordered: 0, soundMissing: 0 });
    expect(delays.at(100)).toBeLessThanOrEqual(3.1);
  });

  test("one changed bit is wrong, by the bytes and by the seal", () => {
    const { speaker, listener, found } = pair();
    const [frame = new Uint8Array()] = frames(speaker, 1);
    listener.take(frame.with(30, (frame[30] ?? 0) ^ 1), 5);
    expect(found.wrong).toBe(2);
  });

  test("a frame that came twice or late, and one that never came, are noticed", () => {
    const { speaker, listener, found } = pair();
    const [a, b, , d] = frames(speaker, 4) as [Bytes, Bytes, Bytes, Bytes];
    for (const frame of [b, a, d, d]) listener.take(frame, 100);
    expect(found).toMatchObject({ disordered: 2, soundMissing: 1 });
  });

  test("the ack says how far each stream has come, and how long ago", () => {
    const { speaker, listener } = pair();
    expect(listener.ack(0)).toBeNull();
    const sent = frames(speaker, 3);
    for (const frame of sent) listener.take(frame, 50);
    const bytes = sent.reduce((sum, { length }) => sum + length, 0);
    expect(listener.ack(90)).toEqual({
      t: "ack",
      at: 90,
      late: 0,
      heard: [{ slot: 1, stream: 0, ctr: 2, age: 40, frames: 3, bytes }],
    });
    listener.forget(1);
    expect(listener.ack(91)).toBeNull();
  });
});
