import { expect, test } from "bun:test";
import fc from "fast-check";
import { waitBeforeTry } from "./backoff.ts";

const wait = (tries: number, lasted: number, later = false, chance = 0.5) =>
  waitBeforeTry({ tries, lasted, later }, chance);

test("[B6] 0.1, 0.25, 0.5 s, then every second for a minute, then slower up to ten", () => {
  expect([0, 1, 2, 3, 30].map((tries) => wait(tries, tries * 1000))).toEqual([100, 250, 500, 1000, 1000]);
  expect(wait(60, 59_999)).toBe(1000);
  expect(wait(60, 120_000)).toBe(2000);
  expect(wait(600, 3_600_000)).toBe(10_000);
});

test("[B6] ± 30 %, so that the pages of one outage do not come as one wave", () => {
  expect([wait(5, 9000, false, 0), wait(5, 9000, false, 1)]).toEqual([700, 1300]);
});

test("`later` is never at once", () => {
  expect(wait(0, 0, true)).toBe(2000);
});

test("property: always between 70 ms and 13 s", () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.nat(10_000_000),
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (...args) => {
        const [tries, lasted, later, chance] = args;
        const milliseconds = wait(tries, lasted, later, chance);
        return milliseconds >= 70 && milliseconds <= 13_000;
      },
    ),
  );
});
