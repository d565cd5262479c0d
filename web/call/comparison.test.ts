/** [TP1 2.5] Only one's own eyes find the words the same; anybody may find that they differ. */
import { expect, test } from "bun:test";
import { newComparison, verdictOf } from "./comparison.ts";

const fresh = newComparison([1, 2, 3, 4], "de", "new");

test("[AT6] nothing is settled by silence, nor by the word of the other side", () => {
  expect(verdictOf(fresh)).toBe("open");
  expect(verdictOf({ ...fresh, device: "known" })).toBe("open");
  expect(verdictOf({ ...fresh, theirs: true })).toBe("open");
});

test("the own eyes settle it, now or on this device before", () => {
  expect(verdictOf({ ...fresh, mine: true })).toBe("same");
  expect(verdictOf({ ...fresh, device: "compared" })).toBe("same");
});

test("[AT6] one 'no' of either side outweighs everything", () => {
  expect(verdictOf({ ...fresh, mine: false, theirs: true })).toBe("differs");
  expect(verdictOf({ ...fresh, mine: true, theirs: false })).toBe("differs");
  expect(verdictOf({ ...fresh, device: "compared", theirs: false })).toBe("differs");
});
