import { expect, test } from "bun:test";
import { dayName, monthName, pointsText, timeText } from "./statement-words.ts";

test.each([
  [0, "0", "0"],
  [1, "0,001", "0.001"],
  [400, "0,4", "0.4"],
  [1000, "1", "1"],
  [20_050, "20,05", "20.05"],
  [-1, "-0,001", "-0.001"],
  [-1_234_567, "-1234,567", "-1234.567"],
  [9_007_199_254_740_991, "9007199254740,991", "9007199254740.991"],
])("[LG7] %d thousandths of a point are %s points", (amount, german, english) => {
  expect(pointsText(amount, "de")).toBe(german);
  expect(pointsText(amount, "en")).toBe(english);
});

test("[LG7] months and days as each language writes them", () => {
  expect([monthName("2026-03", "de"), monthName("2026-03", "en")]).toEqual(["März 2026", "March 2026"]);
  expect([dayName("2026-03-04", "de"), dayName("2026-03-04", "en")]).toEqual(["04.03.2026", "2026-03-04"]);
});

test("[LG7] times of day are Berlin's, in summer and in winter", () => {
  expect(timeText(Date.UTC(2026, 0, 1, 23, 5))).toBe("00:05");
  expect(timeText(Date.UTC(2026, 6, 1, 7, 5))).toBe("09:05");
});
