/** [TF4] How a call was paid, in words. */
import { describe, expect, test } from "bun:test";
import { gapWords, lengthWords, paidWords } from "./call-words.ts";

/** Without the spaces that keep number and unit on one line. */
const spoken = (text: string) => text.replaceAll("\u00a0", " ");

const NOTHING = { promotion: 0, trial: 0, package: 0, points: 0 };

describe("how a call was paid", () => {
  test("in one way: no minutes are said twice", () => {
    expect(spoken(paidWords({ paid: { ...NOTHING, points: 50 }, waived: 0 }))).toBe("mit Punkten");
    expect(spoken(paidWords({ paid: { ...NOTHING, trial: 50 }, waived: 0 }))).toBe("aus den Freiminuten");
    expect(spoken(paidWords({ paid: { ...NOTHING, package: 50 }, waived: 0 }))).toBe("aus dem Paket");
  });

  test("[TF1] free: says what it would have cost", () => {
    expect(spoken(paidWords({ paid: { ...NOTHING, promotion: 50 }, waived: 20_000 }))).toBe(
      "statt 20 Punkte, bis auf Weiteres kostenlos",
    );
    expect(spoken(paidWords({ paid: { ...NOTHING, promotion: 50 }, waived: 0 }))).toBe(
      "bis auf Weiteres kostenlos",
    );
  });

  test("in several ways: each with its minutes, in the order they were used", () => {
    expect(
      spoken(paidWords({ paid: { promotion: 10, trial: 12, package: 30, points: 8 }, waived: 4000 })),
    ).toBe(
      "10 min bis auf Weiteres kostenlos (statt 4 Punkte), 12 min aus den Freiminuten, 30 min aus dem Paket, 8 min mit Punkten",
    );
  });

  test("a call without a minute says nothing", () => {
    expect(spoken(paidWords({ paid: NOTHING, waived: 0 }))).toBe("");
  });
});

test("the length names only the kinds that there were", () => {
  expect(spoken(lengthWords({ single: 50, group: 0 }))).toBe("1:1 50 min");
  expect(spoken(lengthWords({ single: 3, group: 90 }))).toBe("1:1 3 min · Gruppe 90 min");
});

test("[BM5] pauses are said, and that they cost nothing", () => {
  expect(gapWords(null)).toBeNull();
  expect(gapWords({ count: 0, minutes: 0 })).toBeNull();
  expect(spoken(gapWords({ count: 1, minutes: 2 }) ?? "")).toBe("Unterbrechung 2 min, nicht berechnet");
  expect(spoken(gapWords({ count: 3, minutes: 7 }) ?? "")).toBe(
    "3 Unterbrechungen, zusammen 7 min, nicht berechnet",
  );
});
