/** The target: from what arrives, fast up, slowly down, between its bounds. */
import { expect, test } from "bun:test";
import { chance } from "../../call/testing/hand-clock.ts";
import { Spread } from "./spread.ts";

/** Frames of `seconds`, the way `delay` long. */
function after(
  spread: Spread,
  from: number,
  seconds: number,
  delay: (at: number) => number,
  frameMs = 20,
): number {
  for (let at = from * 1_000; at < (from + seconds) * 1_000; at += frameMs)
    spread.add(at, frameMs, at + delay(at));
  return spread.targetMs;
}

test("an even line needs 40 ms, be the way 5 ms or 500", () => {
  expect(after(new Spread(), 0, 10, () => 5)).toBe(40);
  expect(after(new Spread(), 0, 10, () => 500)).toBe(40);
});

test("p95 of the worst + 30 ms", () => {
  const random = chance(1);
  const target = after(new Spread(), 0, 60, () => 50 + 60 * random());
  expect(target).toBeGreaterThanOrEqual(88);
  expect(target).toBeLessThanOrEqual(95);
});

test("never above 400 ms", () => {
  const random = chance(2);
  expect(after(new Spread(), 0, 30, () => 480 * random())).toBe(400);
});

test("up within two seconds, down by 20 ms a second, or a fifth of what is too much", () => {
  const [spread, random] = [new Spread(), chance(3)];
  const fall = (from: number) => Math.max(20, 0.2 * (from - 40)) + 1;
  after(spread, 0, 20, () => 10);
  const up = after(spread, 20, 2, () => 10 + 150 * random());
  expect(up).toBeGreaterThan(150);
  const down = after(spread, 22, 1, () => 10);
  expect(down).toBeGreaterThanOrEqual(up - fall(up));
  let before = down;
  for (let from = 23; from < 113; from++) {
    const now = after(spread, from, 1, () => 10);
    expect(before - now).toBeLessThanOrEqual(fall(before));
    before = now;
  }
  expect(before).toBe(40);
});

test("what starts is not taken for the line: a first second of chaos is forgotten at once", () => {
  const [spread, random] = [new Spread(), chance(4)];
  expect(after(spread, 0, 1, () => 300 * random())).toBe(60);
  expect(after(spread, 1, 3, () => 5)).toBe(40);
});

test("one late frame in ten seconds moves nothing", () => {
  expect(after(new Spread(), 0, 60, (at) => (at % 15_000 === 14_000 ? 120 : 10))).toBe(40);
});

test("a longer way counts as lateness for ten seconds only", () => {
  const spread = new Spread();
  after(spread, 0, 20, () => 10);
  after(spread, 20, 5, () => 60);
  expect(spread.lateness(25_000, 25_060)).toBe(50);
  after(spread, 25, 6, () => 60);
  expect(spread.lateness(31_000, 31_060)).toBe(0);
});

test("everything late for a second: the sender's clock stood still", () => {
  const spread = new Spread();
  after(spread, 0, 5, () => 10);
  after(spread, 5, 0.98, () => 600);
  expect(spread.lateness(5_980, 6_580)).toBe(590);
  after(spread, 5.98, 0.1, () => 600);
  expect(spread.lateness(6_080, 6_680)).toBe(0);
});
