/** [TF1] Prices come from the tariff, also the one that is waived. */
import { expect, test } from "bun:test";
import { minutePrice, sessionPrice } from "./price-words.ts";

/** Without the spaces that keep number and unit on one line. */
const spoken = (text: string) => text.replaceAll("\u00a0", " ");

test("a minute, charged and free", () => {
  expect(spoken(minutePrice({ price: 1000, free: false }))).toBe("1 Punkt je Minute");
  expect(spoken(minutePrice({ price: 400, free: false }))).toBe("0,40 Punkte je Minute");
  expect(spoken(minutePrice({ price: 400, free: true }))).toBe(
    "bis auf Weiteres kostenlos, sonst 0,40 Punkte je Minute",
  );
  expect(spoken(minutePrice({ price: 0, free: true }))).toBe("bis auf Weiteres kostenlos");
});

test("fifty minutes", () => {
  expect(spoken(sessionPrice({ price: 400, free: true }))).toBe("20 Punkte");
  expect(spoken(sessionPrice({ price: 333, free: false }))).toBe("16,65 Punkte");
});
