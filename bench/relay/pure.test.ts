/** The bench's own instruments: bars, freezes, tones. */
import { expect, test } from "bun:test";
import { ageOf, BARS, barsOf, low32, stampOf } from "./barcode.ts";
import { freezesOf } from "./freezes.ts";
import { delaysOf, loudnessOf, RATE, tonesOf, WINDOW } from "./sound.ts";

const brightness = (bars: readonly boolean[], black = 20, white = 230) =>
  bars.map((bar) => (bar ? white : black));

test("a stamp is read back, also from washed-out bars", () => {
  for (const ms of [0, 1, 0x80000000, 0xffffffff, 0x12345678]) {
    for (const who of [0, 7, 15]) {
      expect(stampOf(brightness(barsOf({ ms, who })))).toEqual({ ms, who });
      expect(stampOf(brightness(barsOf({ ms, who }), 110, 150))).toEqual({ ms, who });
    }
  }
  expect(barsOf({ ms: 0, who: 0 }).length).toBe(BARS);
});

test("any single bar read wrong is no stamp, and neither is a black, white or grey picture", () => {
  const bars = barsOf({ ms: 0x9e3779b9, who: 5 });
  for (let at = 0; at < BARS; at++) {
    expect(stampOf(brightness(bars.map((bar, i) => (i === at ? !bar : bar))))).toBeNull();
  }
  for (const level of [0, 127, 128, 255]) expect(stampOf(Array(BARS).fill(level))).toBeNull();
});

test("an age goes on when the 32 bits go round", () => {
  const drawn = 2 ** 32 * 400 - 5;
  expect(ageOf({ ms: low32(drawn), who: 0 }, drawn + 30)).toBe(30);
});

const every = (ms: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / ms) + 1 }, (_, i) => from + i * ms);

test("30 pictures a second: a gap of 200 ms is none, one of 201 is a freeze, with its whole length", () => {
  const with_ = (gap: number) => [...every(33, 0, 990), ...every(33, 990 + gap, 1_980 + gap)];
  expect(freezesOf(with_(200), 0, 2_180)).toEqual({ count: 0, ms: 0, longestMs: 200 });
  expect(freezesOf(with_(201), 0, 2_181)).toEqual({ count: 1, ms: 201, longestMs: 201 });
});

test("10 pictures a second: a freeze is longer than three of their intervals", () => {
  const times = [...every(100, 0, 1_000), 1_300, 1_601];
  expect(freezesOf(times, 0, 1_601).count).toBe(0);
  expect(freezesOf([...every(100, 0, 1_000), 1_301], 0, 1_301).count).toBe(1);
});

test("what never moved was frozen all the time, and what stopped is frozen to the end", () => {
  expect(freezesOf([], 0, 5_000)).toEqual({ count: 1, ms: 5_000, longestMs: 5_000 });
  expect(freezesOf(every(33, 0, 990), 0, 2_000)).toEqual({ count: 1, ms: 1_010, longestMs: 1_010 });
});

test("one window tells every tone of nine people apart", () => {
  const all = Array.from({ length: 9 }, (_, who) => tonesOf(who)).flatMap(({ steady, burst }) => [
    steady,
    burst,
  ]);
  expect(new Set(all).size).toBe(18);
  for (const hertz of all) {
    const samples = Float32Array.from(
      { length: WINDOW },
      (_, i) => 0.1 * Math.sin((2 * Math.PI * hertz * i) / RATE + 1),
    );
    for (const other of all) expect(loudnessOf(samples, other)).toBeCloseTo(other === hertz ? 0.1 : 0, 4);
  }
});

test("a burst is counted from the last one its own sender played; a lost one is not counted as late", () => {
  const played = [
    { who: 1, ms: 1_000 },
    { who: 2, ms: 1_040 },
    { who: 1, ms: 2_000 },
  ];
  expect(
    delaysOf(played, [
      { who: 1, ms: 1_060 },
      { who: 1, ms: 2_070 },
    ]),
  ).toEqual([60, 70]);
  expect(
    delaysOf(played, [
      { who: 1, ms: 3_500 },
      { who: 3, ms: 1_050 },
    ]),
  ).toEqual([]);
});
