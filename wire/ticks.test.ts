/** How late one's own clockwork runs: said for a moment after it, so that whatever waited behind it is known. */
import { expect, test } from "bun:test";
import { Ticks } from "./ticks.ts";

/** Ticks every 25 ms, and at these times. */
const lateAt = (...times: number[]) => {
  const ticks = new Ticks(25);
  return times.map((now) => ticks.late(now));
};

test("a clock in time is late by nothing, whatever a timer is early", () => {
  expect(lateAt(0, 25, 50, 70, 95)).toEqual([0, 0, 0, 0, 0]);
});

test("a late tick is remembered for 150 ms, the worst one counts", () => {
  expect(lateAt(0, 125, 150, 175)).toEqual([0, 100, 100, 100]);
  expect(lateAt(0, 125, 190, 215, 275, 300)).toEqual([0, 100, 100, 100, 100, 40]);
  expect(lateAt(0, 125, 350)).toEqual([0, 100, 200]);
});
