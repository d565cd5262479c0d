/** The contract of links and rooms, held against both ways to open the store. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type CallId, newId, type Rid, type RoomId } from "../wire/ids.ts";
import { OPEN_CLIENTS_MAX } from "../wire/signal.ts";
import { ROOM_OPEN_MS } from "./rooms.ts";
import type { Store } from "./store.ts";
import { noise, storeLinks, storePractice } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

describe.each(ways())("rooms contract, $name", ({ open, end }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const vaultChange = (base: number, more: object = {}) => ({
    base,
    manifest: noise(40),
    put: [],
    drop: [],
    links: { add: [], drop: [] },
    ...more,
  });

  const NOW = 1_000_000;

  async function roomFor(n = 1) {
    const { practice } = await storePractice(store);
    const rids = await storeLinks(store, practice.id, n);
    const answer = await store.rooms.openRoom(
      practice.id,
      rids.map((rid) => [rid]),
      NOW,
    );
    if (answer.kind !== "opened") throw new Error(answer.kind);
    return { practice: practice.id, rids, room: answer.room };
  }

  test("a room is open for two hours and not a millisecond more", async () => {
    const { practice, rids, room } = await roomFor(2);
    const [rid = newId<Rid>()] = rids;
    expect(room).toEqual({
      room: room.room,
      clients: rids.map((one) => [one]),
      closesAt: NOW + ROOM_OPEN_MS,
      call: null,
    });
    expect(await store.rooms.openRooms(practice, NOW)).toEqual([room]);
    expect(await store.rooms.openRoomOfLink(rid, room.closesAt - 1)).toEqual({ practice, room });
    expect(await store.rooms.openRoomOfLink(rid, room.closesAt)).toBeNull();
    expect(await store.rooms.openRooms(practice, room.closesAt)).toEqual([]);
  });

  test("someone inside is never cut: with a call a room outlives its two hours", async () => {
    const { practice, rids, room } = await roomFor();
    const call = newId<CallId>();
    expect(await store.rooms.setCall(room.room, call)).toBe(true);
    const open = { ...room, call };
    expect(await store.rooms.openRooms(practice, room.closesAt + 1)).toEqual([open]);
    expect(await store.rooms.openRoomOfLink(rids[0] ?? newId<Rid>(), room.closesAt + 1)).not.toBeNull();
    expect(await store.rooms.setCall(room.room, null)).toBe(true);
    expect(await store.rooms.openRooms(practice, room.closesAt + 1)).toEqual([]);
  });

  test("a client is in at most one open room; the second is refused and names the first", async () => {
    const { practice, rids, room } = await roomFor();
    const [other = newId<Rid>()] = await storeLinks(store, practice, 1);
    const second = await store.rooms.openRoom(practice, [[other], [...rids]], NOW + 1);
    expect(second).toEqual({ kind: "client-open", room: room.room });
    expect(await store.rooms.openRoomOfLink(other, NOW + 1)).toBeNull();
  });

  test("of two tries at once for one client one opens", async () => {
    const { practice } = await storePractice(store);
    const clients = [await storeLinks(store, practice.id, 2)];
    const answers = await Promise.all([1, 2, 3].map(() => store.rooms.openRoom(practice.id, clients, NOW)));
    expect(answers.map((one) => one.kind).sort()).toEqual(["client-open", "client-open", "opened"]);
    expect((await store.rooms.openRooms(practice.id, NOW))[0]?.clients).toEqual(clients);
  });

  test("after the two hours, or '×', the same client gets a new room", async () => {
    const { practice, rids, room } = await roomFor();
    const later = await store.rooms.openRoom(practice, [rids], room.closesAt);
    if (later.kind !== "opened") throw new Error(later.kind);
    expect(later.room.room).not.toBe(room.room);
    expect(await store.rooms.closeRoom(later.room.room, room.closesAt + 1)).toBe(true);
    expect(await store.rooms.closeRoom(later.room.room, room.closesAt + 1)).toBe(false);
    expect((await store.rooms.openRoom(practice, [rids], room.closesAt + 2)).kind).toBe("opened");
  });

  test("a room whose time is over cannot block its client while the call in it can", async () => {
    const { practice, rids, room } = await roomFor();
    await store.rooms.setCall(room.room, newId<CallId>());
    const answer = await store.rooms.openRoom(practice, [rids], room.closesAt + 1);
    expect(answer).toEqual({ kind: "client-open", room: room.room });
  });

  test("'×' needs the right practice and ends the call; a closed room takes no call", async () => {
    const { practice, rids, room } = await roomFor();
    const stranger = (await storePractice(store)).practice.id;
    expect(await store.rooms.closeRoom(room.room, NOW, stranger)).toBe(false);
    expect(await store.rooms.closeRoom(room.room, NOW, practice)).toBe(true);
    expect(await store.rooms.setCall(room.room, newId<CallId>())).toBe(false);
    expect(await store.rooms.openRoomOfLink(rids[0] ?? newId<Rid>(), NOW)).toBeNull();
    expect(await store.rooms.closeRoom(newId<RoomId>(), NOW)).toBe(false);
  });

  test("[BM7] a start finds the practices that have a call, each once", async () => {
    const { practice, room } = await roomFor();
    const [rid = newId<Rid>()] = await storeLinks(store, practice, 1);
    const second = await store.rooms.openRoom(practice, [[rid]], NOW);
    if (second.kind !== "opened") throw new Error(second.kind);
    const found = async () => (await store.rooms.practicesInCall()).filter((one) => one === practice).length;
    expect(await found()).toBe(0);
    await store.rooms.setCall(room.room, newId<CallId>());
    await store.rooms.setCall(second.room.room, newId<CallId>());
    expect(await found()).toBe(1);
    await store.rooms.closeRoom(room.room, NOW);
    await store.rooms.setCall(second.room.room, null);
    expect(await found()).toBe(0);
  });

  test("only links of the practice open a room", async () => {
    const mine = (await storePractice(store)).practice.id;
    const theirs = (await storePractice(store)).practice.id;
    const [own = newId<Rid>()] = await storeLinks(store, mine, 1);
    const [foreign = newId<Rid>()] = await storeLinks(store, theirs, 1);
    const unknown = { kind: "unknown-link" } as const;
    expect(await store.rooms.openRoom(mine, [[own], [foreign]], NOW)).toEqual(unknown);
    expect(await store.rooms.openRoom(mine, [[newId<Rid>()]], NOW)).toEqual(unknown);
  });

  test(`${OPEN_CLIENTS_MAX} clients may be open at once, one more not`, async () => {
    const { practice } = await roomFor(8);
    const rids = await storeLinks(store, practice, 9);
    const clients = rids.map((rid) => [rid]);
    expect(await store.rooms.openRoom(practice, clients, NOW)).toEqual({ kind: "open-limit" });
    expect((await store.rooms.openRoom(practice, clients.slice(0, 8), NOW)).kind).toBe("opened");
    expect(await store.rooms.openRoom(practice, clients.slice(8), NOW)).toEqual({ kind: "open-limit" });
  });

  test("links of a merged client stay together and in order", async () => {
    const { practice } = await storePractice(store);
    const [a, b, c, d] = (await storeLinks(store, practice.id, 4)) as [Rid, Rid, Rid, Rid];
    const answer = await store.rooms.openRoom(practice.id, [[c, a], [b], [d]], NOW);
    expect(answer).toMatchObject({ kind: "opened", room: { clients: [[c, a], [b], [d]] } });
    expect((await store.rooms.openRooms(practice.id, NOW))[0]?.clients).toEqual([[c, a], [b], [d]]);
  });

  test("a dropped link leaves its open room", async () => {
    const { practice, rids, room } = await roomFor(2);
    const [gone = newId<Rid>(), stays = newId<Rid>()] = rids;
    await store.vaults.apply(practice, vaultChange(1, { links: { add: [], drop: [gone] } }), NOW);
    expect(await store.rooms.openRooms(practice, NOW)).toEqual([{ ...room, clients: [[stays]] }]);
    expect(await store.rooms.openRoomOfLink(gone, NOW)).toBeNull();
  });
});
