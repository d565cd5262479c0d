/** Signaling over real sockets of this machine: what the loopback tests prove of the rules must hold on Bun and Elysia. */
import { afterEach, describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { pageClock } from "../../web/call/clock.ts";
import { Routes } from "../../web/call/routes.ts";
import { type RawSocket, SignalSocket, type Who } from "../../web/call/socket.ts";
import { u32be } from "../../wire/bytes.ts";
import { CLOSE } from "../../wire/close.ts";
import { newId, type PeerId, type PracticeId, type Rid, type RoomId } from "../../wire/ids.ts";
import {
  decodeSignal,
  encodeSignal,
  MESSAGE_MAX_BYTES,
  type OpenRoom,
  type ToBrowser,
  type ToServer,
  toBrowser,
} from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { createLog } from "../log.ts";
import type { Directory } from "../signaling/events.ts";
import { createTokens } from "../signaling/token.ts";
import { Runner } from "./runner.ts";
import { createSignaling } from "./signaling.ts";
import { signalPlugin, websocketOptions } from "./websocket.ts";

const key = new Uint8Array(32).fill(7);
const practice = newId<PracticeId>();
const rid = newId<Rid>();
const room: OpenRoom = {
  room: newId<RoomId>(),
  clients: [[rid]],
  closesAt: Date.now() + 7_200_000,
  startable: true,
  call: null,
};
const ORIGIN = "http://praxis.test";

type Server = Awaited<ReturnType<typeof serve>>;
const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** Added to the monotonic clock of every server here. */
const time = { skip: 0 };
const clock = { now: () => Date.now(), monotonic: () => performance.now() + time.skip };
const directory: Directory = {
  practiceOfLink: async (asked) => (asked === rid ? practice : null),
  practiceOfUser: async () => null,
  openRooms: async () => [room],
  setCall: async () => true,
  closeRoom: async () => true,
  practicesInCall: async () => [],
  shut: async () => [],
  startsByLink: async () => new Map(),
};

/** Sockets without the timers that tick and ping. */
function bare() {
  const core = { tokens: createTokens(key), ice: () => [] };
  const log = createLog(clock, "error");
  const runner = new Runner({ directory, clock, log, presenceSink: () => undefined, core });
  const options = { authenticate: async () => null, isStaff: async () => false, originAllowed: () => true };
  const plugin = signalPlugin({ runner, ...options, addressOf: ({ socket }) => socket });
  const app = new Elysia({ websocket: websocketOptions }).use(plugin).listen(0);
  servers.push({ stop: async () => void (await app.stop(true)) });
  return { runner, port: app.server?.port ?? 0 };
}

const heards = (runner: Runner) =>
  [...runner.core.lobby.peers.values()].reduce((sum, { heard }) => sum + heard, 0);

async function serve(port = 0) {
  const calls: (string | null)[] = [];
  const lines: string[] = [];
  const signaling = createSignaling({
    directory: { ...directory, setCall: async (_room, call) => calls.push(call) },
    authenticate: async ({ cookie }) => (cookie === "session=good" ? { practice, session: "s1" } : null),
    isStaff: async () => false,
    originAllowed: ({ headers }) => headers.get("origin") === ORIGIN,
    serverKey: key,
    clock,
    log: createLog(clock, "info", (line) => lines.push(line)),
    ice: () => [{ urls: "stun:praxis.test:3478" }],
    addressOf: ({ socket }) => socket,
    presenceSink: () => undefined,
    relay: { admit: () => undefined, placed: () => undefined },
    quic: () => [],
  });
  const app = new Elysia({ websocket: signaling.options }).use(signaling.plugin).listen(port);
  const stop = async () => {
    await signaling.stop();
    await app.stop(true);
  };
  const server = { signaling, calls, lines, port: app.server?.port ?? 0, stop };
  servers.push(server);
  return server;
}

/** A browser in miniature: everything it heard, and a wait for the next message that fits. */
class Browser {
  readonly heard: ToBrowser[] = [];
  readonly closed: Promise<number>;
  readonly #ws: WebSocket;
  #waiting: { fits: (message: ToBrowser) => boolean; done: (message: ToBrowser) => void }[] = [];

  constructor(port: number, cookie = "", origin = ORIGIN) {
    this.#ws = new WebSocket(`ws://127.0.0.1:${port}/signal`, { headers: { origin, cookie } } as never);
    this.#ws.binaryType = "arraybuffer";
    this.#ws.onmessage = ({ data }) =>
      this.#got(decodeSignal(toBrowser, new Uint8Array(data as ArrayBuffer)));
    this.closed = new Promise((done) => {
      this.#ws.onclose = ({ code }) => done(code);
    });
  }

  async open(first: ToServer): Promise<this> {
    await new Promise((done) => this.#ws.addEventListener("open", done));
    this.send(first);
    return this;
  }

  send(message: ToServer): void {
    this.#ws.send(encodeSignal(message));
  }

  raw(data: string | Uint8Array<ArrayBuffer>): void {
    this.#ws.send(data);
  }

  kill(): void {
    (this.#ws as WebSocket & { terminate(): void }).terminate();
  }

  next<T extends ToBrowser["t"]>(
    t: T,
    fits: (message: Extract<ToBrowser, { t: T }>) => boolean = () => true,
  ): Promise<Extract<ToBrowser, { t: T }>> {
    const wanted = (message: ToBrowser) => message.t === t && fits(message as Extract<ToBrowser, { t: T }>);
    const known = this.heard.find(wanted);
    if (known) return Promise.resolve(known as Extract<ToBrowser, { t: T }>);
    return new Promise((done) => this.#waiting.push({ fits: wanted, done: done as (m: ToBrowser) => void }));
  }

  #got(message: ToBrowser | undefined): void {
    if (!message) throw new Error("the server said what is not in the union");
    this.heard.push(message);
    for (const wait of this.#waiting.filter(({ fits }) => fits(message))) wait.done(message);
  }
}

/** The page's own parts over a real socket. */
class Peer {
  readonly got: number[] = [];
  door: PeerId | null = null;
  readonly welcomed: Promise<PeerId>;
  readonly #socket: SignalSocket;
  readonly #routes: Routes;
  #waiting: (() => void)[] = [];

  constructor(port: number, who: Who, cookie: string) {
    let welcome: (peer: PeerId) => void = () => undefined;
    this.welcomed = new Promise((done) => {
      welcome = done;
    });
    this.#routes = new Routes({
      clock: pageClock,
      post: (message) => this.#socket.send(message),
      deliver: (_peer, data) => this.got.push(new DataView(data.buffer).getUint32(0)),
      broke: (_peer, why) => this.got.push(Number.NaN, why.length),
    });
    this.#socket = new SignalSocket(who, {
      clock: pageClock,
      random: Math.random,
      connect: () => {
        const headers = { origin: ORIGIN, cookie };
        return new WebSocket(`ws://127.0.0.1:${port}/signal`, { headers } as never) as RawSocket;
      },
      signs: () => () => undefined,
      message: (message) => {
        this.#routes.take(message);
        if (message.t === "welcome") welcome(message.peer);
        if (message.t === "door") this.door = message.host;
        for (const look of this.#waiting) look();
      },
    });
  }

  say(to: PeerId, n: number): void {
    this.#routes.to(to)?.send(u32be(n));
  }

  /** Looks again after every message. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((done) => {
      const look = () => holds() && done();
      this.#waiting.push(look);
      look();
    });
  }

  close(): void {
    this.#socket.close();
    this.#routes.close();
  }
}

const hello = { t: "hello", v: SIGNAL_VERSION, rid } as const;
const host = { t: "host", v: SIGNAL_VERSION } as const;

async function pair(server: Server) {
  const therapist = await new Browser(server.port, "session=good").open(host);
  const { peer: hostPeer } = await therapist.next("welcome");
  await therapist.next("lease", ({ state }) => state === "here");
  const client = await new Browser(server.port).open(hello);
  const { peer: clientPeer, token } = await client.next("welcome");
  await client.next("door", (door) => door.host === hostPeer);
  return { therapist, client, hostPeer, clientPeer, token };
}

describe("signaling over Bun's WebSocket", () => {
  test("relays sealed bytes both ways, unchanged", async () => {
    const { therapist, client, hostPeer, clientPeer } = await pair(await serve());
    const data = crypto.getRandomValues(new Uint8Array(60_000));
    client.send({ t: "relay", to: hostPeer, n: 1, ack: 0, data });
    const there = await therapist.next("relay");
    expect(there).toEqual({ t: "relay", from: clientPeer, n: 1, ack: 0, data });
    therapist.send({ t: "relay", to: clientPeer, n: 1, ack: 1, data: new Uint8Array([123, 34, 91]) });
    expect((await client.next("relay")).data).toEqual(new Uint8Array([123, 34, 91]));
  });

  test("[A6] seats only by the host; the client learns servers for ICE then, not before", async () => {
    const server = await serve();
    const { therapist, client, clientPeer } = await pair(server);
    therapist.send({ t: "enter", room: room.room });
    await therapist.next("rooms", ({ rooms }) => rooms[0]?.call !== null);
    expect(client.heard.some(({ t }) => t === "seated")).toBe(false);
    const seat = newId<never>();
    therapist.send({ t: "seat", peer: clientPeer, seat, slot: 1 });
    expect((await client.next("seated")).ice).toEqual([{ urls: "stun:praxis.test:3478" }]);
    await server.signaling.stop();
    expect(server.calls).toHaveLength(1);
  });

  test("a foreign origin gets no socket", async () => {
    const server = await serve();
    const foreign = new Browser(server.port, "session=good", "http://elsewhere.test");
    expect(await foreign.closed).not.toBe(1000);
    expect(server.signaling.counts).toEqual({});
  });

  test("no session, unknown link, text, garbage and another version have their close codes", async () => {
    const server = await serve();
    const code = async (browser: Browser) => (await browser.closed) as number;
    expect(await code(await new Browser(server.port, "session=bad").open(host))).toBe(CLOSE.session.code);
    const stranger = { ...hello, rid: newId<Rid>() };
    expect(await code(await new Browser(server.port).open(stranger))).toBe(CLOSE.link.code);
    const { client } = await pair(server);
    client.raw("123");
    expect(await client.closed).toBe(CLOSE.garbage.code);
    expect(await code(await new Browser(server.port).open({ t: "beat" }))).toBe(CLOSE.garbage.code);
    const newer = { ...hello, v: SIGNAL_VERSION + 1 } as unknown as ToServer;
    expect(await code(await new Browser(server.port).open(newer))).toBe(CLOSE.version.code);
    expect(server.signaling.counts).toMatchObject({ session: 1, link: 1, garbage: 2, version: 1 });
  });

  test("a message a little too long is garbage; a far longer one Bun refuses, and the server goes on", async () => {
    const server = await serve();
    for (const [bytes, word] of [
      [MESSAGE_MAX_BYTES + 1, "garbage"],
      [websocketOptions.maxPayloadLength + 1, null],
    ] as const) {
      const client = await new Browser(server.port).open(hello);
      await client.next("door");
      client.raw(new Uint8Array(bytes));
      const code = await client.closed;
      if (word) expect(code).toBe(CLOSE[word].code);
      else expect([1006, 1009]).toContain(code);
    }
    await pair(server);
  });

  test("[BM1] a killed socket resumes as the same peer, and the other end is told", async () => {
    const server = await serve();
    const { therapist, client, clientPeer, token } = await pair(server);
    client.kill();
    await therapist.next("peer", ({ state }) => state === "away");
    const again = await new Browser(server.port).open({ t: "resume", v: SIGNAL_VERSION, token });
    expect(await again.next("welcome")).toMatchObject({ peer: clientPeer, resumed: true });
    expect(await therapist.next("peer", ({ state }) => state === "back")).toMatchObject({ peer: clientPeer });
  });

  test("a restart with the same key takes both back, and they find each other", async () => {
    const first = await serve();
    const { client, therapist, hostPeer, clientPeer, token } = await pair(first);
    const { token: hostToken } = await therapist.next("token");
    await first.stop();
    servers.splice(0);
    expect(await client.closed).toBe(CLOSE.stopping.code);
    expect(client.heard.at(-1)).toEqual({ t: "stopping" });
    const second = await serve();
    const clientAgain = await new Browser(second.port).open({ t: "resume", v: SIGNAL_VERSION, token });
    expect(await clientAgain.next("welcome")).toMatchObject({ peer: clientPeer, resumed: true });
    const again = await new Browser(second.port, "session=good").open({
      t: "resume",
      v: SIGNAL_VERSION,
      token: hostToken,
    });
    expect(await again.next("welcome")).toMatchObject({ peer: hostPeer, resumed: true });
    await clientAgain.next("door", (door) => door.host === hostPeer);
    await clientAgain.next("peer", ({ state, peer }) => state === "back" && peer === hostPeer);
  });

  test("[A11] silence for 10 s loses the line; a pong, which needs no JavaScript, is not silence", async () => {
    for (const pings of [true, false]) {
      const { runner, port } = bare();
      const client = await new Browser(port).open(hello);
      await client.next("door");
      time.skip += 9000;
      const before = heards(runner);
      if (pings) runner.ping();
      while (pings && heards(runner) === before) await new Promise((done) => setImmediate(done));
      time.skip += 1000;
      runner.handle({ t: "tick" });
      expect(runner.counts.lost).toBe(pings ? undefined : 1);
      if (!pings) expect(await client.closed).toBe(CLOSE.lost.code);
    }
  });

  test("[BM1] 31 s after the line was killed its token is expired", async () => {
    const server = await serve();
    time.skip += 60_000;
    const { therapist, client, token } = await pair(server);
    client.kill();
    await therapist.next("peer", ({ state }) => state === "away");
    time.skip += 31_000;
    const late = await new Browser(server.port).open({ t: "resume", v: SIGNAL_VERSION, token });
    expect(await late.closed).toBe(CLOSE.expired.code);
  });

  test("the page's own socket and route: what was under way at a restart arrives once, in order", async () => {
    const first = await serve();
    const { port } = first;
    const host = new Peer(port, { t: "host" }, "session=good");
    const hostPeer = await host.welcomed;
    const client = new Peer(port, { t: "hello", rid }, "");
    const clientPeer = await client.welcomed;
    await client.until(() => client.door === hostPeer);
    for (let n = 1; n <= 50; n++) client.say(hostPeer, n);
    await host.until(() => host.got.length === 50);
    for (let n = 51; n <= 60; n++) client.say(hostPeer, n);
    await first.stop();
    servers.splice(0);
    for (let n = 61; n <= 100; n++) client.say(hostPeer, n);
    for (let n = 1; n <= 20; n++) host.say(clientPeer, n);
    await serve(port);
    await host.until(() => host.got.length >= 100);
    await client.until(() => client.got.length >= 20);
    expect(host.got).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(client.got).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    host.close();
    client.close();
  });

  test("a session that ends closes its sockets", async () => {
    const server = await serve();
    const { therapist, client } = await pair(server);
    server.signaling.events.sessionEnded("s1");
    expect(await therapist.closed).toBe(CLOSE.session.code);
    await client.next("door", (door) => door.host === null);
  });

  test("[R9] no id, token or rid is in the log", async () => {
    const server = await serve();
    const { client, clientPeer } = await pair(server);
    client.raw("x");
    await client.closed;
    const log = server.lines.join("\n");
    expect(log).toContain("signal.refused");
    expect([rid, practice, clientPeer as PeerId].some((id) => log.includes(id))).toBe(false);
  });
});
