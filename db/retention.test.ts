/** What is deleted, and what stays: the contract of the retention job and of a deleted account (LG6). */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type CallId, newId, type PracticeId } from "../wire/ids.ts";
import { ROOM_OPEN_MS } from "./rooms.ts";
import type { Store } from "./store.ts";
import {
  allEntries,
  pointsLine,
  runRaw,
  sampleBooking,
  sampleVoucher,
  storeLedger,
} from "./testing/bookings.ts";
import { BY_LENGTH, sampleInterval, sampleMetered } from "./testing/metered.ts";
import { sampleItem, sampleSession, storeLinks } from "./testing/samples.ts";
import { ways } from "./testing/ways.ts";

const TODAY = 100;

describe.each(ways())("retention contract, $name", ({ open, end, address }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
    end();
  });

  const count = async (table: string, where: string) =>
    Number((await runRaw(address, `SELECT count(*) AS n FROM ${table} WHERE ${where}`))[0]?.n);

  async function openRoom(practice: PracticeId) {
    const links = await storeLinks(store, practice, 1);
    const opened = await store.rooms.openRoom(practice, [links], 1000);
    if (opened.kind !== "opened") throw new Error(opened.kind);
    return opened.room.room;
  }

  test("[R10, LG6] a call's times go once it has been settled long enough; its entries stay", async () => {
    const { practice, number } = await storeLedger(store);
    const [old, young] = [1, 2].map((n) => sampleMetered(practice, [sampleInterval(n * 1000, 5)]));
    if (!old || !young) throw new Error("two");
    await store.calls.settle(old, BY_LENGTH, 4999);
    await store.calls.settle(young, BY_LENGTH, 5000);
    const before = await allEntries(store, number);
    await store.retention.clear({ wall: 5000, day: TODAY, session: 0 });
    expect((await store.calls.settled(practice, 0, 9999)).map(({ id }) => id)).toEqual([young.call]);
    expect(await count("intervals", `call = '${old.call}'`)).toBe(0);
    expect(await count("intervals", `call = '${young.call}'`)).toBe(1);
    expect(await allEntries(store, number)).toEqual(before);
  });

  test("[R10] a session that is good for nothing any more goes, whenever it was used last; one that is good stays", async () => {
    const { practice } = await storeLedger(store);
    const kept = await store.sessions.of(practice);
    await store.sessions.begin(sampleSession(practice, 5000));
    await store.sessions.begin({ ...sampleSession(practice, 5001), lastSeenAt: 1 });
    const { sessions } = await store.retention.clear({ wall: 0, day: 0, session: 5001 });
    expect(sessions).toBeGreaterThan(kept.length);
    expect((await store.sessions.of(practice)).map(({ createdAt }) => createdAt)).toEqual([5001]);
  });

  test("[LG6] a call that is not settled stays whatever its age", async () => {
    const { practice } = await storeLedger(store);
    await store.calls.save(sampleMetered(practice, [sampleInterval(1, 5)]));
    await store.retention.clear({ wall: 1_000_000, day: TODAY, session: 0 });
    expect((await store.calls.running(practice)).map(({ intervals }) => intervals.length)).toEqual([1]);
  });

  test("[LG6] closed rooms go; one that is open, holds a call, or closed lately stays", async () => {
    const { practice } = await storeLedger(store);
    const rooms = [
      await openRoom(practice),
      await openRoom(practice),
      await openRoom(practice),
      await openRoom(practice),
    ];
    const [old, late, held] = rooms;
    if (!old || !late || !held) throw new Error("four");
    await store.rooms.setCall(held, newId<CallId>());
    await store.rooms.closeRoom(old, 4999);
    await store.rooms.closeRoom(late, 5000);
    await runRaw(address, `UPDATE rooms SET closed_at = 4999 WHERE id = '${held}'`);
    await store.retention.clear({ wall: 5000, day: TODAY, session: 0 });
    const kept = (await runRaw(address, `SELECT id FROM rooms WHERE practice = '${practice}'`)).map(
      ({ id }) => id,
    );
    expect(kept.sort()).toEqual(rooms.slice(1).sort());
    expect(await count("room_links", `room = '${old}'`)).toBe(0);
  });

  test("[LG6] a room that ran out and that nobody closed goes as well, but not before its end", async () => {
    const { practice } = await storeLedger(store);
    const room = await openRoom(practice);
    const closesAt = 1000 + ROOM_OPEN_MS;
    await store.retention.clear({ wall: closesAt, day: TODAY, session: 0 });
    expect(await count("rooms", `id = '${room}'`)).toBe(1);
    await store.retention.clear({ wall: closesAt + 1, day: TODAY, session: 0 });
    expect(await count("rooms", `id = '${room}'`)).toBe(0);
  });

  test("[LG6] redeemed vouchers go, and what they credited stays; the others stay whatever their end", async () => {
    const { practice, number } = await storeLedger(store);
    const [old, late, over] = [sampleVoucher(), sampleVoucher(), sampleVoucher({ until: 1 })];
    await store.vouchers.add([old, late, over]);
    await store.vouchers.redeem(old.hash, practice, TODAY - 1);
    await store.vouchers.redeem(late.hash, practice, TODAY);
    await store.retention.clear({ wall: 0, day: TODAY, session: 0 });
    const redeem = async (hash: (typeof old)["hash"]) =>
      (await store.vouchers.redeem(hash, practice, TODAY)).kind;
    expect([await redeem(old.hash), await redeem(late.hash), await redeem(over.hash)]).toEqual([
      "unknown",
      "used",
      "over",
    ]);
    expect((await store.ledger.standing(number, TODAY)).points).toBe(40_000);
  });

  test("[LG6] a deleted account leaves its entries, and nothing that leads from one to the other", async () => {
    const { practice, number } = await storeLedger(store);
    const room = await openRoom(practice);
    const { counter } = await store.vaults.of(practice);
    const put = { base: counter, manifest: sampleItem(40).box, put: [sampleItem()], drop: [] };
    await store.vaults.apply(practice, { ...put, links: { add: [], drop: [] } }, 1);
    await store.ledger.book(sampleBooking(number), [pointsLine(20_000)]);
    const settled = sampleMetered(practice, [sampleInterval(1000, 5)]);
    const running = sampleMetered(practice, [sampleInterval(2000, 7)], { room });
    await store.calls.settle(settled, BY_LENGTH, 3000);
    await store.calls.save(running);
    await store.practices.remove(practice, BY_LENGTH, 4000);
    // the call that was on is charged at its last beat
    expect((await allEntries(store, number)).map(({ amount }) => amount)).toEqual([10, 20_000, -5, -7]);
    expect(await store.ledger.numberOf(practice)).toBeNull();
    for (const id of [practice, room, settled.call, running.call]) expect(await tablesWith(id)).toEqual([]);
    expect(await tablesWith(number)).toEqual(["entries"]);
  });

  /** The tables in which a text stands anywhere. */
  async function tablesWith(text: string): Promise<string[]> {
    const tables = await runRaw(address, "SELECT name FROM sqlite_master WHERE type = 'table'");
    const found: string[] = [];
    for (const name of tables.map((table) => String(table.name))) {
      const rows = await runRaw(address, `SELECT * FROM "${name}"`);
      if (rows.some((row) => Object.values(row).some((cell) => asText(cell).includes(text))))
        found.push(name);
    }
    return found;
  }
});

function asText(cell: unknown): string {
  return cell instanceof ArrayBuffer ? Buffer.from(cell).toString("latin1") : String(cell);
}
