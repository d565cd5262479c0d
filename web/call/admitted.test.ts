/** [A5] The list of the admitted: ten minutes to the millisecond, over reloads and devices, taken back by the therapist. */
import { beforeEach, expect, test } from "bun:test";
import fc from "fast-check";
import { type ItemId, idOf, newId, type RoomId } from "../../wire/ids.ts";
import { ADMITTED_MAX, Admitted, type AdmittedEntry, newestAdmitted, READMIT_MS } from "./admitted.ts";

const [room, otherRoom] = [newId<RoomId>(), newId<RoomId>()];
const [maxi, alex] = [newId<ItemId>(), newId<ItemId>()];
let now = 0;

beforeEach(() => {
  now = 1_700_000_000_000;
});

function shelf(everyMs: number) {
  let kept: readonly AdmittedEntry[] = [];
  let writes = 0;
  return {
    everyMs,
    read: () => kept,
    write: (list: readonly AdmittedEntry[]) => {
      writes += 1;
      kept = list;
    },
    writes: () => writes,
  };
}

const admitted = (...shelves: ReturnType<typeof shelf>[]) => new Admitted(() => now, shelves);

test("[A5] recent until ten minutes have passed, not a millisecond longer, in this room and for this client only", () => {
  const list = admitted(shelf(0));
  list.note(room, [maxi]);
  expect(list.isRecent(room, alex)).toBe(false);
  expect(list.isRecent(otherRoom, maxi)).toBe(false);
  now += READMIT_MS;
  expect(list.isRecent(room, maxi)).toBe(true);
  now += 1;
  expect(list.isRecent(room, maxi)).toBe(false);
});

test("[A5] who was inside all the time is recent after an hour", () => {
  const list = admitted(shelf(0));
  for (let minute = 0; minute < 60; minute++) {
    list.note(room, [maxi]);
    now += 60_000;
  }
  expect(list.isRecent(room, maxi)).toBe(true);
});

test("[A5] a page made anew reads what the one before it kept, from whichever shelf has it", () => {
  const [page, vault] = [shelf(0), shelf(240_000)];
  admitted(page, vault).note(room, [maxi]);
  expect(admitted(page, shelf(0)).isRecent(room, maxi)).toBe(true);
  expect(admitted(shelf(0), vault).isRecent(room, maxi)).toBe(true);
  expect(admitted(shelf(0)).isRecent(room, maxi)).toBe(false);
});

test("a slow shelf is written when its entry is old enough, and not before", () => {
  const vault = shelf(240_000);
  const list = admitted(vault);
  list.note(room, [maxi]);
  now += 239_999;
  list.note(room, [maxi]);
  expect(vault.writes()).toBe(1);
  now += 1;
  list.note(room, [maxi]);
  expect(vault.writes()).toBe(2);
  list.note(room, [maxi, alex]);
  expect(vault.writes()).toBe(3);
});

test("forgotten: one client of a room, or the whole room; nothing else", () => {
  const list = admitted(shelf(0));
  list.note(room, [maxi, alex]);
  list.note(otherRoom, [maxi]);
  list.forget(room, maxi);
  expect([list.isRecent(room, maxi), list.isRecent(room, alex)]).toEqual([false, true]);
  list.forget(room);
  expect([list.isRecent(room, alex), list.isRecent(otherRoom, maxi)]).toEqual([false, true]);
});

test("a clock of another device that is ahead or far off lets nobody in for hours", () => {
  const list = admitted(shelf(0));
  now += 3_600_000;
  list.note(room, [maxi]);
  now -= 3_600_000;
  expect(list.isRecent(room, maxi)).toBe(false);
});

const anyEntry = fc.record({
  room: fc.constantFrom(room, otherRoom),
  record: fc.integer({ min: 0, max: 40 }).map((n) => idOf<ItemId>(new Uint8Array(16).fill(n))),
  at: fc.nat({ max: 1000 }),
});

const manyEntries = fc.array(anyEntry, { maxLength: 60, size: "max" });

test("who was inside long ago is not kept", () => {
  const tab = shelf(0);
  const list = admitted(tab);
  list.note(room, [maxi]);
  now += READMIT_MS + 1;
  list.note(room, [alex]);
  expect(tab.read().map(({ record }) => record)).toEqual([alex]);
});

test("two lists as one: whichever comes first, bounded, and each client's latest moment", () => {
  fc.assert(
    fc.property(manyEntries, manyEntries, (a, b) => {
      const both = newestAdmitted(a, b);
      expect(newestAdmitted(b, a)).toEqual(both);
      expect(newestAdmitted(both, a)).toEqual(both);
      expect(both.length).toBeLessThanOrEqual(ADMITTED_MAX);
      for (const { room: r, record, at } of both) {
        const all = [...a, ...b].filter((entry) => entry.room === r && entry.record === record);
        expect(at).toBe(Math.max(...all.map((entry) => entry.at)));
      }
    }),
  );
});
