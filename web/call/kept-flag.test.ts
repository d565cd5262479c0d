/** A remembered choice comes back as it was left, and a store that refuses stops nobody. */
import { expect, test } from "bun:test";
import { keptFlag } from "./kept-flag.ts";

test("set and taken back; another word under the same key is not it", () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, word: string) => void kept.set(key, word),
    removeItem: (key: string) => void kept.delete(key),
  };
  const flag = keptFlag("tones", "off", store);
  expect(flag.get()).toBe(false);
  flag.set(true);
  expect([flag.get(), kept.get("tones")]).toEqual([true, "off"]);
  flag.set(false);
  expect([flag.get(), kept.size]).toEqual([false, 0]);
  kept.set("tones", "on");
  expect(flag.get()).toBe(false);
});

test("no store, and one that throws: nothing is remembered and nothing thrown", () => {
  const no = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  for (const store of [null, { getItem: no, setItem: no, removeItem: no }]) {
    const flag = keptFlag("tones", "off", store);
    flag.set(true);
    flag.set(false);
    expect(flag.get()).toBe(false);
  }
});
