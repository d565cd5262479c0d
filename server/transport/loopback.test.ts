/** The page's own socket and routes against the server, over lines that are slow, break and come back, by seed: what one
 * end sends arrives at the other exactly once and in order, through lost lines and restarts of the server [A6]. */
import { describe, expect, test } from "bun:test";
import { Routes } from "../../web/call/routes.ts";
import { type RawSocket, SignalSocket, type Who } from "../../web/call/socket.ts";
import { chance, HandClock } from "../../web/call/testing/hand-clock.ts";
import { u32be } from "../../wire/bytes.ts";
import {
  type CallId,
  newId,
  type PeerId,
  type PracticeId,
  type Rid,
  type RoomId,
  type SeatId,
} from "../../wire/ids.ts";
import type { OpenRoom, ToBrowser } from "../../wire/signal.ts";
import { createLog } from "../log.ts";
import { createTokens } from "../signaling/token.ts";
import { type Cut, Loopback } from "./loopback.ts";
import { type Login, Runner } from "./runner.ts";

const KEY = new Uint8Array(32).fill(3);

class Net {
  readonly clock = new HandClock(1_000_000);
  readonly random: () => number;
  readonly practice = newId<PracticeId>();
  readonly rid = newId<Rid>();
  room: OpenRoom = {
    room: newId<RoomId>(),
    clients: [[this.rid]],
    closesAt: 4e12,
    call: null,
    startable: true,
  };
  runner: Runner | null = null;
  readonly bugs: string[] = [];

  constructor(seed: number) {
    this.random = chance(seed);
    this.start();
  }

  /** The server, with the directory and the key that outlive it. */
  start(): void {
    const wall = () => 1_800_000_000_000 + this.clock.now();
    const clock = { now: wall, monotonic: () => this.clock.now() };
    this.runner = new Runner({
      clock,
      directory: {
        practiceOfLink: async (rid) => (rid === this.rid ? this.practice : null),
        practiceOfUser: async () => null,
        openRooms: async () => [this.room],
        setCall: async (_room, call) => {
          this.room = { ...this.room, call };
        },
        closeRoom: async () => true,
        startsByLink: async () => new Map(),
        shut: async () => [],
        practicesInCall: async () => (this.room.call ? [this.practice] : []),
      },
      log: createLog(clock, "error", (line) => this.bugs.push(line)),
      presenceSink: () => undefined,
      core: { tokens: createTokens(KEY), ice: () => [] },
    });
    void this.runner.start();
  }

  /** SIGTERM and a new start; or a `kill -9`, where nobody is told. */
  async restart(away: number, how: "stop" | "kill", pages: readonly Page[]): Promise<void> {
    if (how === "stop") this.runner?.handle({ t: "stop" });
    else for (const page of pages) page.line?.cut({ browser: this.random() * 500, server: null });
    this.runner = null;
    await this.pass(away);
    this.start();
  }

  /** Time goes by in steps; the server ticks and pings, and promises are kept in between. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 100) {
      this.clock.pass(Math.min(100, left));
      const tenth = Math.round(this.clock.now() / 100);
      if (tenth % 10 === 0) this.runner?.handle({ t: "tick" });
      if (tenth % 30 === 0) this.runner?.ping();
      await new Promise((done) => setImmediate(done));
    }
  }
}

class Page {
  readonly socket: SignalSocket;
  readonly routes: Routes;
  readonly heard: ToBrowser[] = [];
  readonly got = new Map<PeerId, number[]>();
  readonly broken: string[] = [];
  readonly #sent = new Map<PeerId, number>();
  line: Loopback | null = null;
  /** No network: every try fails. */
  isOffline = false;

  constructor(net: Net, who: Who, login: Login | null) {
    const { clock } = net;
    this.routes = new Routes({
      clock,
      post: (message) => this.socket.send(message),
      deliver: (peer, data) =>
        this.got.set(peer, [...(this.got.get(peer) ?? []), new DataView(data.buffer).getUint32(0)]),
      broke: (_peer, why) => this.broken.push(why),
    });
    this.socket = new SignalSocket(who, {
      clock,
      random: net.random,
      connect: () => {
        this.line = new Loopback({
          runner: () => (this.isOffline ? null : net.runner),
          now: () => clock.now(),
          after: (milliseconds, run) => clock.after(milliseconds, run),
          delay: () => net.random() * 80,
          login,
          address: "192.0.2.1",
        });
        return this.line.socket as RawSocket;
      },
      signs: () => () => undefined,
      message: (message) => {
        this.heard.push(message);
        this.routes.take(message);
      },
    });
  }

  last<T extends ToBrowser["t"]>(t: T): Extract<ToBrowser, { t: T }> | undefined {
    return this.heard.findLast((message): message is Extract<ToBrowser, { t: T }> => message.t === t);
  }

  get peer(): PeerId {
    return this.last("welcome")?.peer ?? newId<PeerId>();
  }

