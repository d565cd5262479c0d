/** A practice in one process: the real signaling core, desks and clients on it, each with a line of its own. Only the WebRTC
 * connection is a stand-in. `begin` before each test, `end` after all. */
import { createTokens } from "../../../server/signaling/token.ts";
import type { Runner as RunnerType } from "../../../server/transport/runner.ts";
import { Runner } from "../../../server/transport/runner.ts";
import { Identity } from "../../../wasm/identity.ts";
import { linkKeys } from "../../../wasm/link.ts";
import { seatOf } from "../../../wasm/seat.ts";
import { ready } from "../../../wasm/sodium.ts";
import type { Brand } from "../../../wire/brand.ts";
import { type ItemId, newId, type PracticeId, type Rid, type RoomId } from "../../../wire/ids.ts";
import { type NormalId, normalClientId, type UserName } from "../../../wire/names.ts";
import {
  decodeSignal,
  encodeSignal,
  type OpenRoom,
  type ToBrowser,
  type ToServer,
  toBrowser,
} from "../../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../../wire/version.ts";
import { Admitted, type AdmittedEntry, type AdmittedShelf } from "../admitted.ts";
import { HandshakeBudget } from "../budget.ts";
import { Capture } from "../capture.ts";
import { ClientCall } from "../client-call.ts";
import type { CodeKeys } from "../code-entry.ts";
import { Desk } from "../desk.ts";
import { type DeskKeys, type KnownDevice, WANTS_NOTHING, type Wanted } from "../desk-types.ts";
import { DeviceSecrets, type TextStore } from "../device-secrets.ts";
import { FakeConnection, FakeStream } from "../fake-connection.testing.ts";
import { type Credential, whoOf } from "../proof.ts";
import type { Tried } from "../tries.ts";
import { FakePlane } from "./fake-plane.ts";
import { HandClock } from "./hand-clock.ts";

await ready();
const before = { connection: globalThis.RTCPeerConnection, stream: globalThis.MediaStream };
/** What a client must not learn of before it is let in. */
const ICE = { urls: "stun:praxis.example:3478" };

const PRACTICE = newId<PracticeId>();
export const RECORD = newId<ItemId>();
export const OTHER_RECORD = newId<ItemId>();
const secret = (n: number) => new Uint8Array(16).fill(n);
export const [mine, other] = [linkKeys(secret(1)), linkKeys(secret(2))];
export const identity = new Identity(new Uint8Array(32).fill(1));
/** The therapist's user name. */
export const USER = "praxis" as UserName;
export let clock = new HandClock();

/** Every line comes from another place. */
let addresses = 0;
let rooms: OpenRoom[];
/** Planned starts by link. */
let starts: Map<Rid, number>;
let runner: RunnerType;
/** What the vault knows of K-1's devices. */
export let devices: KnownDevice[];
let shelf: AdmittedShelf;
/** The code form as the vault has it. K-1's code is chosen, K-2's generated. */
/** Of practice and client. */
export let settings = { relayOnly: false, hide: false };
/** What the practice shows of itself. */
export let shown: { brand: Brand | null };
/** What is asked before a call, and what was answered to the consent text. */
export let asked: { wanted: Wanted; consents: { version: number; accepted: boolean }[] };
export let form: {
  failures: number;
  successes: number;
  mayChosen: boolean;
  /** When a call with a client is planned. */
  planned: Map<ItemId, number>;
};
export const CODES = { mine: "K1" as NormalId, other: "7KQ4M9TXC" as NormalId };

