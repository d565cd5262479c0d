import { describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import { newId, type Rid } from "../../wire/ids.ts";
import { MESSAGE_MAX_BYTES } from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { FRESH_MS } from "./lobby.ts";
import { callWorld, smallWorld, World } from "./testing/world.ts";

const v = SIGNAL_VERSION;

describe("first message", () => {
  test("[R2] hello of a known link is welcomed and told its door", () => {
    const { world, rid } = smallWorld();
    const page = world.client(rid);
    expect(page.inbox.map(({ t }) => t)).toEqual(["welcome", "door"]);
    expect(page.last("door")).toEqual({ t: "door", state: "open", host: null, planned: null });
    expect(page.last("welcome").resumed).toBe(false);
  });

  test("host with a session is welcomed and gets the free lease", () => {
    const { world, session } = smallWorld();
    const page = world.host(session);
    expect(page.last("lease")).toMatchObject({
      state: "here",
      inCall: false,
      ice: [{ urls: "stun:here:3478" }],
    });
    expect(page.last("rooms").rooms).toHaveLength(1);
  });

  test("an unknown link is closed with `link`, a page without session with `session`", () => {
    const world = new World();
    expect(world.client(newId<Rid>()).closed).toBe("link");
    expect(world.connect(null).send({ t: "host", v }).closed).toBe("session");
    expect(world.counts).toMatchObject({ link: 1, session: 1 });
  });

  test.each([
    ["no msgpack", new Uint8Array([0xc1])],
    ["nothing", new Uint8Array()],
    ["a message that comes later", encode({ t: "beat" })],
    ["a field too many", encode({ t: "host", v, extra: 1 })],
    ["too long", new Uint8Array(MESSAGE_MAX_BYTES + 1)],
  ])("garbage as first message: %s", (_name, bytes) => {
    const world = new World();
    expect(world.connect().raw(bytes).closed).toBe("garbage");
    expect(world.counts.garbage).toBe(1);
  });

  test("text is garbage before and after hello", () => {
    const { world, rid } = smallWorld();
    for (const page of [world.connect(), world.client(rid)]) {
      world.event({ t: "text", conn: page.conn });
      expect(page.closed).toBe("garbage");
    }
  });

  test.each(["hello", "host", "resume"])("another version of %s is closed with `version`", (t) => {
    const world = new World();
    expect(world.connect().raw(encode({ t, v: v + 1, whatever: true })).closed).toBe("version");
  });

  test("whoever speaks before it was answered is garbage, and the late answer harms nobody", () => {
    const { world, rid } = smallWorld();
    world.answers = false;
    const page = world.client(rid).send({ t: "beat" });
    expect(page.closed).toBe("garbage");
    world.answerAll();
    expect(page.inbox).toEqual([]);
  });

  test("no hello within 10 s is closed with `silent`, a millisecond earlier not", () => {
    const world = new World();
    const page = world.connect();
    world.pass(9_999);
    expect(page.closed).toBeNull();
    world.pass(1);
    expect(page.closed).toBe("silent");
  });

  test("a directory that fails closes with `bug`, which pages repeat later", () => {
    const { world, rid } = smallWorld();
    world.answers = false;
    const page = world.client(rid);
    world.event({ t: "unfound", conn: page.conn });
    expect(page.closed).toBe("bug");
  });
});

describe("resume [BM1]", () => {
  test.each([1006, 4009])("a line lost with %d comes back as the same peer with the same seat", (code) => {
    const { world, client, host, seat } = callWorld();
    const { peer, token } = client;
    client.drop(code);
    expect(host.last("peer")).toEqual({ t: "peer", peer, state: "away" });
    const again = world.resume(token);
    expect(again.last("welcome")).toMatchObject({ peer, resumed: true });
    expect(again.last("seated").seat).toBe(seat);
    expect(host.last("peer")).toEqual({ t: "peer", peer, state: "back" });
  });

  test("30 s after its line was lost a peer resumes, 31 s after not", () => {
    for (const [after, word] of [
      [30_000, null],
      [31_000, "expired"],
    ] as const) {
      const { world, client } = callWorld();
      world.pass(FRESH_MS);
      const { token } = client;
      client.drop();
      world.pass(after);
      expect(world.resume(token).closed).toBe(word);
    }
  });

  test("a resume over a line that nobody knew to be lost replaces it", () => {
    const { world, client, host } = callWorld();
    const again = world.resume(client.token);
    expect(client.closed).toBe("replaced");
    expect(again.peer).toBe(client.peer);
    expect(host.last("peer").state).toBe("back");
  });

  test("a page that said goodbye does not come back as the same peer", () => {
    const { world, client, host } = callWorld();
    world.pass(FRESH_MS);
    const { peer, token } = client;
    client.drop(1001);
    expect(host.last("peer")).toEqual({ t: "peer", peer, state: "gone" });
    expect(world.resume(token).closed).toBe("expired");
  });

  test("a forged token, one of another key and one byte of a good one are `expired`", () => {
    const { world, client } = callWorld();
    const forged = client.token;
    forged[5] = (forged[5] ?? 0) ^ 1;
    expect(world.resume(forged).closed).toBe("expired");
    expect(world.resume(client.token.slice(0, 1)).closed).toBe("expired");
  });

  test("a therapist's token alone is not enough: the session must be the practice's", () => {
    const { world, host, session } = callWorld();
    const other = world.practice();
    const { token, peer } = host;
    host.drop();
    expect(world.resume(token, null).closed).toBe("session");
    expect(world.resume(token, other.session).closed).toBe("session");
    expect(world.resume(token, session).peer).toBe(peer);
  });

  test("what happened while the line was lost is told after the resume", () => {
    const ended = callWorld();
    const before = ended.client.token;
    ended.client.drop();
    ended.host.send({ t: "end", room: ended.room });
    expect(ended.world.resume(before).last("over").reason).toBe("ended");

    const closed = callWorld();
    const token = closed.client.token;
    closed.client.drop();
    closed.world.close(closed.practice, closed.room);
    const page = closed.world.resume(token);
    expect(page.last("over").reason).toBe("closed");
    expect(page.last("door")).toMatchObject({ state: "closed", host: null });

    const unseated = callWorld();
    const old = unseated.client.token;
    unseated.client.drop();
    unseated.host.send({ t: "unseat", peer: unseated.client.peer });
    expect(unseated.world.resume(old).all("unseated")).toHaveLength(1);
  });

  test("a page that resumes is told its door again, and that the other end is away", () => {
    const { world, client, host } = callWorld();
    const { token, peer } = client;
    const [hostPeer, hostToken] = [host.peer, host.token];
    client.drop();
    host.drop();
    const again = world.resume(token);
    expect(again.last("door")).toEqual({ t: "door", state: "open", host: hostPeer, planned: null });
    expect(again.last("peer")).toEqual({ t: "peer", peer: hostPeer, state: "away" });
    again.drop();
    const page = world.resume(hostToken, [...world.sessions.keys()][0] ?? null);
    expect(page.last("peer")).toEqual({ t: "peer", peer, state: "away" });
  });

  test("a therapist's page that missed the end of its call is told", () => {
    const { world, host, practice, room, session } = callWorld();
    const { token } = host;
    host.drop();
    world.close(practice, room);
    expect(world.resume(token, session).last("over").reason).toBe("closed");
  });

  test("ICE credentials are given anew with the seat after a resume", () => {
    const { world, client } = callWorld();
    client.drop();
    expect(world.resume(client.token).last("seated").ice).toEqual([{ urls: "stun:here:3478" }]);
  });
});

describe("resume after a restart of the server", () => {
  test("host and client come back as the same peers, in the same call, whoever comes first", () => {
    for (const first of ["host", "client"]) {
      const { world, host, client, session, seat, room } = callWorld();
      const [hostToken, clientToken] = [host.token, client.token];
      world.restart();
      const again = { host: world.connect(session), client: world.connect() };
      const order = first === "host" ? (["host", "client"] as const) : (["client", "host"] as const);
      for (const who of order) {
        again[who].send({ t: "resume", v, token: who === "host" ? hostToken : clientToken });
      }
      expect(again.host.last("welcome")).toMatchObject({ peer: host.peer, resumed: true });
      expect(again.host.last("lease")).toMatchObject({ state: "here", inCall: true });
      expect(again.host.last("rooms").rooms[0]?.room).toBe(room);
      expect(again.client.last("seated").seat).toBe(seat);
      expect(again.client.last("door").host).toBe(host.peer);
      const back = first === "host" ? again.host : again.client;
      expect(back.last("peer").state).toBe("back");
    }
  });

  test("60 s after the start an unknown peer is expired, a millisecond earlier not", () => {
    for (const [after, word] of [
      [FRESH_MS - 1, null],
      [FRESH_MS, "expired"],
    ] as const) {
      const { world, client } = callWorld();
      const { token } = client;
      world.restart();
      world.pass(after);
      expect(world.resume(token).closed).toBe(word);
    }
  });

  test("a call that ended meanwhile is over for who comes back", () => {
    const { world, client, practice } = callWorld();
    const { token } = client;
    world.rooms.set(practice, []);
    world.restart();
    const page = world.resume(token);
    expect(page.last("over").reason).toBe("closed");
    expect(page.all("seated")).toEqual([]);
  });

  test("two that claim the same seat: the first has it", () => {
    const { world, client, host, rid, seat } = callWorld();
    const second = world.client(rid);
    const oldToken = client.token;
    host.send({ t: "seat", peer: second.peer, seat, slot: 1 });
    const newToken = second.token;
    world.restart();
    expect(world.resume(oldToken).all("seated")).toHaveLength(1);
    const late = world.resume(newToken);
    expect(late.all("seated")).toHaveLength(0);
    expect(late.all("unseated")).toHaveLength(1);
  });

  test("the lease waits for the page that held it while a call is on", () => {
    const { world, host, session, client } = callWorld();
    const idle = world.host(session);
    const [hostToken, idleToken] = [host.token, idle.token];
    const clientToken = client.token;
    world.restart();
    const waiting = world.resume(clientToken);
    expect(world.resume(idleToken, session).last("lease").state).toBe("free");
    expect(waiting.last("door").host).toBeNull();
    expect(world.resume(hostToken, session).last("lease").state).toBe("here");
    expect(waiting.last("door").host).toBe(host.peer);
  });
});
