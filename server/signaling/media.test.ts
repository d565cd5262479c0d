/** Tokens for media sessions, and what the relay hears of slots (PROTOCOL.md "Relay", amendment A6). */
import { describe, expect, test } from "bun:test";
import { newId, type SeatId } from "../../wire/ids.ts";
import { callWorld, smallWorld, type World } from "./testing/world.ts";

const callOf = (world: World) => {
  const [first] = world.places;
  if (!first) throw new Error("the relay was told nothing");
  return first.call;
};
const told = (world: World) =>
  world.places.map((place) => (place.t === "ended" ? "ended" : `${place.t} ${place.slot}`));
const media = { t: "media" } as const;

/** A second client of the same call. */
function withSecond() {
  const small = smallWorld();
  const { world, practice, session } = small;
  const [first, second] = [world.link(practice), world.link(practice)];
  const room = world.open(practice, [first, second]);
  const host = world.host(session).send({ t: "enter", room });
  const clients = [world.client(first), world.client(second)] as const;
  const seats = [newId<SeatId>(), newId<SeatId>()] as const;
  return { ...small, room, host, clients, seats };
}

describe("media [T1]", () => {
  test("a seated client gets four different tokens for its slot, and the QUIC ports", () => {
    const { world, client } = callWorld();
    world.quic = [{ port: 4433, hash: new Uint8Array(32) }];
    client.send(media);
    const { slot, up, down, quic } = client.last("media");
    expect({ slot, quic }).toEqual({ slot: 1, quic: world.quic });
    expect(world.passes.map(({ token }) => token)).toEqual([...up, ...down]);
    expect(new Set([...up, ...down].map(String)).size).toBe(4);
    const call = callOf(world);
    const pass = (way: "up" | "down") => ({ call, slot: 1, way });
    expect(world.passes.map((one) => one.pass)).toEqual([pass("up"), pass("up"), pass("down"), pass("down")]);
  });

  test("the therapist's page in a call has slot 0", () => {
    const { world, host } = callWorld();
    host.send(media);
    expect(host.last("media").slot).toBe(0);
    expect(world.passes[0]?.pass).toEqual({ call: callOf(world), slot: 0, way: "up" });
  });

  test("who has no slot gets no token and is not closed: messages cross on the way", () => {
    const { world, session, rid, room } = smallWorld();
    const [host, client] = [world.host(session), world.client(rid)];
    for (const page of [host, client]) page.send(media);
    host.send({ t: "enter", room }).send({ t: "seat", peer: client.peer, seat: newId<SeatId>(), slot: null });
    client.send(media);
    const second = world.host(session).send(media);
    expect(world.counts["stray-media"]).toBe(4);
    expect([host, client, second].flatMap((page) => page.all("media"))).toEqual([]);
    expect(world.passes).toEqual([]);
  });
});

describe("slots [T2]", () => {
  test("a slot that another seat of the call holds is refused, as is the therapist's", () => {
    const { world, host, clients, seats } = withSecond();
    host.send({ t: "seat", peer: clients[0].peer, seat: seats[0], slot: 1 });
    host.send({ t: "seat", peer: clients[1].peer, seat: seats[1], slot: 1 });
    host.send({ t: "seat", peer: clients[1].peer, seat: seats[1], slot: 0 });
    expect(world.counts["stray-host"]).toBe(2);
    expect(clients[1].all("seated")).toEqual([]);
    host.send({ t: "seat", peer: clients[1].peer, seat: seats[1], slot: 2 });
    expect(told(world)).toEqual(["seated 0", "seated 1", "seated 2"]);
  });

  test("a slot is free again when its peer has left, is unseated, or has reloaded", () => {
    const { world, host, clients, seats } = withSecond();
    const seat = (which: 0 | 1) =>
      host.send({ t: "seat", peer: clients[which].peer, seat: seats[which], slot: 1 });
    seat(0);
    host.send({ t: "unseat", peer: clients[0].peer });
    seat(1);
    clients[1].drop(1001);
    seat(0);
    clients[0].send({ t: "leave" });
    expect(world.counts["stray-host"]).toBeUndefined();
    const turn = ["seated 1", "unseated 1"];
    expect(told(world)).toEqual(["seated 0", ...turn, ...turn, ...turn]);
  });

  test("a seat taken over by another device ends the sessions of the first", () => {
    const { world, host, client, rid, seat } = callWorld();
    const second = world.client(rid);
    host.send({ t: "seat", peer: second.peer, seat, slot: 1 });
    expect(told(world)).toEqual(["seated 0", "seated 1", "unseated 1", "seated 1"]);
    client.send(media);
    expect(client.all("media")).toEqual([]);
  });

  test("another slot for the same seat, and none: a call that goes from direct to relay and back", () => {
    const { world, host, client, seat } = callWorld();
    for (const slot of [null, 2, 3, 3]) host.send({ t: "seat", peer: client.peer, seat, slot });
    expect(told(world).slice(2)).toEqual(["unseated 1", "seated 2", "unseated 2", "seated 3"]);
  });

  test("the therapist's slot goes with the lease, the room and the page", () => {
    const { world, session, room, host } = callWorld();
    const last = () => told(world).at(-1);
    const second = world.host(session).send({ t: "claim", force: true });
    expect(last()).toBe("unseated 0");
    second.send({ t: "enter", room });
    expect(last()).toBe("seated 0");
    second.send({ t: "enter", room: null });
    expect(last()).toBe("unseated 0");
    host.send({ t: "enter", room });
    expect(last()).toBe("seated 0");
    host.drop(1001);
    expect(last()).toBe("unseated 0");
  });

  test("a lost line keeps the slot for its 30 s, and no longer", () => {
    const { world, client } = callWorld();
    client.drop();
    world.pass(29_000);
    expect(told(world)).toEqual(["seated 0", "seated 1"]);
    const back = world.resume(client.token);
    back.send(media);
    expect(back.last("media").slot).toBe(1);
    back.drop();
    world.pass(31_000);
    expect(told(world)).toEqual(["seated 0", "seated 1", "unseated 1"]);
  });

  test("the end of the call is told once, and nobody gets a token after it", () => {
    const { world, host, client, room } = callWorld();
    host.send({ t: "end", room });
    for (const page of [host, client]) page.send(media);
    expect(told(world)).toEqual(["seated 0", "seated 1", "ended"]);
    expect(world.counts["stray-media"]).toBe(2);
  });

  test("after a restart of the server the resume token brings back seat and slot, the therapist's too", () => {
    const { world, session, host, client } = callWorld();
    const before = callOf(world);
    world.restart();
    world.places.length = 0;
    const pages = [world.resume(client.token), world.resume(host.token, session)] as const;
    expect(told(world)).toEqual(["seated 1", "seated 0"]);
    expect(callOf(world)).toBe(before);
    for (const page of pages) page.send(media);
    expect(pages.map((page) => page.last("media").slot)).toEqual([1, 0]);
  });
});