/** A new server, an empty vault. */
export function begin(): void {
  Object.assign(globalThis, { RTCPeerConnection: FakeConnection, MediaStream: FakeStream });
  FakeConnection.described = 0;
  FakeConnection.meets = true;
  rooms = [];
  starts = new Map();
  devices = [];
  form = { failures: 0, successes: 0, mayChosen: true, planned: new Map() };
  settings = { relayOnly: false, hide: false };
  shown = { brand: null };
  asked = { wanted: WANTS_NOTHING, consents: [] };
  FakePlane.begin();
  shelf = memoryShelf();
  clock = new HandClock();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  runner = new Runner({
    directory: {
      practiceOfLink: async (rid) => (rid === mine.rid || rid === other.rid ? PRACTICE : null),
      practiceOfUser: async (user) => (user === USER ? PRACTICE : null),
      openRooms: async () => rooms,
      setCall: async (room, call) => {
        rooms = rooms.map((each) => (each.room === room ? { ...each, call } : each));
      },
      closeRoom: async (room) => {
        rooms = rooms.filter((each) => each.room !== room);
      },
      practicesInCall: async () => [],
      shut: async () => [],
      startsByLink: async () => starts,
    },
    clock: { now: () => clock.now(), monotonic: () => clock.now() },
    log: log as never,
    presenceSink: () => undefined,
    core: { tokens: createTokens(new Uint8Array(32)), ice: () => [ICE] },
  });
}

export function end(): void {
  Object.assign(globalThis, { RTCPeerConnection: before.connection, MediaStream: before.stream });
}

/** Longer than a page waits before it draws, far shorter than any patience. */
const SETTLE_MS = 20;

/** Lets every promise of the server and of the pages come to rest. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
  await runner.settled();
  for (let i = 0; i < 40; i++) await Promise.resolve();
  clock.pass(SETTLE_MS);
  for (let i = 0; i < 40; i++) await Promise.resolve();
}

/** One page's line to the server; `gone` closes it as a page that goes away does. */
function line(first: ToServer, receive: (message: ToBrowser) => void) {
  let closed: number | null = null;
  const held: ToBrowser[] = [];
  const unsent: ToServer[] = [];
  /** What happens to this line: `late` holds back what comes from the server, `mute` what goes to it. */
  const server = { late: false, mute: false };
  const conn = runner.open(
    {
      send: (bytes) => {
        const message = decodeSignal(toBrowser, bytes);
        if (message && server.late) held.push(message);
        else if (message) receive(message);
      },
      close: (code) => {
        closed = code;
      },
      ping: () => undefined,
      login: async () => ({ practice: PRACTICE, session: "s" }),
    },
    `address ${++addresses}`,
  );
  const pass = (message: ToServer) => runner.handle({ t: "received", conn, bytes: encodeSignal(message) });
  const post = (message: ToServer) => {
    if (server.mute) unsent.push(message);
    else pass(message);
  };
  /** Delivers what was held back, in its order. */
  const release = () => {
    server.late = false;
    for (const message of held.splice(0)) receive(message);
    // what is said meanwhile comes after it
    for (let next = unsent.shift(); next; next = unsent.shift()) pass(next);
    server.mute = false;
  };
  post(first);
  const gone = () => runner.handle({ t: "closed", conn, code: 1001 });
  return { post, gone, closed: () => closed, server, release };
}

export function openDesk(oneByOne = false) {
  const keys: DeskKeys = {
    identity,
    clientOf: (rid) => {
      if (rid === mine.rid) return { record: RECORD, name: "K-1", psk: mine.psk, devices };
      return rid === other.rid ? { record: OTHER_RECORD, name: "K-2", psk: other.psk, devices: [] } : null;
    },
    clientOfRecord: (record) => {
      if (record === RECORD) return { record, name: "K-1", psk: mine.psk, devices };
      return record === OTHER_RECORD ? { record, name: "K-2", psk: other.psk, devices: [] } : null;
    },
    rememberDevice: (_, device, instead) => {
      devices = [...devices.filter(({ secret }) => secret !== instead), device];
    },
    forgetDevice: (_, secret) => {
      devices = devices.filter((device) => device.secret !== secret);
    },
    admitted: new Admitted(() => clock.now(), [shelf]),
    seatOf: (call, record) => seatOf(new Uint8Array(32), call, record),
    codes: codeKeys(),
    brand: () => shown.brand,
    wanted: () => asked.wanted,
    noteConsent: (_, { version }, accepted) => {
      asked.consents.push({ version, accepted });
      if (accepted) asked.wanted = { ...asked.wanted, consent: null };
    },
  };
  const desk: Desk = new Desk({
    keys,
    post: (message) => page.post(message),
    clock,
    certificate: Promise.resolve({} as RTCCertificate),
    oneByOne: () => oneByOne,
    relayOnly: () => settings.relayOnly,
    words: () => "de",
    open: (options) => new FakePlane(options),
  });
  const page = line({ t: "host", v: SIGNAL_VERSION }, (message) => desk.receive(message));
  const seen = () => desk.state.get().visitors.map(({ name, at, known }) => ({ name, at, known }));
  return { desk, seen, gone: page.gone, enter: (room: RoomId) => desk.enter(room, capture()) };
}

