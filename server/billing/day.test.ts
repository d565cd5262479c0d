import { expect, test } from "bun:test";
import fc from "fast-check";
import { around, dayIn, dayOf, dayText, mondayOf, monthIn, monthsBetween } from "./day.ts";

const at = (text: string) => Date.parse(text);

test("[LG6] a day begins at midnight in Berlin, in winter and in summer", () => {
  expect(dayText(dayOf(at("2026-01-14T22:59:59Z")))).toBe("2026-01-14");
  expect(dayText(dayOf(at("2026-01-14T23:00:00Z")))).toBe("2026-01-15");
  expect(dayText(dayOf(at("2026-07-14T21:59:59Z")))).toBe("2026-07-14");
  expect(dayText(dayOf(at("2026-07-14T22:00:00Z")))).toBe("2026-07-15");
});

test("[BM3] the days on which the clock changes are one day each", () => {
  for (const [day, noon] of [
    ["2026-03-29", "2026-03-29T12:00:00Z"],
    ["2026-10-25", "2026-10-25T12:00:00Z"],
  ] as const)
    expect(dayText(dayOf(at(noon)))).toBe(day);
});

test("what is no day or month is null", () => {
  for (const text of ["2026-02-30", "26-01-01", "2026-1-1", "", "2026-13-01", "1999-01-01"])
    expect(dayIn(text)).toBeNull();
  for (const text of ["2026-00", "2026-13", "2026-1", "2026", "x"]) expect(monthIn(text)).toBeNull();
});

test("a month has its first and last day, also in a leap year", () => {
  const month = monthIn("2028-02");
  expect(month && [dayText(month.first), dayText(month.last)]).toEqual(["2028-02-01", "2028-02-29"]);
});

test("property: text and day say the same; a Monday is at most six days before; moments of a day lie around it", () => {
  fc.assert(
    fc.property(fc.integer({ min: at("2020-01-01"), max: at("2090-01-01") }), (wall) => {
      const day = dayOf(wall);
      expect(dayIn(dayText(day))).toBe(day);
      const monday = mondayOf(day);
      expect(new Date(monday * 86_400_000).getUTCDay()).toBe(1);
      expect(day - monday).toBeGreaterThanOrEqual(0);
      expect(day - monday).toBeLessThan(7);
      const { from, to } = around(day, day);
      expect(from <= wall && wall < to).toBe(true);
    }),
  );
});

test("months from one day to another, each once, over the end of a year", () => {
  const months = (from: string, to: string) => monthsBetween(dayIn(from) ?? 0, dayIn(to) ?? 0);
  expect(months("2026-11-30", "2027-02-01")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  expect(months("2026-11-25", "2026-11-25")).toEqual(["2026-11"]);
});
