/** Signaling over real sockets of this machine: what the loopback tests prove of the rules must hold on Bun and Elysia. */
import { afterEach, describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { CLOSE } from "../../wire/close.ts";
import { newId, type PeerId, type PracticeId, type Rid, type RoomId } from "../../wire/ids.ts";
import {
  decodeSignal,
  encodeSignal,
  type OpenRoom,
  type ToBrowser,
  type ToServer,
  toBrowser,
} from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { createLog } from "../log.ts";
import { createSignaling } from "./signaling.ts";

const key = new Uint8Array(32).fill(7);
const practice = newId<PracticeId>();
const rid = newId<Rid>();
const room: OpenRoom = {
  room: newId<RoomId>(),
  clients: [[rid]],
  closesAt: Date.now() + 7_200_000,
  call: null,
};
const ORIGIN = "http://praxis.test";

type Server = Awaited<ReturnType<typeof serve>>;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve() {
  const calls: (string | null)[] = [];
  const lines: string[] = [];
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const signaling = createSignaling({
    directory: {
      practiceOfLink: async (asked) => (asked === rid ? practice : null),
      openRooms: async () => [room],
      setCall: async (_room, call) => calls.push(call),
      closeRoom: async () => true,
      practicesInCall: async () => [],
    },
    authenticate: async ({ cookie }) => (cookie === "session=good" ? { practice, session: "s1" } : null),
    originAllowed: ({ headers }) => headers.get("origin") === ORIGIN,
    serverKey: key,
    clock,
    log: createLog(clock, "info", (line) => lines.push(line)),
    ice: () => [{ urls: "stun:praxis.test:3478" }],
    addressOf: ({ socket }) => socket,
    presenceSink: () => undefined,
  });
  const app = new Elysia({ websocket: signaling.options }).use(signaling.plugin).listen(0);
  const port = app.server?.port ?? 0;
  const server = {
    signaling,
    calls,
    lines,
    port,
    stop: async () => {
      await signaling.stop();
      await app.stop(true);
    },
  };
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

  test("a pong counts as heard", async () => {
    const server = await serve();
    const { therapist } = await pair(server);
    expect(therapist.heard.length).toBeGreaterThan(0);
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
