/** Presence to ledger on a real database: what is kept, what is booked, what a crash and a full disk leave. Time stands in the test's hand. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreFull } from "../../db/errors.ts";
import { openStore, type Store } from "../../db/store.ts";
import { storeLinks, storePractice } from "../../db/testing/samples.ts";
import { type CallId, newId, type PracticeId, type RoomId, type SeatId } from "../../wire/ids.ts";
import { createLog } from "../log.ts";
import type { PresenceChange, SeatKey } from "../signaling/events.ts";
import { Billing, type Shared } from "./billing.ts";
import { dayOf, monthIn } from "./day.ts";
import { accountOf, statementOf } from "./statement.ts";

const START = Date.parse("2026-11-25T09:00:00Z");
const MINUTE = 60_000;
const NOVEMBER = monthIn("2026-11");

let folder: string;
let store: Store;
let practice: PracticeId;
let room: RoomId;
const call = () => newId<CallId>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "billing-"));
  store = await openStore({ url: `file:${join(folder, "b.db")}`, token: null });
  practice = (await storePractice(store)).practice.id;
  const [rid] = await storeLinks(store, practice, 1);
  const opened = await store.rooms.openRoom(practice, rid ? [[rid]] : [], START);
  if (opened.kind === "opened") room = opened.room.room;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One run of the server; `mono` starts anew in each, as it does after a restart. */
function run(calls: Store["calls"] = store.calls, shared?: Shared, name = newId<CallId>()) {
  const lines: string[] = [];
  const log = createLog({ now: () => START, monotonic: () => 0 }, "debug", (line) => void lines.push(line));
  let now = 0;
  const settled: PracticeId[] = [];
  const moment = () => ({ mono: now, wall: START + now });
  const billing = new Billing({
    calls,
    log,
    now: moment,
    wait: async () => undefined,
    run: name,
    settled: (who) => void settled.push(who),
    ...(shared ? { shared } : {}),
  });
  const tell = (of: CallId, what: object, at = now) =>
    billing.take({ practice, room, call: of, at: { mono: at, wall: START + at }, ...what } as PresenceChange);
  return {
    billing,
    lines,
    settled,
    at: (ms: number) => {
      now = ms;
    },
    come: (of: CallId, ...seats: SeatKey[]) => {
      for (const seat of seats) tell(of, { t: "present", seat });
    },
    go: (of: CallId, ...seats: SeatKey[]) => {
      for (const seat of seats) tell(of, { t: "absent", seat });
    },
    beat: (of: CallId, at?: number) => tell(of, { t: "beat" }, at),
    end: (of: CallId, reason: "hung-up" | "closed" | "empty" = "hung-up") => tell(of, { t: "ended", reason }),
  };
}

const SEAT = newId<SeatId>();
async function month() {
  if (!NOVEMBER) throw new Error("no month");
  return await statementOf(store, practice, NOVEMBER);
}
const lines = async () => (await month()).calls;

/** A whole call of two, `ms` long. */
async function meet(of: CallId, ms: number) {
  const server = run();
  server.come(of, "practice", SEAT);
  server.at(ms);
  server.go(of, "practice", SEAT);
  server.end(of);
  await server.billing.flush();
  return server;
}

describe("settlement", () => {
  test("[BM4, TF1] fifty minutes of two are one entry with what the promotion waives, and tell signaling to look again", async () => {
    const server = await meet(call(), 50 * MINUTE);
    expect(await lines()).toMatchObject([
      {
        begunAt: START,
        minutes: { single: 50, group: 0 },
        paid: { promotion: 50 },
        price: 0,
        waived: 20_000,
      },
    ]);
    expect(server.settled).toEqual([practice]);
  });

  test("[BM4] waiting alone is no minute and no entry", async () => {
    const [server, one] = [run(), call()];
    server.come(one, "practice");
    server.at(90 * MINUTE);
    server.go(one, "practice");
    server.end(one, "empty");
    await server.billing.flush();
    expect(await lines()).toEqual([]);
    expect(await store.calls.running(practice)).toEqual([]);
  });

  test("[LG3] told twice, by two runs too, a call is booked once", async () => {
    const one = call();
    await meet(one, 3 * MINUTE);
    await meet(one, 5 * MINUTE);
    expect(await lines()).toMatchObject([{ minutes: { single: 3, group: 0 } }]);
  });

  test("[LG3] two calls of one day are two entries", async () => {
    await meet(call(), MINUTE);
    await meet(call(), MINUTE);
    expect(await lines()).toHaveLength(2);
  });

  test("[BM6] a beat from the future counts until now", async () => {
    const [server, one] = [run(), call()];
    server.come(one, "practice", SEAT);
    server.at(10_000);
    server.beat(one, 500 * MINUTE);
    await server.billing.flush();
    const [row] = await store.calls.running(practice);
    expect(row?.intervals.map(({ length }) => length)).toEqual([10_000]);
  });

  test("the end of a call nobody knows of books nothing", async () => {
    const server = run();
    server.end(call());
    await server.billing.flush();
    expect(await lines()).toEqual([]);
    expect(server.lines.some((line) => line.includes('"level":"error"'))).toBe(false);
  });

  test("[LG4] the room has no call any more from the moment on in which it is booked", async () => {
    const one = call();
    await store.rooms.setCall(room, one);
    await meet(one, MINUTE);
    expect((await store.rooms.openRooms(practice, START))[0]?.call).toBeNull();
  });

  test("[TF4] the minutes to try go first, then points, which may fall below zero (TF5)", async () => {
    const [server, one, other] = [run(), call(), newId<SeatId>()];
    server.come(one, "practice", SEAT, other);
    server.at(25 * MINUTE);
    server.go(one, other, SEAT, "practice");
    server.end(one);
    await server.billing.flush();
    expect(await lines()).toMatchObject([{ paid: { trial: 10, points: 15 }, price: 15_000 }]);
    const account = await accountOf(store, practice, dayOf(START));
    expect(account).toMatchObject({
      points: -15_000,
      trialMinutes: 0,
      mayStart: { single: true, group: false },
    });
  });
});

