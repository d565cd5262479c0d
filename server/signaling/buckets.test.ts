/** A bucket for each key, and never more keys than may be remembered. */
import { expect, test } from "bun:test";
import { Buckets } from "./buckets.ts";

test("each key has its own", () => {
  const buckets = new Buckets({ burst: 2, perSecond: 1 }, 10);
  expect([1, 2, 3].map(() => buckets.take("a", 0))).toEqual([true, true, false]);
  expect(buckets.take("b", 0)).toBe(true);
  expect([buckets.take("a", 999), buckets.take("a", 1000)]).toEqual([false, true]);
});

test("so many are remembered; nobody new until one is owed nothing, looked for once a second", () => {
  const buckets = new Buckets({ burst: 1, perSecond: 1 }, 2);
  expect(["a", "b", "c"].map((key) => buckets.take(key, 0))).toEqual([true, true, null]);
  // both are full again, but the table was looked through less than a second ago
  expect(buckets.take("c", 999)).toBeNull();
  expect(buckets.take("c", 1000)).toBe(true);
  expect(buckets.take("a", 1000)).toBe(true);
});
