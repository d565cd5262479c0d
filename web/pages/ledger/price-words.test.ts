/** [TF1] Prices come from the tariff, also the one that is waived. */
import { expect, test } from "bun:test";
import { minutePrice, sessionPrice } from "./price-words.ts";

test("a minute, charged and free", () => {
  expect(minutePrice({ price: 1000, free: false })).toBe("1 Punkt je Minute");
  expect(minutePrice({ price: 400, free: false })).toBe("0,40 Punkte je Minute");
  expect(minutePrice({ price: 400, free: true })).toBe(
    "bis auf Weiteres kostenlos, sonst 0,40 Punkte je Minute",
  );
  expect(minutePrice({ price: 0, free: true })).toBe("bis auf Weiteres kostenlos");
});

test("fifty minutes", () => {
  expect(sessionPrice({ price: 400, free: true })).toBe("20 Punkte");
  expect(sessionPrice({ price: 333, free: false })).toBe("16,65 Punkte");
});