  /** The next number to `to`. */
  say(to: PeerId): void {
    const n = (this.#sent.get(to) ?? 0) + 1;
    this.#sent.set(to, n);
    this.routes.to(to)?.send(u32be(n));
  }

  sentTo(to: PeerId): number[] {
    return Array.from({ length: this.#sent.get(to) ?? 0 }, (_, i) => i + 1);
  }
}

/** A therapist in a call with a seated client. */
async function call(seed: number) {
  const net = new Net(seed);
  const host = new Page(net, { t: "host" }, { practice: net.practice, session: "s" });
  const client = new Page(net, { t: "hello", rid: net.rid }, null);
  await net.pass(500);
  host.socket.send({ t: "enter", room: net.room.room });
  host.socket.send({ t: "seat", peer: client.peer, seat: newId<SeatId>(), slot: 1 });
  await net.pass(500);
  expect(client.last("seated")).toBeDefined();
  return { net, host, client, peers: [host.peer, client.peer] as const };
}

function expectWhole(host: Page, client: Page, [hostPeer, clientPeer]: readonly [PeerId, PeerId]): void {
  expect([...host.broken, ...client.broken]).toEqual([]);
  expect([host.peer, client.peer]).toEqual([hostPeer, clientPeer]);
  expect(host.got.get(clientPeer) ?? []).toEqual(client.sentTo(hostPeer));
  expect(client.got.get(hostPeer) ?? []).toEqual(host.sentTo(clientPeer));
}

describe("lost lines and restarts, by seed", () => {
  test.each(Array.from({ length: 12 }, (_, i) => i + 1))("seed %d", async (seed) => {
    const { net, host, client, peers } = await call(seed);
    const [hostPeer, clientPeer] = peers;
    const notice = (): Cut[keyof Cut] => (net.random() < 0.3 ? null : net.random() * 3000);
    for (let second = 0; second < 300; second++) {
      for (let i = net.random() * 4; i > 1; i--) client.say(hostPeer);
      for (let i = net.random() * 4; i > 1; i--) host.say(clientPeer);
      if (net.random() < 0.04) client.line?.cut({ browser: notice(), server: notice() });
      if (net.random() < 0.04) host.line?.cut({ browser: notice(), server: notice() });
      if (net.random() < 0.01)
        await net.restart(net.random() * 3000, net.random() < 0.5 ? "stop" : "kill", [host, client]);
      await net.pass(1000);
    }
    await net.pass(30_000);
    expect(net.bugs).toEqual([]);
    expect(client.sentTo(hostPeer).length).toBeGreaterThan(100);
    expectWhole(host, client, peers);
    expect(client.heard.filter((message) => message.t === "welcome").length).toBeGreaterThan(2);
  });
});

describe("one thing at a time", () => {
  test("a killed line is back within a second, with seat and route", async () => {
    const { net, host, client, peers } = await call(101);
    client.line?.cut({ browser: 0, server: 0 });
    host.say(peers[1]);
    client.say(peers[0]);
    await net.pass(1000);
    expect(client.last("welcome")?.resumed).toBe(true);
    await net.pass(1000);
    expectWhole(host, client, peers);
    expect(host.got.get(peers[1])).toEqual([1]);
  });

  test("a line nobody notices is found dead by both ends within 11 s and comes back", async () => {
    const { net, host, client, peers } = await call(102);
    client.line?.cut({ browser: null, server: null });
    host.say(peers[1]);
    await net.pass(9000);
    expect(client.socket.state.get().at).toBe("open");
    await net.pass(4000);
    expect(client.socket.state.get()).toMatchObject({ at: "open", resumed: true });
    expectWhole(host, client, peers);
  });

  test("[BM1] 29 s without network: the same peer; 31 s: somebody new, and the old one is gone", async () => {
    for (const [away, isSame] of [
      [29_000, true],
      [31_000, false],
    ] as const) {
      const { net, host, client, peers } = await call(103);
      await net.pass(60_000);
      client.isOffline = true;
      client.line?.cut({ browser: 0, server: 0 });
      await net.pass(away);
      client.isOffline = false;
      await net.pass(3000);
      expect(client.peer === peers[1]).toBe(isSame);
      const states = host.heard.flatMap((message) => (message.t === "peer" ? [message.state] : []));
      expect(states.at(-1)).toBe(isSame ? "back" : "gone");
    }
  });

  test("the server stops and starts: nothing is lost, nothing doubled, the call is the same", async () => {
    const { net, host, client, peers } = await call(104);
    const before = net.room.call as CallId;
    for (let i = 0; i < 20; i++) client.say(peers[0]);
    await net.restart(2000, "stop", [host, client]);
    for (let i = 0; i < 20; i++) host.say(peers[1]);
    await net.pass(5000);
    expectWhole(host, client, peers);
    expect(net.room.call).toBe(before);
    expect(host.last("lease")).toMatchObject({ state: "here", inCall: true });
    expect(client.last("seated")).toBeDefined();
    expect(client.heard.filter(({ t }) => t === "over" || t === "unseated")).toEqual([]);
  });
});
