import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type CallId, newId, type RoomId } from "../wire/ids.ts";
import type { Metered } from "./calls.ts";
import { Overtaken } from "./holds.ts";
import type { Store } from "./store.ts";
import { FREE, storePractice } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

for (const way of ways()) {
  describe(`who measures (${way.name})`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await way.open();
    });
    afterAll(async () => {
      await store.close();
      way.end();
    });

    async function call() {
      const {
        practice: { id: practice },
      } = await storePractice(store);
      const metered = (run: string, length: number): Metered => ({
        call: id,
        practice,
        room: newId<RoomId>(),
        run,
        intervals: [{ kind: "single", begunAt: 1_800_000_000_000, length }],
        shared: true,
      });
      const id = newId<CallId>();
      return { practice, metered };
    }

    test("who was overtaken writes nothing, neither a beat nor the end", async () => {
      const { practice, metered } = await call();
      await store.holds.take(practice, "one");
      expect(await store.calls.save(metered("one", 60_000))).toBe(true);
      await store.holds.take(practice, "two");
      await expect(store.calls.save(metered("one", 120_000))).rejects.toBeInstanceOf(Overtaken);
      await expect(store.calls.settle(metered("one", 120_000), FREE, 1)).rejects.toBeInstanceOf(Overtaken);
      expect(await store.calls.settle(metered("two", 30_000), FREE, 1_800_000_200_000)).toBe("settled");
      const [row] = await store.calls.settled(practice, 0, 2_000_000_000_000);
      expect(row?.intervals.map(({ run, length }) => [run, length]).toSorted()).toEqual([
        ["one", 60_000],
        ["two", 30_000],
      ]);
    });

    test("one that shares with nobody is not asked who it is", async () => {
      const { practice, metered } = await call();
      await store.holds.take(practice, "of the time with several nodes");
      expect(await store.calls.save({ ...metered("alone", 1000), shared: false })).toBe(true);
    });

    test("nobody measures for a practice that is gone", async () => {
      await store.holds.take(newId(), "one");
    });
  });
}
