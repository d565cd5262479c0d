import { describe, expect, test } from "bun:test";
import { type CallId, newId, type PeerId, type Rid, type SeatId } from "../../wire/ids.ts";
import { EMPTY_MS, RESUME_MS } from "./presence.ts";
import { callWorld, smallWorld, TWO_HOURS, type World } from "./testing/world.ts";

const presence = (world: World) =>
  world.presence.map(({ t, ...rest }) => ("seat" in rest ? [t, rest.seat] : [t]));

/** A seated client of another practice. */
function callWorldIn(world: World) {
  const { practice, session } = world.practice();
  const rid = world.link(practice);
  const room = world.open(practice, [rid]);
  const host = world.host(session).send({ t: "enter", room });
  const client = world.client(rid);
  host.send({ t: "seat", peer: client.peer, seat: newId<SeatId>(), slot: 1 });
  return client;
}

describe("seats [A6]", () => {
  test("a client learns of ICE servers when it is seated, not before", () => {
    const { world, session, room, rid } = smallWorld();
    const host = world.host(session).send({ t: "enter", room });
    const client = world.client(rid);
    expect(JSON.stringify(client.inbox)).not.toContain("stun");
    host.send({ t: "seat", peer: client.peer, seat: newId<SeatId>(), slot: 3 });
    expect(client.last("seated").ice).toEqual([{ urls: "stun:here:3478" }]);
  });

  test("a seat that moves leaves the peer that held it", () => {
    const { world, host, client, rid, seat } = callWorld();
    const second = world.client(rid);
    host.send({ t: "seat", peer: second.peer, seat, slot: 1 });
    expect(client.all("unseated")).toHaveLength(1);
    expect(second.last("seated").seat).toBe(seat);
    expect(presence(world)).toEqual([
      ["present", "practice"],
      ["present", seat],
    ]);
  });

  test("a peer that gets another seat leaves the one it had", () => {
    const { world, host, client, seat } = callWorld();
    const other = newId<SeatId>();
    host.send({ t: "seat", peer: client.peer, seat: other, slot: 1 });
    expect(presence(world).slice(2)).toEqual([
      ["absent", seat],
      ["present", other],
    ]);
  });

  test("saying the same seat again changes nothing but renews the ICE servers", () => {
    const { world, host, client, seat } = callWorld();
    const { peer } = client;
    client.clear();
    host.send({ t: "seat", peer, seat, slot: 1 });
    expect(client.inbox.map(({ t }) => t)).toEqual(["seated", "token"]);
    expect(presence(world)).toHaveLength(2);
  });

  test("nobody is seated outside the room whose call page is open", () => {
    const { world, practice, session, room } = smallWorld();
    const elsewhere = world.link(practice);
    world.open(practice, [elsewhere]);
    const [host, client] = [world.host(session), world.client(elsewhere)];
    const seat = newId<SeatId>();
    host.send({ t: "seat", peer: client.peer, seat, slot: 1 });
    host.send({ t: "enter", room });
    host.send({ t: "seat", peer: client.peer, seat, slot: 1 });
    host.send({ t: "seat", peer: newId<PeerId>(), seat, slot: 1 });
    host.send({ t: "seat", peer: host.peer, seat, slot: 1 });
    expect(world.counts["stray-host"]).toBe(4);
    expect(client.all("seated")).toEqual([]);
  });

  test("nor in a call whose page was left, nor is another practice's client unseated", () => {
    const { world, host, client, practice, seat } = callWorld();
    const other = callWorldIn(world);
    host.send({ t: "enter", room: world.open(practice, [world.link(practice)]) });
    const { peer } = client;
    client.clear();
    host.send({ t: "seat", peer, seat, slot: 2 });
    host.send({ t: "unseat", peer: other.peer });
    expect(world.counts["stray-host"]).toBe(2);
    expect([client.inbox, other.all("unseated")]).toEqual([[], []]);
  });

  test("a client cannot do what a therapist's page may", () => {
    for (const message of [
      { t: "claim", force: true },
      { t: "enter", room: null },
      { t: "unseat", peer: newId<PeerId>() },
    ] as const) {
      const { client } = callWorld();
      expect(client.send(message).closed).toBe("garbage");
    }
  });
});

