import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { GrantLeft } from "../../db/ledger.ts";
import { POINT, type Tariffs } from "../../wire/ledger.ts";
import { linesOf, mayStart, minutesOf } from "./tariff.ts";

const CHARGED: Tariffs = { single: { price: 400, free: false }, group: { price: 1000, free: false } };
const PROMOTED: Tariffs = { ...CHARGED, single: { price: 400, free: true } };
const minutes = (n: number) => n * 60_000;
const call = (single: number, group: number) => ({ single: minutes(single), group: minutes(group) });
const trial = (left: number, id = 1): GrantLeft => ({ id, account: "trial", minutes: left, until: null });
const pack = (left: number, id: number): GrantLeft => ({
  id,
  account: "package",
  minutes: left,
  until: null,
});
const short = (of: Parameters<typeof linesOf>[0]) =>
  linesOf(of).map(({ account, kind, minutes, amount, grant }) => [account, kind, minutes, amount, grant]);

describe("minutes", () => {
  test("[BM4] started minutes, rounded up once", () => {
    expect([0, 1, 59_999, 60_000, 60_001].map(minutesOf)).toEqual([0, 1, 1, 1, 2]);
  });
  test("[BM4] no interval, no minute, no entry", () => {
    expect(linesOf({ lengths: call(0, 0), tariffs: CHARGED, points: 0, grants: [] })).toEqual([]);
  });
});

describe("price", () => {
  test("[TF1] fifty minutes of two cost twenty points, or nothing under the promotion, which says what it waived", () => {
    const fifty = { lengths: call(50, 0), points: 0, grants: [] };
    expect(short({ ...fifty, tariffs: CHARGED })).toEqual([["points", "single", 50, -20 * POINT, null]]);
    expect(linesOf({ ...fifty, tariffs: PROMOTED })).toMatchObject([
      { account: "promotion", minutes: 50, amount: 0, waived: 20 * POINT },
    ]);
  });

  test("[TF4] promotion, then trial, then packages in the order given, then points; one call can draw on all", () => {
    const lengths = call(5, 20);
    const grants = [pack(7, 2), trial(3), pack(4, 3)];
    expect(short({ lengths, tariffs: PROMOTED, points: 0, grants })).toEqual([
      ["promotion", "single", 5, 0, null],
      ["trial", "group", 3, -3, 1],
      ["package", "group", 7, -7, 2],
      ["package", "group", 4, -4, 3],
      ["points", "group", 6, -6000, null],
    ]);
  });

  test("[TF3] trial minutes are for groups; a package is for any kind and is not spent twice in one call", () => {
    expect(
      short({ lengths: call(6, 6), tariffs: CHARGED, points: 0, grants: [trial(2), pack(8, 2)] }),
    ).toEqual([
      ["package", "single", 6, -6, 2],
      ["trial", "group", 2, -2, 1],
      ["package", "group", 2, -2, 2],
      ["points", "group", 2, -2000, null],
    ]);
  });

  test("property: every started minute is paid exactly once, no grant goes below zero, and nothing is credited", () => {
    const grant = fc.record({ minutes: fc.integer({ min: 1, max: 40 }), isTrial: fc.boolean() });
    fc.assert(
      fc.property(
        fc.nat(5_000_000),
        fc.nat(5_000_000),
        fc.array(grant, { maxLength: 5 }),
        fc.boolean(),
        (single, group, given, free) => {
          const grants = given.map((one, n) => (one.isTrial ? trial(one.minutes, n) : pack(one.minutes, n)));
          const tariffs = free ? PROMOTED : CHARGED;
          const lines = linesOf({ lengths: { single, group }, tariffs, points: 0, grants });
          const sum = (kind: string) =>
            lines.reduce((all, line) => all + (line.kind === kind ? line.minutes : 0), 0);
          expect([sum("single"), sum("group")]).toEqual([minutesOf(single), minutesOf(group)]);
          for (const { id, minutes } of grants) {
            const used = lines.reduce((all, line) => all + (line.grant === id ? line.minutes : 0), 0);
            expect(used).toBeLessThanOrEqual(minutes);
          }
          expect(lines.every((line) => line.amount <= 0 && line.minutes > 0)).toBe(true);
        },
      ),
    );
  });
});

describe("start", () => {
  const nothing = { points: 0, grants: [] };
  test("[TF5] a free call always starts, also below zero", () => {
    expect(mayStart("single", { points: -9000, grants: [] }, PROMOTED)).toBe(true);
  });
  test("[TF5] a charged one needs a point or a minute of the right kind", () => {
    expect(mayStart("group", nothing, PROMOTED)).toBe(false);
    expect(mayStart("single", nothing, CHARGED)).toBe(false);
    expect(mayStart("group", { points: 1, grants: [] }, CHARGED)).toBe(true);
    expect(mayStart("group", { points: -1, grants: [trial(1)] }, CHARGED)).toBe(true);
    expect(mayStart("single", { points: 0, grants: [trial(1)] }, CHARGED)).toBe(false);
    expect(mayStart("single", { points: 0, grants: [pack(1, 1)] }, CHARGED)).toBe(true);
  });
});
