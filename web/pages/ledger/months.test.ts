/** Months follow each other over the turn of the year, and begin when they begin in Berlin. */
import { expect, test } from "bun:test";
import { monthAfter, monthOf } from "./months.ts";

test("a month begins in Berlin", () => {
  expect(monthOf(Date.parse("2026-10-31T22:59:59Z"))).toBe("2026-10");
  expect(monthOf(Date.parse("2026-10-31T23:00:00Z"))).toBe("2026-11");
  expect(monthOf(Date.parse("2026-06-30T22:00:00Z"))).toBe("2026-07");
});

test("months before and after, over the turn of the year", () => {
  expect(["2026-11", "2026-12", "2026-01"].map((month) => monthAfter(month, 1))).toEqual([
    "2026-12",
    "2027-01",
    "2026-02",
  ]);
  expect(["2026-11", "2026-01"].map((month) => monthAfter(month, -1))).toEqual(["2026-10", "2025-12"]);
});
