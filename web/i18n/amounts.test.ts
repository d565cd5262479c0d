/** Amounts and days of the ledger in both languages. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import * as amounts from "./amounts.ts";
import { chooseLanguage } from "./language.ts";

/** Choosing a language tells the page; here it is told a page that is none. */
function speak(language: "de" | "en"): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, "document");
  Object.assign(globalThis, { document: { documentElement: {} } });
  chooseLanguage(language);
  if (before) Object.defineProperty(globalThis, "document", before);
  else Reflect.deleteProperty(globalThis, "document");
}

/** Number and unit stand on one line; here they are read. */
const spoken = (text: string) => text.replaceAll("\u00a0", " ");

describe("in German", () => {
  test("points have two decimals where there are any, and three where the last unit needs it", () => {
    expect(
      [0, 1000, 20_000, 400, 19_990, 333, 1_234_500, -5000, -400].map(amounts.sayPoints).map(spoken),
    ).toEqual([
      "0 Punkte",
      "1 Punkt",
      "20 Punkte",
      "0,40 Punkte",
      "19,99 Punkte",
      "0,333 Punkte",
      "1.234,50 Punkte",
      "−5 Punkte",
      "−0,40 Punkte",
    ]);
  });

  test("minutes and changes", () => {
    expect(spoken(amounts.sayMinutes(9000))).toBe("9.000 min");
    expect(spoken(amounts.sayChange("points", 500_000))).toBe("+500 Punkte");
    expect(spoken(amounts.sayChange("points", -1000))).toBe("−1 Punkt");
    expect(spoken(amounts.sayChange("minutes", 60))).toBe("+60 min");
  });

  test("days are those of Berlin", () => {
    expect(amounts.sayDay("2026-11-25")).toBe("25. November 2026");
    expect(amounts.shortDay("2026-11-25")).toBe("Mi., 25. Nov.");
    expect(amounts.tinyDay("2026-11-02")).toBe("2.11.");
    expect(amounts.sayMonth("2026-03")).toBe("März 2026");
    expect(amounts.sayTime(Date.parse("2026-11-25T22:30:00Z"))).toBe("23:30");
    expect(amounts.sayTime(Date.parse("2026-07-01T22:30:00Z"))).toBe("00:30");
  });
});

describe("in English", () => {
  beforeAll(() => speak("en"));
  afterAll(() => speak("de"));

  test("points, minutes, days", () => {
    expect(spoken(amounts.sayPoints(1_234_500))).toBe("1,234.50 points");
    expect(spoken(amounts.sayPoints(1000))).toBe("1 point");
    expect(spoken(amounts.sayMinutes(9000))).toBe("9,000 min");
    expect(amounts.sayDay("2026-11-25")).toBe("25 November 2026");
    expect(amounts.sayMonth("2026-03")).toBe("March 2026");
  });
});
