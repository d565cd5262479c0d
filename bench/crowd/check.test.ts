/** The crowd's own checks: what goes wrong is counted, and nobody's address carries more pages than a house would. */
import { expect, test } from "bun:test";
import { spread } from "./measure.ts";
import { addressOf } from "./practice.ts";

test("who fails is counted, and keeps nobody else from coming", async () => {
  const { done, ms, errors } = await spread(5, 0, async (index) => {
    if (index === 3) throw new Error("refused");
    return index;
  });
  expect([done.toSorted(), ms.length, errors]).toEqual([[0, 1, 2, 4], 4, ["refused"]]);
});

test("addresses are real ones, each for eight pages", () => {
  const all = Array.from({ length: 200_000 }, (_, index) => addressOf(index));
  const counts = Map.groupBy(all, (address) => address);
  expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBe(8);
  expect(all.every((address) => address.split(".").every((part) => Number(part) < 256))).toBe(true);
});
