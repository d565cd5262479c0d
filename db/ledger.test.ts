/** The contract of the ledger: entries that nobody changes, balances that are sums, keys that book once. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Store } from "./store.ts";
import {
  allEntries,
  packageLine,
  pointsLine,
  runRaw,
  sampleBooking,
  storeLedger,
  usedLine,
} from "./testing/bookings.ts";
import { noise, SAMPLE_TRIAL } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

describe.each(ways())("ledger contract, $name", ({ open, end, address }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  /** Books one line under a key of its own and says the entry's id. */
  async function booked(
    number: string,
    line: Parameters<Store["ledger"]["book"]>[1][number],
  ): Promise<number> {
    expect(await store.ledger.book(sampleBooking(number), [line])).toBe(true);
    return (await allEntries(store, number)).at(-1)?.id ?? 0;
  }
  const correct = (id: number) => store.ledger.correct(id, { day: 101, key: noise(32) });

  describe("append only", () => {
    test.each([
      "UPDATE entries SET amount = amount + 1",
      "DELETE FROM entries",
      "INSERT OR REPLACE INTO entries SELECT * FROM entries LIMIT 1",
      "INSERT OR REPLACE INTO entries (number, day, account, minutes, amount, waived, key, line) SELECT number, day, account, minutes, 9, waived, key, line FROM entries LIMIT 1",
      "UPDATE tariffs SET price = 0",
      "DELETE FROM tariffs",
      "INSERT OR REPLACE INTO tariffs SELECT id, kind, from_day, 0, free FROM tariffs",
    ])("[LG1] the database itself refuses: %s", async (sql) => {
      const { number } = await storeLedger(store);
      const all = "SELECT * FROM entries JOIN tariffs ORDER BY entries.id, tariffs.id";
      const before = await runRaw(address, all);
      await expect(runRaw(address, sql)).rejects.toThrow("append only");
      expect(await runRaw(address, all)).toEqual(before);
      expect((await allEntries(store, number)).length).toBe(1);
    });

    test("[LG1] a correction takes an entry back, names it, and leaves it as it was", async () => {
      const { number } = await storeLedger(store);
      const id = await booked(number, pointsLine(-400));
      const [, wrong] = await allEntries(store, number);
      expect(await correct(id)).toBe(true);
      const [, kept, mended] = await allEntries(store, number);
      expect(kept).toEqual(wrong as never);
      expect(mended).toMatchObject({
        account: "points",
        amount: 400,
        corrects: id,
        grant: null,
        day: 101,
        number,
      });
      expect((await store.ledger.standing(number, 100)).points).toBe(0);
    });

    test("[LG1] an entry is taken back once, under whatever key, and a correction never", async () => {
      const { number } = await storeLedger(store);
      const id = await booked(number, pointsLine(-400));
      expect([await correct(id), await correct(id)]).toEqual([true, false]);
      const mended = (await allEntries(store, number)).at(-1)?.id ?? 0;
      expect(await correct(mended)).toBe(false);
      expect(await correct(999_999)).toBe(false);
      expect((await allEntries(store, number)).length).toBe(3);
    });

    test("[LG1] of 20 who take one entry back at once, one does", async () => {
      const { number } = await storeLedger(store);
      const id = await booked(number, pointsLine(-400));
      const answers = await Promise.all(Array.from({ length: 20 }, () => correct(id)));
      expect(answers.filter(Boolean).length).toBe(1);
      expect((await store.ledger.standing(number, 100)).points).toBe(0);
    });

    test("[LG1] minutes used from a grant come back to it", async () => {
      const { number } = await storeLedger(store);
      const grant = await booked(number, packageLine(100, 200));
      const used = await booked(number, usedLine("package", grant, 30));
      await correct(used);
      const { grants } = await store.ledger.standing(number, 100);
      expect(grants).toContainEqual({ id: grant, account: "package", minutes: 100, until: 200 });
      const back = (await allEntries(store, number)).at(-1);
      expect(back).toMatchObject({ minutes: -30, amount: 30, grant, corrects: used, kind: "group" });
    });

    test("[LG1] a grant that is taken back is gone, and what was used of it stays used", async () => {
      const { number } = await storeLedger(store);
      const grant = await booked(number, packageLine(100, null));
      const other = await booked(number, packageLine(50, null));
      await booked(number, usedLine("package", grant, 30));
      await correct(grant);
      const { grants } = await store.ledger.standing(number, 100);
      expect(grants.filter(({ account }) => account === "package").map(({ id }) => id)).toEqual([other]);
      const entries = await allEntries(store, number);
      const left = entries.filter((entry) => (entry.grant ?? entry.id) === grant);
      expect(left.reduce((sum, { amount }) => sum + amount, 0)).toBe(-30);
    });

    test("[LG1] minutes that a promotion gave are taken back with what it waived", async () => {
      const { number } = await storeLedger(store);
      const free = {
        ...pointsLine(0),
        account: "promotion",
        kind: "single",
        minutes: 50,
        waived: 20_000,
      } as const;
      await correct(await booked(number, free));
      const [, , back] = await allEntries(store, number);
      expect(back).toMatchObject({
        account: "promotion",
        minutes: -50,
        amount: 0,
        waived: -20_000,
        grant: null,
      });
    });
  });

  describe("balances", () => {
    test("[LG2] points are the sum of their entries, each practice its own", async () => {
      const [one, two] = [await storeLedger(store), await storeLedger(store)];
      for (const amount of [20_000, -1, -400, -30_000]) await booked(one.number, pointsLine(amount));
      await booked(two.number, pointsLine(7));
      expect((await store.ledger.standing(one.number, 100)).points).toBe(-10_401);
      expect((await store.ledger.standing(two.number, 100)).points).toBe(7);
    });

    test("[LG2] points up to a day count that day and none after it", async () => {
      const { number } = await storeLedger(store);
      for (const [day, amount] of [
        [10, 1],
        [11, 20],
        [12, 300],
      ] as const)
        await store.ledger.book(sampleBooking(number, day), [pointsLine(amount)]);
      const until = (day: number) => store.ledger.pointsUntil(number, day);
      expect([await until(9), await until(10), await until(11), await until(12)]).toEqual([0, 1, 21, 321]);
    });

    test("[LG7] entries of some days: both ends are in, in the order they were written", async () => {
      const { number } = await storeLedger(store);
      for (const day of [12, 10, 11, 13])
        await store.ledger.book(sampleBooking(number, day), [pointsLine(day)]);
      const amounts = (await store.ledger.entries(number, 10, 12)).map(({ amount }) => amount);
      expect(amounts).toEqual([12, 10, 11]);
    });

    test("[TF3] a new practice has its trial minutes, once, and no points", async () => {
      const { number } = await storeLedger(store);
      const [entry, ...more] = await allEntries(store, number);
      expect(more).toEqual([]);
      expect(entry).toMatchObject({ account: "trial", amount: SAMPLE_TRIAL.minutes, day: SAMPLE_TRIAL.day });
      expect(await store.ledger.standing(number, 100)).toEqual({
        points: 0,
        grants: [{ id: entry?.id ?? 0, account: "trial", minutes: SAMPLE_TRIAL.minutes, until: null }],
      });
    });

    test("[TF4] the earliest end comes first, without end last, of equal ones the older; used up ones not at all", async () => {
      const { number } = await storeLedger(store);
      const trial = (await allEntries(store, number))[0]?.id ?? 0;
      const endless = await booked(number, packageLine(1, null));
      const late = await booked(number, packageLine(2, 300));
      const soon = await booked(number, packageLine(3, 200));
      const equal = await booked(number, packageLine(4, 200));
      const empty = await booked(number, packageLine(5, 150));
      await booked(number, usedLine("package", empty, 5));
      const { grants } = await store.ledger.standing(number, 100);
      expect(grants.map(({ id }) => id)).toEqual([soon, equal, late, trial, endless]);
      expect(grants.map(({ minutes }) => minutes)).toEqual([3, 4, 2, SAMPLE_TRIAL.minutes, 1]);
    });

    test("[TF4] the last day of a package still counts, the day after does not, also where some of it was used", async () => {
      const { number } = await storeLedger(store);
      const grant = await booked(number, packageLine(9, 200));
      await booked(number, usedLine("package", grant, 2));
      const on = async (day: number) =>
        (await store.ledger.standing(number, day)).grants.filter(({ account }) => account === "package");
      expect(await on(200)).toEqual([{ id: grant, account: "package", minutes: 7, until: 200 }]);
      expect(await on(201)).toEqual([]);
    });
  });

  describe("keys", () => {
    test("[LG3] a key books once, whatever comes with it the second time", async () => {
      const { number } = await storeLedger(store);
      const booking = sampleBooking(number);
      const lines = [pointsLine(5), pointsLine(7)];
      expect(await store.ledger.book(booking, lines)).toBe(true);
      expect(await store.ledger.book(booking, lines)).toBe(false);
      const more = [...lines, pointsLine(9)];
      expect(await store.ledger.book({ ...booking, day: 7 }, more)).toBe(false);
      expect((await store.ledger.standing(number, 100)).points).toBe(12);
    });

    test("[LG3] 20 bookings with one key at the same moment are one", async () => {
      const { number } = await storeLedger(store);
      const booking = sampleBooking(number);
      const book = () => store.ledger.book(booking, [pointsLine(5), pointsLine(7)]);
      const answers = await Promise.all(Array.from({ length: 20 }, book));
      expect(answers.filter(Boolean).length).toBe(1);
      expect((await store.ledger.standing(number, 100)).points).toBe(12);
    });
  });

  describe("tariffs", () => {
    const set = (kind: "single" | "group", from: number, price: number, free = false) =>
      store.ledger.setTariff({ kind, from, price, free });

    test("[TF1, TF2] from the first day on: 1:1 waived at 400, groups 1,000", async () => {
      const first = { single: { price: 400, free: true }, group: { price: 1000, free: false } };
      expect(await store.ledger.tariffs(0)).toEqual(first);
    });

    test("[TF0] the newest row whose day has come holds, each kind its own", async () => {
      await set("group", 5000, 1);
      await set("group", 5002, 2, true);
      await set("group", 5001, 3);
      const group = async (day: number) => (await store.ledger.tariffs(day)).group;
      expect(await group(4999)).toEqual({ price: 1000, free: false });
      expect(await group(5000)).toEqual({ price: 1, free: false });
      expect(await group(5001)).toEqual({ price: 3, free: false });
      expect(await group(5002)).toEqual({ price: 2, free: true });
      expect((await store.ledger.tariffs(5002)).single).toEqual({ price: 400, free: true });
    });

    test("[TF0] of two rows of one day the one written later holds; rows are told in the order they begin to hold", async () => {
      await set("single", 6000, 1);
      await set("single", 6000, 2);
      expect((await store.ledger.tariffs(6000)).single).toEqual({ price: 2, free: false });
      const rows = (await store.ledger.tariffRows()).map(({ from, price }) => [from, price]);
      expect(rows).toEqual([
        [0, 400],
        [0, 1000],
        [5000, 1],
        [5001, 3],
        [5002, 2],
        [6000, 1],
        [6000, 2],
      ]);
    });

    test("[TF0] several rows are written together or not at all", async () => {
      const good = { kind: "group", from: 7000, price: 5, free: false } as const;
      await expect(store.ledger.setTariff(good, { ...good, price: -1 })).rejects.toThrow();
      expect((await store.ledger.tariffs(7000)).group).toEqual({ price: 2, free: true });
    });
  });
});