describe("enter", () => {
  test("starts a call, and the same page entering again stays in it", () => {
    const { world, session, room } = smallWorld();
    const host = world.host(session).send({ t: "enter", room });
    const call = host.last("rooms").rooms[0]?.call;
    expect(call).not.toBeNull();
    host.send({ t: "enter", room });
    expect(host.last("rooms").rooms[0]?.call).toBe(call as CallId);
    expect(world.written.map(({ t }) => t)).toEqual(["set-call"]);
    expect(presence(world)).toEqual([["present", "practice"]]);
  });

  test("a room the core has not heard of is read from the directory first", () => {
    const { world, practice, session } = smallWorld();
    const host = world.host(session);
    const fresh = world.open(practice, [world.link(practice)], false);
    host.send({ t: "enter", room: fresh });
    expect(host.last("lease")).toMatchObject({ state: "here", inCall: true });
  });

  test("a room that is nowhere, another practice's, or closed is over", () => {
    const { world, practice, session, room } = smallWorld();
    const other = world.practice();
    const foreign = world.open(other.practice, [world.link(other.practice)]);
    const host = world.host(session);
    world.close(practice, room);
    for (const no of [foreign, room])
      expect(host.send({ t: "enter", room: no }).last("over").reason).toBe("closed");
    expect(host.all("over")).toHaveLength(2);
    expect(host.last("lease").inCall).toBe(false);
  });

  test("leaving the call page ends the therapist's presence at once; the call stays", () => {
    const { world, host, room, seat } = callWorld();
    world.pass(5000);
    host.send({ t: "enter", room: null });
    expect(presence(world)).toEqual([
      ["present", "practice"],
      ["present", seat],
      ["absent", "practice"],
    ]);
    expect(host.last("rooms").rooms.find((one) => one.room === room)?.call).not.toBeNull();
  });
});

describe("end and close", () => {
  test("[BM7] the therapist hangs up: over for all, the room stays open", () => {
    const { world, host, client, room } = callWorld();
    host.send({ t: "end", room });
    expect(client.last("over").reason).toBe("ended");
    expect(host.last("over").reason).toBe("ended");
    expect(client.last("door").state).toBe("open");
    expect(host.last("rooms").rooms).toMatchObject([{ room, call: null }]);
    expect(presence(world).at(-1)).toEqual(["ended"]);
    expect(world.presence.at(-1)).toMatchObject({ reason: "hung-up" });
  });

  test("who waits at the door is not told of the end of a call it was not in", () => {
    const { world, host, rid, room } = callWorld();
    const waiting = world.client(rid).clear();
    host.send({ t: "end", room });
    expect(waiting.inbox).toEqual([]);
  });

  test("[BM7] × closes: over for all, doors closed, nobody told who is there", () => {
    const { world, host, client, practice, room, rid } = callWorld();
    const waiting = world.client(rid);
    world.close(practice, room);
    expect(client.last("over").reason).toBe("closed");
    expect(host.last("over").reason).toBe("closed");
    expect(waiting.all("over")).toEqual([]);
    for (const page of [client, waiting]) {
      expect(page.last("door")).toEqual({ t: "door", state: "closed", host: null, planned: null });
    }
    expect(host.last("rooms").rooms).toEqual([]);
    expect(world.presence.at(-1)).toMatchObject({ t: "ended", reason: "closed" });
  });

  test("a read that was on its way does not open a closed room again", () => {
    const { world, practice, room, client } = callWorld();
    const before = world.rooms.get(practice) ?? [];
    world.close(practice, room);
    world.event({ t: "rooms", practice, rooms: before, starts: new Map() });
    expect(client.last("door").state).toBe("closed");
  });

  test("a client that leaves is gone at once and its seat is free at once", () => {
    const { world, host, client, seat } = callWorld();
    const { peer } = client;
    client.send({ t: "leave" });
    expect(client.closed).toBe("done");
    expect(host.last("peer")).toEqual({ t: "peer", peer, state: "gone" });
    expect(presence(world).at(-1)).toEqual(["absent", seat]);
  });

  test("[TP1 2.2] a link that was taken away ends who holds it, inside and at the door, and nobody else", () => {
    const { world, practice, rid, client, host } = callWorld();
    const waiting = world.client(rid);
    world.event({ t: "links-gone", practice, rids: [newId<Rid>()] });
    expect([client.closed, waiting.closed]).toEqual([null, null]);
    world.event({ t: "links-gone", practice, rids: [rid] });
    expect([client.closed, waiting.closed, host.closed]).toEqual(["link", "link", null]);
  });

  test("a deleted account closes everything it had", () => {
    const { world, practice, host, client } = callWorld();
    world.event({ t: "account-deleted", practice });
    expect([host.closed, client.closed]).toEqual(["session", "link"]);
    expect(world.core.lobby.practices.size).toBe(0);
    expect(world.presence.at(-1)?.t).toBe("ended");
  });
});

