import { expect, test } from "bun:test";
import fc from "fast-check";
import type { TariffRow } from "../../db/tariffs.ts";
import { rowsToAdd } from "./tariff-rows.ts";

const row = (from: number, price: number, kind: TariffRow["kind"] = "group"): TariffRow => {
  return { kind, from, price, free: false };
};
const FIRST = [row(0, 400, "single"), row(0, 1000)];

test("[TF1] without an end one row is added", () => {
  expect(rowsToAdd(FIRST, row(100, 5), null)).toEqual([row(100, 5)]);
});

test("[TF1] with an end, what held before holds again on the day after it", () => {
  expect(rowsToAdd(FIRST, row(100, 5), 110)).toEqual([row(100, 5), row(111, 1000)]);
});

test("[TF1] rows that would begin in between are covered, and hold after the end", () => {
  const known = [...FIRST, row(105, 7), row(105, 8), row(108, 9, "single")];
  expect(rowsToAdd(known, row(100, 5), 110)).toEqual([row(100, 5), row(105, 5), row(111, 8)]);
});

test("[TF1] a row of the same day is followed by the new one, once, and holds after the end", () => {
  expect(rowsToAdd([...FIRST, row(100, 7)], row(100, 5), 110)).toEqual([row(100, 5), row(111, 7)]);
});

test("[TF1] where another row begins on the day after the end, nothing is restored", () => {
  expect(rowsToAdd([...FIRST, row(111, 7)], row(100, 5), 110)).toEqual([row(100, 5)]);
});

/** What holds on a day, as the database decides: the newest day first, of one day the row written last. */
function price(rows: readonly TariffRow[], day: number): number | undefined {
  const begun = rows.filter(({ kind, from }) => kind === "group" && from <= day);
  return begun.reduce<TariffRow | undefined>(
    (best, one) => (best && best.from > one.from ? best : one),
    undefined,
  )?.price;
}

test("[TF1] property: the new price holds from its first to its last day, on every other day the old one", () => {
  const change = fc.record({ from: fc.integer({ min: 1, max: 12 }), length: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      let rows = [row(0, 1000)];
      for (const [n, { from, length }] of changes.entries()) {
        const sorted = rows.toSorted((a, b) => a.from - b.from);
        const next = [...rows, ...rowsToAdd(sorted, row(from, n), from + length)];
        for (let day = 0; day < 22; day++) {
          const inside = day >= from && day <= from + length;
          expect(price(next, day)).toBe(inside ? n : price(rows, day));
        }
        rows = next;
      }
    }),
  );
});
