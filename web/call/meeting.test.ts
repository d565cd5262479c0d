/** Desk and client against the real signaling core, in one process: who meets whom, by itself or by a tap, and what is left
 * after reloads. Only the WebRTC connection is a stand-in here; the journeys use the real one. */
import { afterAll, beforeEach, expect, test } from "bun:test";
import { createTokens } from "../../server/signaling/token.ts";
import type { Runner as RunnerType } from "../../server/transport/runner.ts";
import { Runner } from "../../server/transport/runner.ts";
import { Identity } from "../../wasm/identity.ts";
import { linkKeys } from "../../wasm/link.ts";
import { seatOf } from "../../wasm/seat.ts";
import { ready } from "../../wasm/sodium.ts";
import { CLOSE } from "../../wire/close.ts";
import { type ItemId, newId, type PracticeId, type RoomId } from "../../wire/ids.ts";
import {
  decodeSignal,
  encodeSignal,
  type OpenRoom,
  type ToBrowser,
  type ToServer,
  toBrowser,
} from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { HandshakeBudget } from "./budget.ts";
import { Capture } from "./capture.ts";
import { ClientCall } from "./client-call.ts";
import { Desk } from "./desk.ts";
import type { DeskKeys } from "./desk-types.ts";
import { DeviceSecrets, type TextStore } from "./device-secrets.ts";
import { FakeConnection, FakeStream } from "./fake-connection.testing.ts";
import { HandClock } from "./testing/hand-clock.ts";

await ready();
const before = { connection: globalThis.RTCPeerConnection, stream: globalThis.MediaStream };
Object.assign(globalThis, { RTCPeerConnection: FakeConnection, MediaStream: FakeStream });
afterAll(() =>
  Object.assign(globalThis, { RTCPeerConnection: before.connection, MediaStream: before.stream }),
);

const PRACTICE = newId<PracticeId>();
const RECORD = newId<ItemId>();
const OTHER_RECORD = newId<ItemId>();
const secret = (n: number) => new Uint8Array(16).fill(n);
const [mine, other] = [linkKeys(secret(1)), linkKeys(secret(2))];
const identity = new Identity(new Uint8Array(32).fill(1));
let clock = new HandClock();

let rooms: OpenRoom[];
let runner: RunnerType;
let devices: Uint8Array[];

beforeEach(() => {
  rooms = [];
  devices = [];
  clock = new HandClock();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  runner = new Runner({
    directory: {
      practiceOfLink: async (rid) => (rid === mine.rid || rid === other.rid ? PRACTICE : null),
      practiceOfUser: async () => null,
      openRooms: async () => rooms,
      setCall: async (room, call) => {
        rooms = rooms.map((each) => (each.room === room ? { ...each, call } : each));
      },
      closeRoom: async (room) => {
        rooms = rooms.filter((each) => each.room !== room);
      },
      practicesInCall: async () => [],
    },
    clock: { now: () => 0, monotonic: () => 0 },
    log: log as never,
    presenceSink: () => undefined,
    core: { tokens: createTokens(new Uint8Array(32)), ice: () => [] },
  });
});

/** Longer than a page waits before it draws, far shorter than any patience. */
const SETTLE_MS = 20;

/** Lets every promise of the server and of the pages come to rest. */
async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
  await runner.settled();
  for (let i = 0; i < 40; i++) await Promise.resolve();
  clock.pass(SETTLE_MS);
  for (let i = 0; i < 40; i++) await Promise.resolve();
}

/** One page's line to the server; `gone` closes it as a page that goes away does. */
function line(first: ToServer, receive: (message: ToBrowser) => void) {
  let closed: number | null = null;
  const conn = runner.open(
    {
      send: (bytes) => {
        const message = decodeSignal(toBrowser, bytes);
        if (message) receive(message);
      },
      close: (code) => {
        closed = code;
      },
      ping: () => undefined,
      login: async () => ({ practice: PRACTICE, session: "s" }),
    },
    "address",
  );
  const post = (message: ToServer) => runner.handle({ t: "received", conn, bytes: encodeSignal(message) });
  post(first);
  return { post, gone: () => runner.handle({ t: "closed", conn, code: 1001 }), closed: () => closed };
}