describe("time", () => {
  test("[BM7] nobody present for 30 min after somebody was ends the call, not the room", () => {
    const { world, host, client, room, practice } = callWorld();
    const late = world.host([...world.sessions.keys()][0] ?? "");
    host.send({ t: "enter", room: null });
    client.send({ t: "leave" });
    world.pass(EMPTY_MS - 1000);
    expect(late.last("rooms").rooms[0]?.call).not.toBeNull();
    world.pass(1000);
    expect(late.last("rooms").rooms).toMatchObject([{ room, call: null }]);
    expect(world.presence.at(-1)).toMatchObject({ t: "ended", reason: "empty", practice });
  });

  test("[BM7] somebody inside, even alone, keeps the call", () => {
    const { world, client, room, host } = callWorld();
    client.send({ t: "leave" });
    world.pass(EMPTY_MS + 60_000);
    expect(host.last("rooms").rooms).toMatchObject([{ room }]);
    expect(host.last("rooms").rooms[0]?.call).not.toBeNull();
  });

  test("two hours close a room nobody is in, to the second", () => {
    const { world, rid } = smallWorld();
    const client = world.client(rid);
    world.pass(TWO_HOURS - 1000);
    expect(client.last("door").state).toBe("open");
    world.pass(1000);
    expect(client.last("door").state).toBe("closed");
    expect(world.written.map(({ t }) => t)).toEqual(["close-room"]);
  });

  test("two hours never cut someone inside; the room closes when the last one is gone", () => {
    const { world, host, client, room } = callWorld();
    world.pass(TWO_HOURS + 60_000);
    expect(client.last("door").state).toBe("open");
    client.send({ t: "leave" });
    host.drop();
    world.pass(RESUME_MS);
    expect(world.core.lobby.practices.size).toBe(1);
    world.pass(1000);
    expect(world.written.at(-1)).toMatchObject({ t: "close-room", room });
    world.pass(1000);
    expect(world.core.lobby.practices.size).toBe(0);
  });

  test("[BM7] a call found at the start that nobody comes back to ends after 30 min", () => {
    const { world, practice } = callWorld();
    world.restart();
    world.pass(EMPTY_MS - 1000);
    expect(world.rooms.get(practice)?.[0]?.call).not.toBeNull();
    world.pass(1000);
    expect(world.rooms.get(practice)?.[0]?.call).toBeNull();
  });

  test("after a restart people have a minute to come back before a room past its time closes", () => {
    const { world, client } = callWorld();
    world.pass(TWO_HOURS + 1000);
    const { token } = client;
    world.restart();
    world.pass(59_000);
    const again = world.resume(token);
    world.pass(60_000);
    expect(again.last("door").state).toBe("open");
  });
});
