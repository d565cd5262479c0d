/** The contract of vouchers: each works once, for whoever is first. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { PracticeId } from "../wire/ids.ts";
import { Conflict } from "./errors.ts";
import type { Store } from "./store.ts";
import { allEntries, sampleVoucher, storeLedger } from "./testing/bookings.ts";
import { FREE, noise } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

const TODAY = 100;

describe.each(ways())("voucher contract, $name", ({ open, end }) => {
  let store: Store;
  let beside: Store;
  beforeAll(async () => {
    store = await open();
    beside = await open();
  });
  afterAll(async () => {
    await beside.close();
    await store.close();
    end();
  });

  async function added(more: Parameters<typeof sampleVoucher>[0] = {}) {
    const voucher = sampleVoucher(more);
    await store.vouchers.add([voucher]);
    return voucher;
  }

  test("[LG5] points are credited on the day, under a key that has nothing of the code", async () => {
    const { practice, number } = await storeLedger(store);
    const { hash, key } = await added();
    const credited = { kind: "credited", account: "points", amount: 20_000, until: null } as const;
    expect(await store.vouchers.redeem(hash, practice, TODAY)).toEqual(credited);
    const entry = (await allEntries(store, number)).at(-1);
    expect(entry).toMatchObject({ account: "points", amount: 20_000, day: TODAY, until: null, key });
    expect((await store.ledger.standing(number, TODAY)).points).toBe(20_000);
  });

  test("[LG5] a package lasts its days from the day it was redeemed, or without end", async () => {
    const { practice, number } = await storeLedger(store);
    const year = await added({ account: "package", amount: 9000, days: 365 });
    const endless = await added({ account: "package", amount: 5 });
    const points = await added({ days: 7 });
    expect(await store.vouchers.redeem(year.hash, practice, TODAY)).toMatchObject({ until: TODAY + 365 });
    expect(await store.vouchers.redeem(endless.hash, practice, TODAY)).toMatchObject({ until: null });
    expect(await store.vouchers.redeem(points.hash, practice, TODAY)).toMatchObject({ until: null });
    const { grants } = await store.ledger.standing(number, TODAY + 365);
    const packages = grants.filter(({ account }) => account === "package");
    expect(packages.map(({ minutes, until }) => [minutes, until])).toEqual([
      [9000, TODAY + 365],
      [5, null],
    ]);
  });

  test("[LG5] a second time it is used, also for another practice", async () => {
    const [one, two] = [await storeLedger(store), await storeLedger(store)];
    const { hash } = await added();
    await store.vouchers.redeem(hash, one.practice, TODAY);
    expect(await store.vouchers.redeem(hash, one.practice, TODAY)).toEqual({ kind: "used" });
    expect(await store.vouchers.redeem(hash, two.practice, TODAY + 1)).toEqual({ kind: "used" });
    expect((await store.ledger.standing(one.number, TODAY)).points).toBe(20_000);
    expect((await store.ledger.standing(two.number, TODAY)).points).toBe(0);
  });

  test("[LG5] when 20 redeem one at the same moment, from two places, one has it", async () => {
    const { hash } = await added();
    const all = await Promise.all(Array.from({ length: 20 }, () => storeLedger(store)));
    const redeem = ({ practice }: { practice: PracticeId }, n: number) =>
      (n % 2 === 0 ? store : beside).vouchers.redeem(hash, practice, TODAY);
    const kinds = (await Promise.all(all.map(redeem))).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(["credited", ...Array.from({ length: 19 }, () => "used" as const)]);
    const points = await Promise.all(all.map(({ number }) => store.ledger.standing(number, TODAY)));
    expect(points.reduce((sum, one) => sum + one.points, 0)).toBe(20_000);
  });

  test("[LG5] what nobody made is unknown", async () => {
    const { practice } = await storeLedger(store);
    expect(await store.vouchers.redeem(noise(32), practice, TODAY)).toEqual({ kind: "unknown" });
  });

  test("[LG5] an account that is gone uses nothing up", async () => {
    const [gone, here] = [await storeLedger(store), await storeLedger(store)];
    await store.practices.remove(gone.practice, FREE, 1000);
    const { hash } = await added();
    expect(await store.vouchers.redeem(hash, gone.practice, TODAY)).toEqual({ kind: "unknown" });
    expect(await store.vouchers.redeem(hash, here.practice, TODAY)).toMatchObject({ kind: "credited" });
  });

  test("[LG5] the last day still counts, the day after it is over and nothing is credited", async () => {
    const { practice, number } = await storeLedger(store);
    const [last, late] = [await added({ until: TODAY }), await added({ until: TODAY - 1 })];
    expect(await store.vouchers.redeem(last.hash, practice, TODAY)).toMatchObject({ kind: "credited" });
    expect(await store.vouchers.redeem(late.hash, practice, TODAY)).toEqual({ kind: "over" });
    expect((await store.ledger.standing(number, TODAY)).points).toBe(20_000);
  });

  test("[LG5] several are added together or not at all", async () => {
    const { practice } = await storeLedger(store);
    const [first, second] = [sampleVoucher(), await added()];
    await expect(store.vouchers.add([first, second])).rejects.toBeInstanceOf(Conflict);
    expect(await store.vouchers.redeem(first.hash, practice, TODAY)).toEqual({ kind: "unknown" });
  });
});
