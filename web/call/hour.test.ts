/** [product "call clock"] The ring of a session and its two soft cues; time is passed in. */
import { expect, test } from "bun:test";
import { Cues, elapsedOf, hourOf } from "./hour.ts";

const min = (minutes: number) => minutes * 60_000;

test("the ring fills over the session and stays full, however long it goes on", () => {
  expect([0, 25, 50, 80].map((at) => hourOf(min(at), 50).share)).toEqual([0, 0.5, 1, 1]);
  expect(hourOf(-5, 50).share).toBe(0);
});

test("the minute that runs is still left", () => {
  expect([min(0), min(49), min(49) + 1, min(50), min(70)].map((at) => hourOf(at, 50).left)).toEqual([
    50, 1, 1, 0, 0,
  ]);
});

test("cues come at ten and five before the end, once each", () => {
  const cues = new Cues();
  const said: [number, number][] = [];
  for (let s = 0; s <= 70 * 60; s += 5) {
    const mark = cues.take(s * 1_000, 50, true);
    if (mark) said.push([s / 60, mark]);
  }
  expect(said).toEqual([
    [40, 10],
    [45, 5],
  ]);
});

test("a page opened late, and a length changed to one whose mark is over, say nothing of the past", () => {
  const late = new Cues();
  expect([late.take(min(47), 50, true), late.take(min(48), 50, true), late.take(min(60), 50, true)]).toEqual([
    null,
    null,
    null,
  ]);
  const changed = new Cues();
  expect([
    changed.take(min(20), 50, true),
    changed.take(min(21), 25, true),
    changed.take(min(22), 25, true),
  ]).toEqual([null, null, null]);
  expect([changed.take(min(22), 50, true), changed.take(min(40), 50, true)]).toEqual([null, 10]);
});

test("after a reload the server's count leaps over the marks in silence", () => {
  const cues = new Cues();
  expect([cues.take(min(0), 50, false), cues.take(min(43), 50, true), cues.take(min(45), 50, true)]).toEqual([
    null,
    null,
    5,
  ]);
});

test("after a sleep over both marks only the later is said", () => {
  const cues = new Cues();
  expect([cues.take(min(30), 50, true), cues.take(min(46), 50, true), cues.take(min(47), 50, true)]).toEqual([
    null,
    5,
    null,
  ]);
});

test("a page that was opened anew goes on where the server's count is", () => {
  expect(elapsedOf(min(100), min(100), 31)).toBe(min(30));
  expect(elapsedOf(min(100), min(60), 31)).toBe(min(40));
  expect(elapsedOf(min(100), min(101), 0)).toBe(0);
});
