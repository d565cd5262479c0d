/** [A4] Six handshakes a minute and two hundred a call, at the exact limits. */
import { expect, test } from "bun:test";
import { HANDSHAKES_PER_CALL, HANDSHAKES_PER_MINUTE, HandshakeBudget } from "./budget.ts";

test("[A4] the seventh in a minute waits until the first is a minute old", () => {
  const budget = new HandshakeBudget();
  for (let i = 0; i < HANDSHAKES_PER_MINUTE; i++) expect(budget.take(1000 + i)).toBe(true);
  expect(budget.take(60_999)).toBe(false);
  expect(budget.waitFrom(60_999)).toBe(1);
  expect(budget.take(61_000)).toBe(true);
});

test("[A4] after two hundred there is no more in this call", () => {
  const budget = new HandshakeBudget();
  for (let i = 0; i < HANDSHAKES_PER_CALL; i++) expect(budget.take(i * 60_000)).toBe(true);
  expect(budget.take(1e9)).toBe(false);
  expect(budget.waitFrom(1e9)).toBe(null);
});
