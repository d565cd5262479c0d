/** The card at the start of a call (R17). */
import { expect, test } from "bun:test";
import { START_CARD_MS, StartCard } from "./start-card.ts";
import { HandClock } from "./testing/hand-clock.ts";

test("[R17] it is shown once when the call begins and goes by itself after a while", () => {
  const clock = new HandClock();
  const card = new StartCard(clock);
  expect(card.shown.get()).toBe(false);
  card.begin();
  expect(card.shown.get()).toBe(true);
  clock.pass(START_CARD_MS - 1);
  expect(card.shown.get()).toBe(true);
  clock.pass(1);
  expect(card.shown.get()).toBe(false);
  card.begin();
  expect(card.shown.get()).toBe(false);
});

test("[R17] one press is enough", () => {
  const clock = new HandClock();
  const card = new StartCard(clock);
  card.begin();
  card.dismiss();
  card.begin();
  expect(card.shown.get()).toBe(false);
  clock.pass(START_CARD_MS);
  expect(card.shown.get()).toBe(false);
});