function codeKeys(): CodeKeys {
  const all = [
    { record: RECORD, code: CODES.mine, isGenerated: false },
    { record: OTHER_RECORD, code: CODES.other, isGenerated: true },
  ];
  return {
    user: USER,
    of: () => all,
    plannedAt: (record) => form.planned.get(record) ?? null,
    mayAnswerChosen: () => form.mayChosen,
    failed: () => {
      form.failures += 1;
    },
    succeeded: () => {
      form.successes += 1;
    },
  };
}

/** Over the desk's reload, as the tab's storage. */
function memoryShelf(): AdmittedShelf {
  let kept: readonly AdmittedEntry[] = [];
  const write = (list: readonly AdmittedEntry[]) => {
    kept = list;
  };
  return { everyMs: 0, read: () => kept, write };
}

const capture = () => new Capture(undefined, () => undefined);

export function memory(): TextStore {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

export function openClient(store = memory(), keys = mine) {
  const link = { rid: keys.rid, psk: keys.psk, fingerprint: identity.fingerprint };
  return openVisit(store, { by: "link", link });
}

/** A client at the code form. `tries` are those left in this browser. */
export function openByCode(typed: string, store = memory(), tries = { left: 3 }) {
  const code = normalClientId(typed) as NormalId;
  const counted = {
    take: () => {
      tries.left -= 1;
      return tries.left >= 0;
    },
    giveBack: () => {
      tries.left += 1;
    },
  };
  return openVisit(store, { by: "code", user: USER, code }, counted);
}

const noGuess: Tried = { take: () => true, giveBack: () => undefined };

function openVisit(store: TextStore, credential: Credential, tries = noGuess) {
  const heard: string[] = [];
  const posted: ToServer[] = [];
  const own = capture();
  const call: ClientCall = new ClientCall({
    credential,
    tries,
    post: (message) => {
      posted.push(message);
      page.post(message);
    },
    capture: own,
    clock,
    secrets: new DeviceSecrets(store),
    budget: new HandshakeBudget(),
    certificate: Promise.resolve({} as RTCCertificate),
    label: () => "Maxi",
    hide: () => settings.hide,
    open: (options) => new FakePlane(options),
  });
  const page = line({ v: SIGNAL_VERSION, ...whoOf(credential) }, (message) => {
    heard.push(message.t);
    call.receive(message);
  });
  const at = () => {
    const { stage } = call.state.get();
    return stage.at === "over" ? stage.reason : stage.at;
  };
  return {
    call,
    at,
    heard,
    posted: () => posted,
    join: () => call.join(),
    gone: page.gone,
    closed: page.closed,
    capture: own,
    server: page.server,
    release: page.release,
  };
}

export async function openRoom(...clients: (typeof mine.rid)[]): Promise<RoomId> {
  const room = newId<RoomId>();
  rooms = [
    ...rooms,
    { room, clients: clients.map((rid) => [rid]), closesAt: 7_200_000, call: null, startable: true },
  ];
  runner.load(PRACTICE);
  await settle();
  return room;
}

/** "Anruf planen" for K-1. */
export async function plans(startsAt: number): Promise<void> {
  starts.set(mine.rid, startsAt);
  runner.load(PRACTICE);
  await settle();
}

/** A call that runs: the desk in the room, one client in. */
export async function running(oneByOne = false) {
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

/** The vault, as this device has it: without some devices, or with them again. */
export function vaultKnows(known: KnownDevice[]): void {
  devices = known;
}

/** "×" on the dashboard. */
export async function closesRoom(room: RoomId): Promise<void> {
  rooms = rooms.filter((each) => each.room !== room);
  runner.handle({ t: "room-closed", practice: PRACTICE, room });
  await settle();
}
