/** A row is made of what the pages saw: nothing that was not seen counts as seen. */
import { expect, test } from "bun:test";
import { dipOf } from "./dip.ts";
import type { PageReport } from "./page/measured.page.ts";
import { firstFramesOf, pictureOf, rowOf, soundOf } from "./row.ts";
import { isPlain, lineOf } from "./setting.ts";

const every = (ms: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / ms) + 1 }, (_, i) => from + i * ms);

const report = (who: number, more: Partial<PageReport> = {}): PageReport => ({
  who,
  pressed: 0,
  from: 0,
  to: 10_000,
  seen: [],
  played: [],
  heard: [],
  gaps: [],
  ...more,
});

const shown = (first: number, ms = 40, ages: number[] = []) => ({
  first,
  shown: every(ms, 0, 10_000),
  ages,
  heights: [{ at: 0, height: 360 }],
});
const used = {
  ms: 10_000,
  cpuMs: 500,
  sentBytes: 1_250_000,
  hostIdlePercent: 50,
  tokioThreads: 2,
  concealedMs: 100,
};

test("who was never seen stood still all the time, and halves the mean rate", () => {
  const both = pictureOf([report(0, { seen: [[1, shown(5)]] }), report(1)]);
  expect(both).toMatchObject({ streams: 2, freezes: 1, frozenMs: 10_000, frozenPercent: 50, fps: 12.6 });
});

test("what somebody sees of a person who is not in the call, or of themselves, is not counted", () => {
  const alone = pictureOf([
    report(0, {
      seen: [
        [0, shown(5)],
        [7, shown(5)],
      ],
    }),
    report(1),
  ]);
  expect(alone).toMatchObject({ fps: 0, frozenPercent: 100 });
});

test("latencies of all pages together", () => {
  const [a, b] = [[10, 20, 30], [40]];
  const reports = [report(0, { seen: [[1, shown(5, 40, a)]] }), report(1, { seen: [[0, shown(5, 40, b)]] })];
  expect(pictureOf(reports).latencyMs).toEqual({ p50: 20, p95: 40, n: 4 });
});

test("the first frame is the first of anybody who was there before, after the press", () => {
  const second = report(1, { pressed: 1_000, seen: [[0, shown(1_150)]] });
  const third = report(2, {
    pressed: 2_000,
    seen: [
      [0, shown(2_300)],
      [1, shown(2_250)],
    ],
  });
  const first = report(0, { pressed: 10, seen: [[1, shown(1_400)]] });
  expect(firstFramesOf([first, second, third])).toEqual([150, 250]);
});

test("sound: delays from the sender's own mark, gaps only of people in the call, per minute and pair", () => {
  const one = report(0, {
    played: [{ who: 0, ms: 1_003 }],
    gaps: [
      { who: 1, ms: 50 },
      { who: 5, ms: 990 },
    ],
  });
  const two = report(1, { heard: [{ who: 0, ms: 1_073 }], gaps: [{ who: 1, ms: 700 }] });
  expect(soundOf([one, two], used)).toEqual({
    mouthToEarMs: { p50: 70, p95: 70, n: 1 },
    concealedMsPerMin: 300,
    gapMsPerMin: 150,
    longestGapMs: 50,
  });
});

test("CPU per Mbit is of what the server sent; where that was not counted there is none", () => {
  const setting = { people: 2, ...lineOf("0/0"), tcpCongestion: "bbr" };
  const of = { system: "janus", transport: "webrtc" };
  const seen = { early: [], reports: [report(0), report(1)], used };
  expect(rowOf(of, setting, seen)).toMatchObject({ serverCpuPercent: 5, sentMbit: 1, cpuPercentPerMbit: 5 });
  const uncounted = rowOf(of, setting, { ...seen, used: { ...used, sentBytes: null } });
  expect(uncounted).toMatchObject({ sentMbit: null, cpuPercentPerMbit: null });
});

test("a line is read as it is written", () => {
  expect(lineOf("3/20")).toEqual({ lossPercent: 3, delayMs: 20, udp: "open", dipKbit: null });
  expect(lineOf("0.5/0:dip300")).toEqual({ lossPercent: 0.5, delayMs: 0, udp: "open", dipKbit: 300 });
  expect(lineOf("0/0:noudp")).toMatchObject({ udp: "blocked" });
  expect([lineOf("0/0"), lineOf("0/1"), lineOf("0/0:noudp"), lineOf("0/0:dip9")].map(isPlain)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  for (const wrong of ["", "3", "3/", "a/b", "0/0:dip", "0/0:x"])
    expect(() => lineOf(wrong)).toThrow(RangeError);
});

test("a dip: full again is when the slowest picture has its height again; what never fell is full at once", () => {
  const heights = (...all: [number, number][]) => all.map(([at, height]) => ({ at, height }));
  const seen = (...of: ReturnType<typeof heights>[]) =>
    report(1, {
      seen: of.map((one, i) => [i === 0 ? 0 : 2, { ...shown(0), heights: one }] as const),
      gaps: [
        { who: 0, ms: 120 },
        { who: 1, ms: 9_000 },
      ],
    });
  const dip = { kbit: 300, from: 2_000, to: 6_000 };
  const fell = heights([0, 360], [2_500, 180], [9_000, 360]);
  expect(dipOf(seen(fell, heights([0, 360])), dip)).toEqual({
    kbit: 300,
    seconds: 4,
    longestGapMs: 120,
    fullAgainMs: 3_000,
    frozenMs: 0,
  });
  const never = heights([0, 360], [2_500, 180]);
  expect(dipOf(seen(fell, never), dip).fullAgainMs).toBeNull();
  expect(dipOf(seen(heights([0, 360], [3_000, 180], [5_000, 360])), dip).fullAgainMs).toBe(0);
});
