/** The contract of metered calls: kept while they run, settled once, in one transaction with what they cost. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type CallId, newId } from "../wire/ids.ts";
import type { Metered, ToPrice } from "./calls.ts";
import type { Store } from "./store.ts";
import { allEntries, storeLedger } from "./testing/bookings.ts";
import { BY_LENGTH, sampleInterval, sampleMetered } from "./testing/metered.ts";
import { FREE, storeLinks } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

const NOW = 900_000;

describe.each(ways())("call contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const settle = (metered: Metered, pricing = BY_LENGTH) => store.calls.settle(metered, pricing, NOW);
  /** Amounts of a practice's calls. */
  const charged = async (number: string) =>
    (await allEntries(store, number)).filter(({ kind }) => kind !== null).map(({ amount }) => amount);

  test("[BM6] what was measured is kept; a later beat of the same run replaces it, another run adds to it", async () => {
    const { practice } = await storeLedger(store);
    const beat = sampleMetered(practice, [sampleInterval(5000, 10), sampleInterval(6000, 1)]);
    expect(await store.calls.save(beat)).toBe(true);
    expect(await store.calls.save({ ...beat, intervals: [sampleInterval(5000, 25)] })).toBe(true);
    const group = { kind: "group", begunAt: 8000, length: 7 } as const;
    expect(await store.calls.save({ ...beat, run: "next", intervals: [group] })).toBe(true);
    const [row, ...more] = await store.calls.running(practice);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ id: beat.call, room: beat.room, begunAt: 5000, settledAt: null });
    const spans = row?.intervals.map(({ kind, begunAt, length }) => [kind, begunAt, length]);
    expect(spans).toEqual([
      ["single", 5000, 25],
      ["group", 8000, 7],
    ]);
  });

  test("[BM6] a length that nothing can have is refused, and nothing of it is written", async () => {
    const { practice, number } = await storeLedger(store);
    for (const length of [-1, 0.5, Number.NaN, 32 * 24 * 3_600_000]) {
      const odd = sampleMetered(practice, [sampleInterval(5000, 10), sampleInterval(6000, length)]);
      await expect(store.calls.save(odd)).rejects.toBeInstanceOf(RangeError);
      await expect(settle(odd)).rejects.toBeInstanceOf(RangeError);
    }
    expect(await store.calls.running(practice)).toEqual([]);
    expect(await charged(number)).toEqual([]);
  });

  test("[BM4] nobody met: nothing is kept, nothing is settled", async () => {
    const { practice, number } = await storeLedger(store);
    const empty = sampleMetered(practice, []);
    expect(await store.calls.save(empty)).toBe(true);
    expect(await settle(empty)).toBe("nothing");
    expect(await store.calls.running(practice)).toEqual([]);
    expect(await charged(number)).toEqual([]);
  });

  test("[LG4] settling keeps the last beat, charges every run, and dates it by the beginning", async () => {
    const { practice, number } = await storeLedger(store);
    const call = sampleMetered(practice, [sampleInterval(5999, 10)]);
    await store.calls.save(call);
    const last = { kind: "group", begunAt: 20_000, length: 7 } as const;
    expect(await settle({ ...call, run: "next", intervals: [last] })).toBe("settled");
    expect(await charged(number)).toEqual([-10, -7]);
    const [, entry] = await allEntries(store, number);
    expect(entry).toMatchObject({ day: 5, kind: "single", key: BY_LENGTH.keyOf(call.call) });
    expect(await store.calls.running(practice)).toEqual([]);
    const [row] = await store.calls.settled(practice, 5999, 6000);
    expect(row).toMatchObject({ id: call.call, settledAt: NOW });
    expect(row?.intervals.length).toBe(2);
  });

  test("[LG4] the price is told what is left and what the day costs", async () => {
    const { practice } = await storeLedger(store);
    const told: ToPrice[] = [];
    const linesOf = (call: ToPrice) => {
      told.push(call);
      return [];
    };
    const call = sampleMetered(practice, [sampleInterval(5000, 10), sampleInterval(6000, 5)]);
    expect(await settle(call, { ...BY_LENGTH, linesOf })).toBe("settled");
    expect(told.at(-1)).toMatchObject({
      points: 0,
      lengths: { single: 15, group: 0 },
      grants: [{ minutes: 10 }],
    });
    expect(told.at(-1)?.tariffs.single).toEqual({ price: 400, free: true });
    expect(await settle(call)).toBe("already");
  });

  test("[LG4] where the price fails, neither the charge nor the end of the call is written", async () => {
    const { practice, number } = await storeLedger(store);
    const call = sampleMetered(practice, [sampleInterval(5000, 10)]);
    await store.calls.save(call);
    const broken = () => {
      throw new Error("price");
    };
    const longer = { ...call, intervals: [sampleInterval(5000, 99)] };
    await expect(settle(longer, { ...BY_LENGTH, linesOf: broken })).rejects.toThrow();
    const [row] = await store.calls.running(practice);
    expect(row).toMatchObject({ id: call.call, settledAt: null, intervals: [{ length: 10 }] });
    expect(await charged(number)).toEqual([]);
    expect(await settle(longer)).toBe("settled");
    expect(await charged(number)).toEqual([-99]);
  });

  test("[LG3] 20 who settle one call at once charge it once", async () => {
    const { practice, number } = await storeLedger(store);
    const call = sampleMetered(practice, [sampleInterval(5000, 10)]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => settle(call)));
    expect(answers.sort()).toEqual([...Array.from({ length: 19 }, () => "already" as const), "settled"]);
    expect(await charged(number)).toEqual([-10]);
  });

  test("[LG3] a call whose entries are there, but that was not marked as settled, is not charged again", async () => {
    const { practice, number } = await storeLedger(store);
    const call = sampleMetered(practice, [sampleInterval(5000, 10)]);
    await store.ledger.book({ number, day: 1, key: BY_LENGTH.keyOf(call.call) }, [
      ...BY_LENGTH.linesOf({ lengths: { single: 3, group: 0 } } as ToPrice),
    ]);
    expect(await settle(call)).toBe("already");
    expect(await charged(number)).toEqual([-3]);
    expect(await store.calls.running(practice)).toEqual([]);
  });

  test("[BM7] what comes after the settlement changes nothing", async () => {
    const { practice, number } = await storeLedger(store);
    const call = sampleMetered(practice, [sampleInterval(5000, 10)]);
    await settle(call);
    const late = { ...call, intervals: [sampleInterval(5000, 99)] };
    expect(await store.calls.save(late)).toBe(false);
    expect(await settle(late)).toBe("already");
    const [row] = await store.calls.settled(practice, 0, 10_000);
    expect(row?.intervals.map(({ length }) => length)).toEqual([10]);
    expect(await charged(number)).toEqual([-10]);
  });

  test("[BM7] settling takes the call out of its room; a call is an orphan while no open room holds it", async () => {
    const { practice } = await storeLedger(store);
    const [rid] = await storeLinks(store, practice, 1);
    const opened = await store.rooms.openRoom(practice, [[rid ?? never()]], 1000);
    if (opened.kind !== "opened") throw new Error(opened.kind);
    const { room } = opened.room;
    const call = sampleMetered(practice, [sampleInterval(5000, 10)], { room });
    await store.rooms.setCall(room, call.call);
    await store.calls.save(call);
    const orphans = async () => (await store.calls.orphans()).filter((one) => one.practice === practice);
    expect(await orphans()).toEqual([]);
    await store.rooms.setCall(room, null);
    expect(await orphans()).toEqual([{ call: call.call, practice, room }]);
    await store.rooms.setCall(room, call.call);
    await settle(call);
    expect(await orphans()).toEqual([]);
    const after = await store.rooms.openRooms(practice, 1000 + 3 * 60 * 60_000);
    // a room with a call in it would still be open
    expect(after).toEqual([]);
  });

  test("settled calls are told by when they began: the first moment is in, the last is not", async () => {
    const { practice } = await storeLedger(store);
    for (const begun of [1000, 2000, 3000]) await settle(sampleMetered(practice, [sampleInterval(begun, 5)]));
    await store.calls.save(sampleMetered(practice, [sampleInterval(1500, 5)]));
    const rows = await store.calls.settled(practice, 1000, 3000);
    expect(rows.map(({ begunAt }) => begunAt)).toEqual([1000, 2000]);
  });

  test("[LG6] a call of an account that is gone is nothing, and is not kept", async () => {
    const { practice } = await storeLedger(store);
    await store.practices.remove(practice, FREE, NOW);
    const call = sampleMetered(practice, [sampleInterval(5000, 10)], { call: newId<CallId>() });
    expect(await store.calls.save(call)).toBe(false);
    expect(await settle(call)).toBe("nothing");
  });
});

function never(): never {
  throw new Error("no link");
}
