/** Clients who come by user name and code [TP1 2.3, A4]: whose practice, which door, and what strangers with a name may do. */
import { describe, expect, test } from "bun:test";
import { newId, type SeatId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { CLIENT_MESSAGES, HOST_MESSAGES, KNOCKS, NAMES, PEERS_BY_CODE, STRANGER_MESSAGES } from "./limits.ts";
import { FRESH_MS } from "./lobby.ts";
import { type Page, smallWorld, type World } from "./testing/world.ts";

const USER = "praxis" as UserName;
const KNOCK = new Uint8Array([0, 1]);
const PROOF = new Uint8Array([1, 1]);

function codeWorld() {
  const small = smallWorld();
  small.world.users.set(USER, small.practice);
  const host = small.world.host(small.session).send({ t: "enter", room: small.room });
  return { ...small, host };
}

const relay = (page: Page, host: Page, data = KNOCK) =>
  page.send({ t: "relay", to: host.peer, n: 1, ack: 0, data });

function seated(world: World, host: Page, address?: string) {
  const client = world.byCode(USER, address);
  const seat = newId<SeatId>();
  host.send({ t: "seat", peer: client.peer, seat, slot: 1 });
  return { client, seat };
}

describe("door", () => {
  test("a known name is welcomed; its door is open as long as any room is", () => {
    const { world, practice, room, host } = codeWorld();
    const client = world.byCode(USER);
    expect(client.last("door")).toEqual({ t: "door", state: "open", host: host.peer, planned: null });
    world.close(practice, room);
    expect(client.last("door")).toEqual({ t: "door", state: "closed", host: null, planned: null });
    world.open(practice, [world.link(practice)]);
    expect(client.last("door").state).toBe("open");
  });

  test("an unknown name is told so by `user`, before anything else", () => {
    const { world } = codeWorld();
    const client = world.byCode("nobody" as UserName);
    expect([client.closed, client.inbox]).toEqual(["user", []]);
  });

  test("[R4] what it says goes to the host of this practice alone", () => {
    const { world, host } = codeWorld();
    const other = world.practice();
    world.open(other.practice, [world.link(other.practice)]);
    const stranger = world.host(other.session);
    const client = world.byCode(USER);
    relay(client, host);
    relay(client, stranger);
    expect([host.all("relay").length, stranger.all("relay").length]).toEqual([1, 0]);
  });
});

describe("seat", () => {
  test("the host seats it in its own room; without one nobody is seated", () => {
    const { world, host, practice } = codeWorld();
    const { client, seat } = seated(world, host);
    expect(client.last("seated").seat).toBe(seat);
    expect(world.core.lobby.practices.get(practice)?.lease?.room).toBeTruthy();
    host.send({ t: "enter", room: null });
    expect(seated(world, host).client.all("seated")).toEqual([]);
  });

  test("of several open rooms it is the one the host has entered", () => {
    const { world, host, practice } = codeWorld();
    host.send({ t: "enter", room: world.open(practice, [world.link(practice)]) });
    const { client, seat } = seated(world, host);
    expect(client.last("seated").seat).toBe(seat);
  });

  test("it keeps peer and seat through a restart of the server", () => {
    const { world, host, session } = codeWorld();
    const { client, seat } = seated(world, host);
    const [peer, token, hostToken] = [client.peer, client.token, host.token];
    world.restart();
    world.resume(hostToken, session);
    const back = world.resume(token);
    expect(back.last("welcome")).toMatchObject({ peer, resumed: true });
    expect(back.last("seated").seat).toBe(seat);
  });

  test("its token is worth nothing once the name is gone", () => {
    const { world, host } = codeWorld();
    const { token } = seated(world, host).client;
    world.users.clear();
    world.restart();
    expect(world.resume(token).closed).toBe("user");
  });
});

describe("limits [A4]", () => {
  test("one address knocks so often in ten minutes; another, and a link, are not touched", () => {
    const { world, host, rid } = codeWorld();
    const knock = (address: string) => relay(world.byCode(USER, address), host).closed;
    for (let i = 0; i < KNOCKS.most; i++) expect(knock("a")).toBeNull();
    expect(knock("a")).toBe("slow");
    expect(knock("b")).toBeNull();
    const link = world.client(rid, "a");
    for (let i = 0; i <= KNOCKS.most; i++) relay(link, host);
    expect(link.closed).toBeNull();
    world.pass(KNOCKS.in - 1);
    expect(knock("a")).toBe("slow");
    world.pass(1);
    expect(knock("a")).toBeNull();
  });

  test("a knock too many does not reach the therapist; other messages of a handshake are not counted", () => {
    const { world, host } = codeWorld();
    const client = world.byCode(USER);
    for (let i = 0; i < KNOCKS.most; i++) relay(relay(client, host), host, PROOF);
    expect(relay(client, host, PROOF).closed).toBeNull();
    expect(relay(client, host).closed).toBe("slow");
    expect(host.all("relay").filter(({ data }) => data[0] === 0)).toHaveLength(KNOCKS.most);
  });

  test("[bad input] strangers who flood from every place of the form leave the therapist's page its answers", () => {
    const { world, host } = codeWorld();
    const strangers = Array.from({ length: PEERS_BY_CODE }, (_, i) => world.byCode(USER, `a${i}`));
    for (let i = 0; i < CLIENT_MESSAGES.burst; i++) {
      for (const stranger of strangers) {
        if (stranger.closed === null) stranger.send({ t: "anew", to: host.peer });
      }
    }
    // each is answered by one
    for (const { from } of host.all("anew")) host.send({ t: "anew", to: from });
    expect(strangers.map(({ closed }) => closed)).toEqual(strangers.map(() => "flood"));
    expect(host.closed).toBeNull();
    expect(PEERS_BY_CODE * STRANGER_MESSAGES.perSecond).toBeLessThan(HOST_MESSAGES.perSecond / 4);
  });

  test("before it has a seat a client by code says little, with one as much as by link, back on its line too", () => {
    const { world, host } = codeWorld();
    const { client } = seated(world, host);
    for (let i = 1; i < CLIENT_MESSAGES.burst; i++) client.send({ t: "beat" });
    expect(client.closed).toBeNull();
    const { token } = client;
    client.drop();
    const again = world.resume(token);
    for (let i = 1; i < CLIENT_MESSAGES.burst; i++) again.send({ t: "beat" });
    expect(again.closed).toBeNull();
    const waiting = world.byCode(USER);
    for (let i = 0; i < STRANGER_MESSAGES.burst; i++) waiting.send({ t: "beat" });
    expect(waiting.closed).toBeNull();
    expect(waiting.send({ t: "beat" }).closed).toBe("flood");
  });

  test("whoever has a seat may knock anew as often as a link", () => {
    const { world, host } = codeWorld();
    const { client } = seated(world, host);
    for (let i = 0; i <= KNOCKS.most; i++) relay(client, host);
    expect(client.closed).toBeNull();
  });

  test("names are asked for a bounded number of times; the address is forgotten after it", () => {
    const { world } = codeWorld();
    for (let i = 0; i < NAMES.most; i++) expect(world.byCode("nobody" as UserName, "a").closed).toBe("user");
    expect(world.byCode(USER, "a").closed).toBe("slow");
    world.pass(NAMES.in - 60_000);
    expect(world.byCode(USER, "a").closed).toBe("slow");
    world.pass(60_000);
    expect(world.core.lobby.addresses.has("a")).toBe(false);
    expect(world.byCode(USER, "a").closed).toBeNull();
  });

  test("a practice has so many by code; more are `full`, links are not", () => {
    const { world, rid } = codeWorld();
    world.pass(FRESH_MS);
    const pages = Array.from({ length: PEERS_BY_CODE }, (_, i) => world.byCode(USER, `a${i}`));
    expect(world.byCode(USER, "b").closed).toBe("full");
    expect(world.client(rid).closed).toBeNull();
    pages[3]?.drop();
    expect(world.byCode(USER, "b").closed).toBeNull();
  });
});