describe("crash", () => {
  test("[BM6] a beat is kept; the call stays open and is rounded once, the gap is not charged (BM5)", async () => {
    const one = call();
    await store.rooms.setCall(room, one);
    const first = run();
    first.come(one, "practice", SEAT);
    first.at(10_000);
    first.beat(one);
    first.at(19_000);
    await first.billing.flush();
    // killed here: nobody said goodbye
    const second = run();
    await second.billing.recover();
    expect(await lines()).toEqual([]);
    second.at(25_000);
    second.come(one, "practice", SEAT);
    second.at(70_000);
    second.go(one, "practice", SEAT);
    second.end(one);
    await second.billing.flush();
    expect(await lines()).toMatchObject([
      { minutes: { single: 1, group: 0 }, gaps: { count: 1, minutes: 1 } },
    ]);
    const [row] = await store.calls.settled(practice, 0, 2 * START);
    expect(row?.intervals.map(({ length }) => length)).toEqual([10_000, 45_000]);
  });

  test("[BM7] what had ended before the crash, its room closed or another call in it, is settled by the next start", async () => {
    const one = call();
    const first = run();
    first.come(one, "practice", SEAT);
    first.at(130_000);
    first.beat(one);
    await first.billing.flush();
    const second = run();
    await second.billing.recover();
    await second.billing.flush();
    expect(await lines()).toMatchObject([{ minutes: { single: 3, group: 0 } }]);
  });

  test("[LG3] a start that settles what the other process is settling books it once", async () => {
    const one = call();
    const first = run();
    first.come(one, "practice", SEAT);
    first.at(130_000);
    first.beat(one);
    await first.billing.flush();
    const [second, third] = [run(), run()];
    await Promise.all([second.billing.recover(), third.billing.recover()]);
    await Promise.all([second.billing.flush(), third.billing.flush()]);
    expect(await lines()).toHaveLength(1);
  });
});

describe("a full disk", () => {
  function failing(times: number): Store["calls"] {
    let left = times;
    return {
      ...store.calls,
      settle: async (...given) => {
        left -= 1;
        if (left >= 0) throw new StoreFull();
        return await store.calls.settle(...given);
      },
    };
  }

  test("a settlement is tried until it is written, said once, and booked once", async () => {
    const [server, one] = [run(failing(7)), call()];
    server.come(one, "practice", SEAT);
    server.at(MINUTE);
    server.go(one, "practice", SEAT);
    server.end(one);
    while (server.settled.length === 0) await Bun.sleep(0);
    expect(await lines()).toHaveLength(1);
    expect(server.lines.filter((line) => line.includes("billing.unwritten"))).toHaveLength(1);
  });

  test("stopped before there is room, the next start books it from what was kept", async () => {
    const [server, one] = [run(failing(1e9)), call()];
    server.come(one, "practice", SEAT);
    server.at(50_000);
    server.beat(one);
    while ((await store.calls.running(practice)).length === 0) await Bun.sleep(0);
    server.go(one, "practice", SEAT);
    server.end(one);
    await server.billing.flush();
    expect(await lines()).toEqual([]);
    const second = run();
    await second.billing.recover();
    await second.billing.flush();
    expect(await lines()).toHaveLength(1);
  });
});

describe("running", () => {
  test("minutes so far are those of earlier runs and of this one, and nobody else's", async () => {
    const one = call();
    await store.rooms.setCall(room, one);
    const first = run();
    first.come(one, "practice", SEAT);
    first.at(10_000);
    first.beat(one);
    await first.billing.flush();
    const second = run();
    second.come(one, "practice", SEAT);
    second.at(5000);
    second.beat(one);
    while ((await store.calls.running(practice))[0]?.intervals.length !== 2) await Bun.sleep(0);
    expect(await second.billing.running(practice)).toEqual([
      { room, lengths: { single: 15_000, group: 0 }, counting: "single" },
    ]);
    expect(await second.billing.running(newId<PracticeId>())).toEqual([]);
    second.go(one, SEAT);
    expect((await second.billing.running(practice))[0]?.counting).toBeNull();
  });
});

