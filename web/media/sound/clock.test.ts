/** Capture times: anchored by the earliest reading, drift followed, a stop noticed. */
import { expect, test } from "bun:test";
import { chance } from "../../call/testing/hand-clock.ts";
import { ContextClock } from "./clock.ts";

/** Reads every 250 ms; the page is up to 20 ms late, and the context shows its time in steps of 10 ms. */
function reading(
  clock: ContextClock,
  o: { from: number; to: number; apartMs: number; ppm?: number },
): number {
  const random = chance(5);
  for (let at = o.from; at < o.to; at += 250) {
    const context = at * (1 + (o.ppm ?? 0) * 1e-6) - o.apartMs;
    clock.read(at + 20 * random(), (Math.floor(context / 10) * 10) / 1000);
  }
  return (clock.offsetUs ?? Number.NaN) / 1000;
}

test("the first reading is used at once, the first sixteen make it right", () => {
  const clock = new ContextClock();
  expect(clock.read(5_030, 0)).toBe(true);
  expect(clock.offsetUs).toBe(5_030_000);
  expect(Math.abs(reading(clock, { from: 0, to: 5_000, apartMs: 5_000 }) - 5_000)).toBeLessThan(10);
});

test("two crystals 200 ppm apart: followed, never by a jump", () => {
  const clock = new ContextClock();
  let before = reading(clock, { from: 0, to: 8_000, apartMs: 100, ppm: 200 });
  for (let from = 8_000; from < 600_000; from += 4_000) {
    const now = reading(clock, { from, to: from + 4_000, apartMs: 100, ppm: 200 });
    expect(Math.abs(now - before)).toBeLessThanOrEqual(4);
    before = now;
  }
  expect(Math.abs(before - (100 - 600_000 * 200e-6))).toBeLessThan(15);
});

test("a context that stood still is found anew", () => {
  const clock = new ContextClock();
  reading(clock, { from: 0, to: 8_000, apartMs: 100 });
  expect(Math.abs(reading(clock, { from: 8_000, to: 16_000, apartMs: 3_100 }) - 3_100)).toBeLessThan(15);
});