function openDesk(oneByOne = false) {
  const keys: DeskKeys = {
    identity,
    clientOf: (rid) => {
      if (rid === mine.rid) return { record: RECORD, name: "K-1", psk: mine.psk, devices };
      return rid === other.rid ? { record: OTHER_RECORD, name: "K-2", psk: other.psk, devices: [] } : null;
    },
    rememberDevice: (_, ds) => devices.push(ds),
    seatOf: (call, record) => seatOf(new Uint8Array(32), call, record),
  };
  const desk: Desk = new Desk({
    keys,
    post: (message) => page.post(message),
    clock,
    certificate: Promise.resolve({} as RTCCertificate),
    csid: new Uint8Array(16),
    oneByOne: () => oneByOne,
  });
  const page = line({ t: "host", v: SIGNAL_VERSION }, (message) => desk.receive(message));
  const seen = () => desk.state.get().visitors.map(({ name, at, known }) => ({ name, at, known }));
  return { desk, seen, gone: page.gone, enter: (room: RoomId) => desk.enter(room, capture()) };
}

const capture = () => new Capture(undefined, () => undefined);

function memory(): TextStore {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

function openClient(store = memory(), keys = mine) {
  const call: ClientCall = new ClientCall({
    link: { rid: keys.rid, psk: keys.psk, fingerprint: identity.fingerprint },
    post: (message) => page.post(message),
    capture: capture(),
    clock,
    secrets: new DeviceSecrets(store),
    budget: new HandshakeBudget(),
    certificate: Promise.resolve({} as RTCCertificate),
    label: () => "Maxi",
  });
  const page = line({ t: "hello", v: SIGNAL_VERSION, rid: keys.rid }, (message) => call.receive(message));
  const at = () => {
    const { stage } = call.state.get();
    return stage.at === "over" ? stage.reason : stage.at;
  };
  return { call, at, join: () => call.join(), gone: page.gone, closed: page.closed };
}

async function openRoom(...clients: (typeof mine.rid)[]): Promise<RoomId> {
  const room = newId<RoomId>();
  rooms = [...rooms, { room, clients: clients.map((rid) => [rid]), closesAt: 7_200_000, call: null }];
  runner.load(PRACTICE);
  await settle();
  return room;
}

test("a client who is early waits, and is in the call by itself when the therapist has opened the room and is there", async () => {
  const desk = openDesk();
  const client = openClient();
  await settle();
  expect(client.call.state.get().door).toBe("closed");
  client.join();
  await settle();
  expect(client.at()).toBe("door");
  const room = await openRoom(mine.rid);
  expect(client.at()).toBe("waiting");
  expect(desk.seen()).toEqual([{ name: "K-1", at: "waits", known: false }]);
  desk.enter(room);
  await settle();
  expect(client.at()).toBe("in");
  expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: false }]);
  expect(client.call.state.get().conversation?.line).toEqual({ at: "open", route: "direct" });
  expect(desk.desk.state.get().visitors[0]?.conversation?.line.at).toBe("open");
  expect(desk.desk.state.get().visitors[0]?.label).toBe("Maxi");
});

test("nothing is sent before the press: the desk sees nobody", async () => {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  desk.enter(room);
  openClient();
  await settle();
  expect(desk.seen()).toEqual([]);
});

test("[R4] a client of another room waits while this one is in its call", async () => {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  await openRoom(other.rid);
  desk.enter(room);
  const client = openClient(memory(), other);
  await settle();
  client.join();
  await settle();
  expect(client.at()).toBe("waiting");
  expect(desk.seen()).toEqual([{ name: "K-2", at: "waits", known: false }]);
});

/** A call that runs: the desk in the room, one client in. */
async function running(oneByOne = false) {
  const desk = openDesk(oneByOne);
  const room = await openRoom(mine.rid);
  desk.enter(room);
  const store = memory();
  const client = openClient(store);
  await settle();
  client.join();
  await settle();
  return { desk, room, store, client };
}

