import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type CallId, newId, type PracticeId, type RoomId, type SeatId } from "../../wire/ids.ts";
import type { PresenceChange, SeatKey } from "./events.ts";
import { BEAT_MS, Presence, RESUME_MS } from "./presence.ts";
import { callWorld, type World } from "./testing/world.ts";
import { LOST_MS } from "./tick.ts";

const at = (mono: number) => ({ mono, wall: 1_800_000_000_000 + mono });
const where = { practice: newId<PracticeId>(), room: newId<RoomId>(), call: newId<CallId>() };

function meeting() {
  const told: PresenceChange[] = [];
  const presence = new Presence((change) => told.push(change));
  presence.open(where, at(0));
  return { presence, told };
}

describe("presence", () => {
  test("[A11] a lost seat was gone from the last moment it was heard", () => {
    const { presence, told } = meeting();
    presence.arrive(where.call, "practice", at(1000));
    presence.lose(where.call, "practice", at(5000));
    presence.tick(at(5000 + RESUME_MS));
    expect(told).toHaveLength(1);
    presence.tick(at(5001 + RESUME_MS));
    expect(told.at(-1)).toMatchObject({ t: "absent", seat: "practice", at: at(5000) });
  });

  test("[BM1] back within 30 s counts as never gone, later as gone and new", () => {
    for (const [after, words] of [
      [RESUME_MS, ["present"]],
      [RESUME_MS + 1, ["present", "absent", "present"]],
    ] as const) {
      const { presence, told } = meeting();
      presence.arrive(where.call, "practice", at(0));
      presence.lose(where.call, "practice", at(0));
      presence.arrive(where.call, "practice", at(after));
      expect(told.map(({ t }) => t)).toEqual([...words]);
    }
  });

  test("leaving on purpose is at once; leaving a seat that is lost already, from when it was heard", () => {
    const { presence, told } = meeting();
    const seat = newId<SeatId>();
    presence.arrive(where.call, "practice", at(0));
    presence.arrive(where.call, seat, at(0));
    presence.leave(where.call, "practice", at(700));
    presence.lose(where.call, seat, at(900));
    presence.leave(where.call, seat, at(5000));
    expect(told.slice(2).map((change) => change.at.mono)).toEqual([700, 900]);
  });

  test("the end tells everybody's absence first, then the end; a second end tells nothing", () => {
    const { presence, told } = meeting();
    presence.arrive(where.call, "practice", at(0));
    presence.end(where.call, "hung-up", at(10));
    presence.end(where.call, "hung-up", at(20));
    expect(told.map(({ t }) => t)).toEqual(["present", "absent", "ended"]);
  });

  test("property: present and absent alternate per seat, times never go back, nobody is left after the end", () => {
    const seats: SeatKey[] = ["practice", newId<SeatId>(), newId<SeatId>()];
    const step = fc.record({
      act: fc.constantFrom("arrive", "lose", "leave", "tick"),
      seat: fc.constantFrom(...seats),
      wait: fc.integer({ min: 0, max: 40_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { presence, told } = meeting();
        let now = 0;
        for (const { act, seat, wait } of steps) {
          now += wait;
          if (act === "tick") presence.tick(at(now));
          else presence[act](where.call, seat, at(now));
        }
        presence.end(where.call, "closed", at(now));
        for (const seat of seats) {
          const mine = told.filter((change) => "seat" in change && change.seat === seat);
          const times = mine.map((change) => change.at.mono);
          expect(mine.map(({ t }) => t)).toEqual(mine.map((_, i) => (i % 2 === 0 ? "present" : "absent")));
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(mine.length % 2).toBe(0);
        }
      }),
    );
  });
});

describe("what counts as heard [A11]", () => {
  test("a pong and any message do; after 10 s without either the line is lost", () => {
    const { world, client, host } = callWorld();
    client.pongs = false;
    world.pass(LOST_MS - 1);
    client.send({ t: "beat" });
    world.pass(LOST_MS - 1);
    expect(client.closed).toBeNull();
    world.pass(1);
    expect(client.closed).toBe("lost");
    expect(host.last("peer").state).toBe("away");
  });

  test("[A11] a lost laptop pays no tail: absent from the last moment heard, in both clocks", () => {
    const { world, client, seat } = callWorld();
    world.pass(60_000);
    const heard = world.now;
    client.pongs = false;
    world.pass(RESUME_MS + 1000);
    const absent = world.presence.find((change) => change.t === "absent");
    expect(absent).toMatchObject({ seat, at: { mono: heard.mono, wall: heard.wall } });
  });

  test("[BM3] a jump of the wall clock moves labels, not lengths", () => {
    const { world, client } = callWorld();
    const start = world.mono;
    world.pass(30_000);
    world.wall -= 3_600_000;
    client.send({ t: "leave" });
    const absent = world.presence.find((change) => change.t === "absent");
    expect((absent?.at.mono ?? 0) - start).toBe(30_000);
  });

  test("[BM2] a therapist on two devices is one seat", () => {
    const { world, session, room } = callWorld();
    const second = world.host(session);
    second.send({ t: "claim", force: true }).send({ t: "enter", room });
    expect(world.presence.filter((change) => "seat" in change && change.seat === "practice")).toHaveLength(1);
  });

  test("[BM1] a reload back on the same seat within 30 s was never gone", () => {
    const { world, client, host, rid, seat } = callWorld();
    client.drop(1001);
    world.pass(3000);
    const again = world.client(rid);
    host.send({ t: "seat", peer: again.peer, seat, slot: 1 });
    world.pass(60_000);
    const seats = world.presence.filter(({ t }) => t !== "beat");
    expect(seats.map(({ t }) => t)).toEqual(["present", "present"]);
  });

  test("[A11] a clean stop ends presence at that moment and leaves the call open", () => {
    const { world, practice } = callWorld();
    world.event({ t: "stop" });
    expect(world.presence.filter(({ t }) => t === "absent")).toHaveLength(2);
    expect(world.presence.some(({ t }) => t === "ended")).toBe(false);
    expect(world.rooms.get(practice)?.[0]?.call).not.toBeNull();
  });
});

describe("beat [BM6]", () => {
  const beats = (world: World) => world.presence.filter(({ t }) => t === "beat");

  test("each ten seconds while two are there, at the moment when both were last heard", () => {
    const { world, client } = callWorld();
    const start = world.mono;
    world.pass(BEAT_MS - 1000);
    expect(beats(world)).toHaveLength(0);
    client.pongs = false;
    const heard = world.mono;
    world.pass(1000);
    expect(beats(world).map(({ at }) => at.mono - start)).toEqual([heard - start]);
  });

  test("a seat that was lost and may come back holds the beat at the moment it was heard", () => {
    const { world, client } = callWorld();
    world.pass(4000);
    const heard = world.mono;
    client.drop();
    world.pass(2 * BEAT_MS);
    expect(beats(world).map(({ at }) => at.mono)).toEqual([heard, heard]);
  });

  test("nobody to be paid for: one alone has no beat", () => {
    const { world, client } = callWorld();
    client.send({ t: "leave" });
    world.pass(3 * BEAT_MS);
    expect(beats(world)).toHaveLength(0);
  });
});
