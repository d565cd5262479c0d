/** The next planned call to remind of. */
import { expect, test } from "bun:test";
import { BEFORE_MS, nextReminder } from "./next-reminder.ts";

const plan = (name: string, startsAt: number) => ({ plan: name, startsAt });

test("five minutes before the earliest that is still further away", () => {
  const plans = [plan("c", 3 * BEFORE_MS), plan("a", BEFORE_MS), plan("b", 2 * BEFORE_MS)];
  expect(nextReminder(plans, -1)).toEqual({ plan: "a", at: 0 });
  expect(nextReminder(plans, 0)).toEqual({ plan: "b", at: BEFORE_MS });
  expect(nextReminder(plans, 2 * BEFORE_MS - 1)).toEqual({ plan: "c", at: 2 * BEFORE_MS });
  expect(nextReminder(plans, 2 * BEFORE_MS)).toBeNull();
  expect(nextReminder([], 0)).toBeNull();
});
