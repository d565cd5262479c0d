/** The store against a ten-line model: random orders of opening, closing, calls, time and vault writes by two practices;
 * after every step both say the same. A failing order is printed by fast-check with its seed. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type CallId, type ItemId, newId, type PracticeId, type Rid, type RoomId } from "../wire/ids.ts";
import { OPEN_CLIENTS_MAX } from "../wire/signal.ts";
import { ROOM_OPEN_MS } from "./rooms.ts";
import { openStore, type Store } from "./store.ts";
import { noise, storeLinks, storePractice } from "./testing/samples.ts";

/** Higher: minutes. Lower: rare orders are not met. */
const RUNS = { numRuns: 25 };
const LINKS = 6;

const folder = mkdtempSync(join(tmpdir(), "model-"));
let store: Store;
beforeAll(async () => {
  store = await openStore({ url: `file:${join(folder, "m.db")}`, token: null });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const link = fc.integer({ min: 0, max: LINKS - 1 });
const step = fc.oneof(
  fc.record({
    t: fc.constant("open" as const),
    who: fc.nat(1),
    links: fc.uniqueArray(link, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ t: fc.constant("close" as const), which: fc.nat(9) }),
  fc.record({ t: fc.constant("call" as const), which: fc.nat(9), on: fc.boolean() }),
  fc.record({ t: fc.constant("later" as const), ms: fc.constantFrom(1, ROOM_OPEN_MS / 3, ROOM_OPEN_MS) }),
);

type ModelRoom = { id: RoomId; who: number; rids: Rid[]; closesAt: number; closed: boolean; call: boolean };

test("a client is in at most one open room; a room lives two hours or as long as its call", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const practices = [(await storePractice(store)).practice.id, (await storePractice(store)).practice.id];
      const rids = await Promise.all(practices.map((id) => storeLinks(store, id, LINKS)));
      const rooms: ModelRoom[] = [];
      let now = 1_000_000;
      const isOpen = (room: ModelRoom) => !room.closed && (room.call || now < room.closesAt);
      for (const one of steps) {
        if (one.t === "later") now += one.ms;
        if (one.t === "open") await open(one.who, one.links);
        const room = one.t === "close" || one.t === "call" ? rooms[one.which] : undefined;
        // signaling never puts a call into a room that is over
        if (room !== undefined && isOpen(room))
          await change(room, one.t === "close" ? "close" : one.t === "call" && one.on);
        await compare();
      }

      async function open(who: number, links: number[]) {
        const mine = links.map((n) => rids[who]?.[n] ?? newId<Rid>());
        const practice = practices[who] ?? newId<PracticeId>();
        const answer = await store.rooms.openRoom(
          practice,
          mine.map((rid) => [rid]),
          now,
        );
        const clash = rooms.filter((room) => isOpen(room) && room.rids.some((rid) => mine.includes(rid)));
        const held = rooms
          .filter((room) => isOpen(room) && room.who === who)
          .flatMap((room) => room.rids).length;
        if (clash.length > 0) expect(clash.map((room) => room.id)).toContain(roomIn(answer));
        else if (held + mine.length > OPEN_CLIENTS_MAX) expect(answer.kind).toBe("open-limit");
        else if (answer.kind === "opened") {
          const { room: id, closesAt } = answer.room;
          rooms.push({ id, who, rids: mine, closesAt, closed: false, call: false });
        } else throw new Error(answer.kind);
      }

      async function change(room: ModelRoom, to: "close" | boolean) {
        if (to === "close") {
          expect(await store.rooms.closeRoom(room.id, now)).toBe(true);
          room.closed = true;
        } else {
          expect(await store.rooms.setCall(room.id, to ? newId<CallId>() : null)).toBe(true);
          room.call = to;
        }
      }

      async function compare() {
        for (const [who, practice] of practices.entries()) {
          const wanted = rooms.filter((room) => room.who === who && isOpen(room));
          const found = await store.rooms.openRooms(practice, now);
          expect(found.map((room) => room.room).sort()).toEqual(wanted.map((room) => room.id).sort());
          for (const rid of rids[who] ?? []) {
            const inside = wanted.filter((room) => room.rids.includes(rid));
            expect(inside.length).toBeLessThanOrEqual(1);
            expect((await store.rooms.openRoomOfLink(rid, now))?.room.room).toBe(inside[0]?.id as RoomId);
          }
        }
      }
    }),
    RUNS,
  );
}, 60_000);

function roomIn(answer: { kind: string; room?: unknown }): RoomId {
  if (answer.kind !== "client-open") throw new Error(answer.kind);
  return answer.room as RoomId;
}

const write = fc.record({
  lag: fc.constantFrom(0, 0, 0, 1),
  put: fc.uniqueArray(fc.nat(5), { maxLength: 4 }),
  drop: fc.uniqueArray(fc.nat(5), { maxLength: 2 }),
});

test("[TP1 2.10] a vault is exactly what the writes on its current counter made of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 20 }), async (writes) => {
      const practice = (await storePractice(store)).practice.id;
      const ids = Array.from({ length: 6 }, () => newId<ItemId>());
      const model = new Map<ItemId, { version: number; box: Uint8Array }>();
      let counter = 0;
      for (const { lag, put, drop } of writes) {
        const items = put.map((n) => ({
          id: ids[n] ?? newId<ItemId>(),
          version: counter,
          box: noise(40 + n),
        }));
        const dropped = drop.map((n) => ids[n] ?? newId<ItemId>());
        const base = counter - lag;
        const change = { base, manifest: noise(40), put: items, drop: dropped, links: { add: [], drop: [] } };
        const answer = await store.vaults.apply(practice, change, 1);
        expect(answer).toEqual(lag === 0 ? { counter: counter + 1 } : "behind");
        if (lag === 0) {
          counter += 1;
          for (const id of dropped) model.delete(id);
          for (const { id, version, box } of items) model.set(id, { version, box });
        }
        const found = await store.vaults.of(practice);
        expect(found.counter).toBe(counter);
        expect(new Map(found.items.map(({ id, version, box }) => [id, { version, box }]))).toEqual(
          model as never,
        );
      }
    }),
    RUNS,
  );
}, 60_000);