describe("the end of an account", () => {
  test("[LG6] a call that is on is settled by what was kept; its entries stay, and after 92 days nothing leads to anybody", async () => {
    const [server, one] = [run(), call()];
    server.come(one, "practice", SEAT);
    server.at(90_000);
    server.beat(one);
    while ((await store.calls.running(practice)).length === 0) await Bun.sleep(0);
    const number = (await store.ledger.numberOf(practice)) ?? "";
    const { PRICING } = await import("./pricing.ts");
    await store.practices.remove(practice, PRICING, START);
    server.go(one, "practice", SEAT);
    server.end(one, "closed");
    await server.billing.flush();
    const later = START + 92 * 24 * 60 * MINUTE;
    await store.retention.clear({ wall: later, day: dayOf(later), session: 0 });
    const day = dayOf(START);
    const kept = await store.ledger.entries(number, 0, day);
    expect(kept.map(({ account, minutes, amount }) => [account, minutes, amount])).toEqual([
      ["trial", 0, 10],
      ["promotion", 2, 0],
    ]);
    expect(await store.ledger.numberOf(practice)).toBeNull();
    expect(await store.calls.settled(practice, 0, later)).toEqual([]);
    expect(await store.practices.byId(practice)).toBeNull();
  });
});

describe("several nodes", () => {
  /** A node that answers for all practices, until `answers` says otherwise. */
  function node(answers = { hold: true, isStillHere: true }) {
    const name = newId<CallId>();
    const hold = async () => {
      if (answers.hold) await store.holds.take(practice, name);
      return answers.hold;
    };
    const isStillHere = async () => answers.isStillHere && (await hold());
    return { ...run(store.calls, { hold, isStillHere }, name), answers, take: hold };
  }

  async function lengths(of: CallId) {
    const rows = [
      ...(await store.calls.running(practice)),
      ...(await store.calls.settled(practice, 0, 2e12)),
    ];
    return rows
      .filter(({ id }) => id === of)
      .flatMap(({ intervals }) => intervals.map(({ length }) => length));
  }

  test("[BM6] who was overtaken stops measuring, and the other adds only what it measured itself", async () => {
    const of = call();
    const [first, second] = [node(), node()];
    await first.take();
    first.come(of, "practice", newId<SeatId>());
    first.at(MINUTE);
    first.beat(of);
    await first.billing.flush();
    await second.take();
    first.answers.isStillHere = false;
    first.at(5 * MINUTE);
    first.beat(of);
    await first.billing.flush();
    expect(first.billing.isBusy(practice)).toBe(false);
    expect(await lengths(of)).toEqual([MINUTE]);
    second.come(of, "practice", newId<SeatId>());
    second.at(2 * MINUTE);
    second.end(of);
    await second.billing.flush();
    expect((await lengths(of)).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(3 * MINUTE);
  });

  test("who finds its practice in another's name, but is the one, goes on and loses nothing", async () => {
    const of = call();
    const first = node();
    await store.holds.take(practice, "a node that was late");
    first.come(of, "practice", newId<SeatId>());
    first.at(MINUTE);
    first.beat(of);
    while ((await lengths(of)).length === 0) await Bun.sleep(1);
    expect(await lengths(of)).toEqual([MINUTE]);
  });

  test("what a dead node left is settled only by who can have it", async () => {
    const of = call();
    const dead = node();
    await dead.take();
    dead.come(of, "practice", newId<SeatId>());
    dead.at(MINUTE);
    dead.beat(of);
    await dead.billing.flush();
    const other = node({ hold: false, isStillHere: false });
    await other.billing.recover();
    await other.billing.flush();
    expect(await store.calls.settled(practice, 0, 2e12)).toEqual([]);
    other.answers.hold = true;
    await node().billing.recover();
    while ((await store.calls.settled(practice, 0, 2e12)).length === 0) await Bun.sleep(1);
    expect(await lengths(of)).toEqual([MINUTE]);
  });

  test("a call that another measures is shown as it was heard of last", async () => {
    const of = call();
    const [first, second] = [node(), node()];
    await first.take();
    first.come(of, "practice", newId<SeatId>());
    first.at(MINUTE);
    first.beat(of);
    await first.billing.flush();
    second.at(MINUTE + 5000);
    expect(await second.billing.running(practice)).toMatchObject([{ counting: "single" }]);
    second.at(2 * MINUTE);
    expect(await second.billing.running(practice)).toMatchObject([{ counting: null }]);
  });
});
