/** [A4] Three tries in ten minutes, over reloads, also in a browser that keeps nothing. */
import { expect, test } from "bun:test";
import type { TextStore } from "./device-secrets.ts";
import { CodeTries } from "./tries.ts";

const TEN_MINUTES = 10 * 60_000;

function memory(): TextStore {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}
const forbidden: TextStore = {
  getItem: () => {
    throw new Error("forbidden");
  },
  setItem: () => {
    throw new Error("forbidden");
  },
};

test.each([
  ["that keeps things", memory],
  ["that forbids it", () => forbidden],
  ["without a store", () => null],
])("three, then none until the first is ten minutes old, in a browser %s", (_, store) => {
  let now = 1_800_000_000_000;
  const tries = new CodeTries(store(), () => now);
  for (let i = 0; i < 3; i++) {
    expect(tries.left().left).toBe(3 - i);
    expect(tries.take()).toBe(true);
  }
  expect(tries.take()).toBe(false);
  expect(tries.left()).toEqual({ left: 0, again: now + TEN_MINUTES });
  now += TEN_MINUTES - 1;
  expect(tries.take()).toBe(false);
  now += 1;
  expect(tries.take()).toBe(true);
});

test("one that was right is given back, in the store too", () => {
  const [kept, now] = [memory(), () => 1_800_000_000_000];
  const tries = new CodeTries(kept, now);
  tries.take();
  tries.take();
  tries.giveBack();
  expect([tries.left().left, new CodeTries(kept, now).left().left]).toEqual([2, 2]);
});

test("a reload forgets none, and what was put there by hand gives none", () => {
  const store = memory();
  const now = () => 1_800_000_000_000;
  const before = new CodeTries(store, now);
  before.take();
  before.take();
  expect(new CodeTries(store, now).left().left).toBe(1);
  store.setItem("tpc.tries", "[]");
  expect(before.left().left).toBe(1);
  store.setItem("tpc.tries", "{}");
  expect(before.left().left).toBe(1);
});
