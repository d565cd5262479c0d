/** [R5] The knock: heard once at once, three times at most, and never inside a call. */
import { beforeEach, expect, test } from "bun:test";
import { type ItemId, newId } from "../../wire/ids.ts";
import { FORGET_MS, KNOCK_EVERY_MS, KNOCKS_MAX, Knocks } from "./knocks.ts";
import { HandClock } from "./testing/hand-clock.ts";

const [maxi, alex] = [newId<ItemId>(), newId<ItemId>()];
let clock: HandClock;
let rung: number[];
let knocks: Knocks;

beforeEach(() => {
  clock = new HandClock();
  rung = [];
  knocks = new Knocks({ clock, ring: () => rung.push(clock.now()) });
});

test("at once, then every 20 s, three times in all", () => {
  knocks.update([maxi], false);
  clock.pass(KNOCK_EVERY_MS - 1);
  expect(rung).toEqual([0]);
  clock.pass(10 * KNOCK_EVERY_MS);
  expect(rung).toEqual([0, KNOCK_EVERY_MS, 2 * KNOCK_EVERY_MS]);
  expect(rung).toHaveLength(KNOCKS_MAX);
  expect(clock.pending).toBe(0);
});

test("nobody waits any more: silence", () => {
  knocks.update([maxi], false);
  knocks.update([], false);
  clock.pass(FORGET_MS);
  expect(rung).toEqual([0]);
});

test("a second person is heard at once, and the first is not heard more often for it", () => {
  knocks.update([maxi], false);
  clock.pass(5_000);
  knocks.update([maxi, alex], false);
  clock.pass(10 * KNOCK_EVERY_MS);
  expect(rung).toEqual([0, 5_000, 20_000, 25_000, 40_000, 45_000]);
});

test("[R5] inside a call nothing is heard; whoever still waits afterwards is", () => {
  knocks.update([maxi], true);
  clock.pass(10 * KNOCK_EVERY_MS);
  expect(rung).toEqual([]);
  knocks.update([maxi], false);
  expect(rung).toHaveLength(1);
  knocks.update([maxi], true);
  clock.pass(10 * KNOCK_EVERY_MS);
  expect(rung).toHaveLength(1);
});

test("a page that reloads again and again is heard three times, not with every reload", () => {
  for (let i = 0; i < 20; i++) {
    knocks.update([maxi], false);
    clock.pass(3_000);
    knocks.update([], false);
    clock.pass(3_000);
  }
  expect(rung).toHaveLength(KNOCKS_MAX);
});

test("who comes again much later is announced like anybody", () => {
  knocks.update([maxi], false);
  knocks.update([], false);
  clock.pass(FORGET_MS + 1);
  knocks.update([], false);
  knocks.update([maxi], false);
  expect(rung).toEqual([0, FORGET_MS + 1]);
});

test("closed, nothing is left to ring", () => {
  knocks.update([maxi], false);
  knocks.close();
  expect(clock.pending).toBe(0);
});
