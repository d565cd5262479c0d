/** When a machine is too slow for taking noise away [issue 7.9]. */
import { expect, test } from "bun:test";
import { Lag } from "./lag.ts";

/** A minute, told once a second, with `share` of the sound made. True where it was ever too slow. */
function minute(share: number, runs = true): boolean {
  const lag = new Lag();
  return Array.from({ length: 60 }, (_, s) => lag.take(s * 1_000, s * 1_000 * share, runs)).includes(true);
}

test("keeps up, or loses a little: goes on; loses more: too slow", () => {
  expect([1, 0.99, 0.96, 0.5].map((share) => minute(share))).toEqual([false, false, true, true]);
});

test("a sound that stands still for another reason is not judged", () => {
  expect(minute(0, false)).toBe(false);
  const lag = new Lag();
  lag.take(0, 0);
  lag.take(5_000, 5_000, false);
  expect(lag.take(60_000, 5_100)).toBe(false);
  expect(lag.take(71_000, 16_000)).toBe(false);
});