test("a second tab on the same device takes the seat over at once, the first one says so", async () => {
  const { desk, store, client } = await running();
  const tab = openClient(store);
  await settle();
  tab.join();
  await settle();
  expect([client.at(), tab.at()]).toEqual(["moved", "in"]);
  expect(desk.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
});

test("an unknown device at a taken seat waits for a tap", async () => {
  const { desk, client } = await running();
  const stranger = openClient();
  await settle();
  stranger.join();
  await settle();
  expect([client.at(), stranger.at()]).toEqual(["in", "waiting"]);
  const asks = desk.desk.state.get().visitors.find((visitor) => visitor.at === "asks");
  expect(asks?.known).toBe(false);
  if (asks) desk.desk.admit(asks.peer);
  await settle();
  expect([client.at(), stranger.at()]).toEqual(["moved", "in"]);
});

test("not let in: the visitor is told, the call goes on", async () => {
  const { desk, client } = await running();
  const stranger = openClient();
  await settle();
  stranger.join();
  await settle();
  const asks = desk.desk.state.get().visitors.find((visitor) => visitor.at === "asks");
  if (asks) desk.desk.refuse(asks.peer);
  await settle();
  expect([client.at(), stranger.at()]).toEqual(["in", "refused"]);
});

test("one by one: always a tap", async () => {
  const { desk, client } = await running(true);
  expect(client.at()).toBe("waiting");
  const [asks] = desk.desk.state.get().visitors;
  expect(asks?.at).toBe("asks");
  if (asks) desk.desk.admit(asks.peer);
  await settle();
  expect(client.at()).toBe("in");
});

test("hanging up ends the call for all and leaves the room open", async () => {
  const { desk, client } = await running();
  desk.desk.hangUp();
  await settle();
  expect(client.at()).toBe("ended");
  expect(desk.desk.state.get().rooms).toHaveLength(1);
  expect(desk.desk.state.get().rooms[0]?.call).toBe(null);
});

test("a client that hangs up only leaves: the desk sees nobody, and it can come again", async () => {
  const { desk, store, client } = await running();
  client.call.leave();
  await settle();
  expect(client.at()).toBe("left");
  expect(client.closed()).toBe(CLOSE.done.code);
  expect(desk.seen()).toEqual([]);
  const again = openClient(store);
  await settle();
  again.join();
  await settle();
  expect(again.at()).toBe("in");
});

test("the room is closed by '×': the client learns that, not that somebody hung up", async () => {
  const { room, client } = await running();
  rooms = [];
  runner.handle({ t: "room-closed", practice: PRACTICE, room });
  await settle();
  expect(client.at()).toBe("closed");
});

test("[A5] therapist reloads: the client knocks by itself and is in again, on a known device", async () => {
  const { desk, room, client } = await running();
  desk.gone();
  await settle();
  const reloaded = openDesk();
  await settle();
  reloaded.enter(room);
  await settle();
  expect(client.at()).toBe("in");
  expect(reloaded.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  expect(client.call.state.get().conversation?.line.at).toBe("open");
});

test("the client reloads: its new page takes the old one's place", async () => {
  const { desk, store, client } = await running();
  client.gone();
  const reloaded = openClient(store);
  await settle();
  reloaded.join();
  await settle();
  expect(reloaded.at()).toBe("in");
  expect(desk.seen().filter((visitor) => visitor.at === "in")).toHaveLength(1);
});

test("[TP1 2.4] who does not hold the link secret is never shown, and no call comes about", async () => {
  const desk = openDesk();
  const room = await openRoom(mine.rid);
  desk.enter(room);
  const forger = openClient(memory(), { ...mine, psk: other.psk });
  await settle();
  forger.join();
  await settle();
  expect(forger.at()).toBe("proving");
  expect(desk.seen()).toEqual([]);
});

test("a second page of the practice does not disturb the call, until it is brought there", async () => {
  const { desk, room, client } = await running();
  const second = openDesk();
  await settle();
  expect(second.desk.state.get()).toMatchObject({ lease: "elsewhere", holderInCall: true });
  second.desk.bringHere();
  second.enter(room);
  await settle();
  expect(desk.desk.state.get().lease).toBe("elsewhere");
  expect(second.seen()).toEqual([{ name: "K-1", at: "in", known: true }]);
  expect(client.at()).toBe("in");
});
