/** What decides what is encoded (media.md 3 and 4, research §1.7): sizes, shares of the line, strength of the device, beat of frames. */
import { describe, expect, test } from "bun:test";
import { STREAM } from "../../wire/frame.ts";
import { CAMERA, type Layer, rateFor, SCREEN, sizeFor } from "./layers.ts";
import { Pace } from "./pace.ts";
import { NOTHING_SHARED, type Shares, split } from "./split.ts";
import { Thrift } from "./thrift.ts";

const [L0, L1, L2] = CAMERA as unknown as readonly [Layer, Layer, Layer];

describe("[B3] the size of a layer", () => {
  test("keeps the shape of the camera, upright and 4:3 too", () => {
    expect(sizeFor(L0, { width: 1280, height: 720 })).toEqual({ width: 320, height: 180 });
    expect(sizeFor(L1, { width: 720, height: 1280 })).toEqual({ width: 360, height: 640 });
    expect(sizeFor(L1, { width: 640, height: 480 })).toEqual({ width: 480, height: 360 });
  });
  test("a camera that gives less than the layer takes less of the line", () => {
    expect(rateFor(L2, { width: 1280, height: 720 }, 1_500)).toBe(1_500);
    expect(rateFor(L2, { width: 640, height: 360 }, 1_500)).toBe(530);
    expect(rateFor(L1, { width: 480, height: 360 }, 500)).toBeLessThan(500);
  });
  test("is never larger than the camera's, and even", () => {
    expect(sizeFor(L2, { width: 640, height: 360 })).toEqual({ width: 640, height: 360 });
    const { width, height } = sizeFor(SCREEN, { width: 1919, height: 1077 });
    expect([width % 2, height % 2]).toEqual([0, 0]);
  });
});

const all = [L0, L1, L2].map(({ stream, kbps }) => ({ stream, kbps }));
const streamsOf = ({ pictures }: Shares) => [...pictures.keys()];

describe("[media 4] shares of the line", () => {
  test("a good line carries all that is wanted, at its full rate, and nothing that is not", () => {
    expect(streamsOf(split(4_000, all, NOTHING_SHARED))).toEqual([1, 2, 3]);
    expect(split(4_000, all, NOTHING_SHARED).pictures.get(STREAM.camera1)).toBe(500);
    expect(streamsOf(split(4_000, all.slice(0, 1), NOTHING_SHARED))).toEqual([1]);
  });
  test("sound first: below 80 kbit/s no picture and smaller sound, below 50 smaller still", () => {
    const wide = split(80, all, NOTHING_SHARED);
    expect(wide.soundStep).toBe(0);
    expect(split(79, all, NOTHING_SHARED)).toEqual({ soundStep: 1, pictures: new Map() });
    expect(split(49, all, NOTHING_SHARED).soundStep).toBe(2);
  });
  test("sound grows back only well above where it shrank", () => {
    const tight = split(79, all, NOTHING_SHARED);
    expect(split(109, all, tight).soundStep).toBe(1);
    expect(split(110, all, tight).soundStep).toBe(0);
  });
  test("a layer that would fall below its floor is off, and what it would have had stays free", () => {
    const shares = split(50 + 130 + 249, all, NOTHING_SHARED);
    expect(streamsOf(shares)).toEqual([1]);
    expect(shares.pictures.get(STREAM.camera0)).toBe(130);
  });
  test("one that is on stays down to its floor, one that is off needs more", () => {
    const target = 50 + 130 + 260;
    const on = split(4_000, all, NOTHING_SHARED);
    expect(streamsOf(split(target, all, on))).toEqual([1, 2]);
    expect(streamsOf(split(target, all, NOTHING_SHARED))).toEqual([1]);
  });
  test("no more than those who look can take, and never below the floor", () => {
    const asked = [{ stream: STREAM.camera1, kbps: 300 }];
    expect(split(4_000, asked, NOTHING_SHARED).pictures.get(STREAM.camera1)).toBe(300);
    const few = [{ stream: STREAM.camera1, kbps: 10 }];
    expect(split(4_000, few, NOTHING_SHARED).pictures.get(STREAM.camera1)).toBe(250);
  });
  test("a screen goes before the larger camera", () => {
    const wanted = [...all, { stream: SCREEN.stream, kbps: 1_500 }];
    expect(streamsOf(split(50 + 130 + 1_500 + 100, wanted, NOTHING_SHARED))).toEqual([1, 4]);
  });
});

describe("[research 1.7] strength of the device", () => {
  test("three skips within two seconds take a step, two do not", () => {
    const thrift = new Thrift();
    thrift.skipped(0);
    thrift.skipped(1_000);
    expect(thrift.strength(1_000)).toEqual({ top: 2, fps: 30 });
    thrift.skipped(1_999);
    expect(thrift.strength(1_999)).toEqual({ top: 1, fps: 30 });
  });
  test("three skips over a longer time do not", () => {
    const thrift = new Thrift();
    for (const at of [0, 1_500, 3_000, 4_500]) thrift.skipped(at);
    expect(thrift.strength(4_500).top).toBe(2);
  });
  test("comes back after 15 s without one, step by step, and ends at the smallest picture", () => {
    const thrift = new Thrift();
    for (let at = 0; at < 30; at++) thrift.skipped(at);
    expect(thrift.strength(30)).toEqual({ top: 0, fps: 15 });
    expect(thrift.strength(30 + 14_998).top).toBe(0);
    expect(thrift.strength(29 + 15_000)).toEqual({ top: 1, fps: 15 });
    expect(thrift.strength(29 + 15_001)).toEqual({ top: 1, fps: 15 });
  });
});

describe("the beat of frames", () => {
  const kept = (times: readonly number[], fps: number) => {
    const pace = new Pace();
    return times.filter((at) => pace.takes(at, fps)).length;
  };
  const camera = (fps: number, jitter = 0) =>
    Array.from({ length: fps * 2 }, (_, n) => (n * 1_000) / fps + (n % 3) * jitter);

  test("every frame of a camera that is as fast, however it jitters", () => {
    expect(kept(camera(30), 30)).toBe(60);
    expect(kept(camera(30, 5), 30)).toBe(60);
    expect(kept(camera(25), 30)).toBe(50);
  });
  test("evenly fewer of a faster one", () => {
    expect(kept(camera(30), 15)).toBe(30);
    expect(kept(camera(60), 30)).toBe(60);
    expect(Math.abs(kept(camera(24), 15) - 30)).toBeLessThanOrEqual(1);
  });
  test("after a pause the next one, and no burst", () => {
    const pace = new Pace();
    pace.takes(0, 15);
    expect([10_000, 10_010, 10_067].map((at) => pace.takes(at, 15))).toEqual([true, false, true]);
  });
});
