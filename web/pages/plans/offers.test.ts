/** [TF1, TF2] The page of prices says what the tariffs say, free or not. */
import { expect, test } from "bun:test";
import type { Tariff } from "../../../wire/ledger.ts";
import { flexOffer, singleOffer } from "./offers.ts";

const today = (single: Tariff, group: Tariff = { price: 1000, free: false }) => ({
  tariffs: { single, group },
});
const spoken = (offer: ReturnType<typeof singleOffer>) =>
  `${offer.price} ${offer.per}. ${offer.text}`.replaceAll("\u00a0", " ");

test("calls of two: free for now with the price that is waived, or that price", () => {
  expect(spoken(singleOffer(today({ price: 400, free: true })))).toBe(
    "Kostenlos bis auf Weiteres. Für Sie und eine Klient:in. Sonst 20 Punkte für 50 Minuten.",
  );
  expect(spoken(singleOffer(today({ price: 0, free: true })))).toBe(
    "Kostenlos bis auf Weiteres. Für Sie und eine Klient:in.",
  );
  expect(spoken(singleOffer(today({ price: 400, free: false })))).toBe(
    "0,40 Punkte je Minute. Für Sie und eine Klient:in. 50 Minuten kosten 20 Punkte.",
  );
});

test("groups: the price of the operator, or free for now", () => {
  const single = { price: 400, free: true };
  expect(spoken(flexOffer(today(single)))).toStartWith("1 Punkt je Minute. Gruppengespräche");
  const free = spoken(flexOffer(today(single, { price: 1500, free: true })));
  expect(free).toStartWith("Kostenlos bis auf Weiteres. Gruppengespräche");
  expect(free).toContain("Sonst 1,50 Punkte je Minute");
});
