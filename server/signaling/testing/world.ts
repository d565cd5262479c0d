/** A small world around the signaling core for its tests: a directory in memory, pages with an inbox, and a clock whose
 * hands the test turns. Nothing in it waits. */
import type { Bytes } from "../../../wire/bytes.ts";
import type { CloseWord } from "../../../wire/close.ts";
import {
  type CallId,
  newId,
  type PeerId,
  type PracticeId,
  type Rid,
  type RoomId,
} from "../../../wire/ids.ts";
import type { UserName } from "../../../wire/names.ts";
import { KEPT_MS } from "../../../wire/planned.ts";
import {
  encodeSignal,
  type OpenRoom,
  type QuicPort,
  type ToBrowser,
  type ToServer,
} from "../../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../../wire/version.ts";
import type { Pass, Place } from "../../sfu/events.ts";
import { type Core, createCore } from "../core.ts";
import type { ConnId, Effect, Event, Oddity, PresenceChange, Way } from "../events.ts";
import { createTokens } from "../token.ts";

export const TWO_HOURS = 2 * 60 * 60_000;
const KEY = new Uint8Array(32).fill(9);
const V = SIGNAL_VERSION;

export type Message<T extends ToBrowser["t"]> = Extract<ToBrowser, { t: T }>;

/** One browser page on one connection. */
export class Page {
  readonly inbox: ToBrowser[] = [];
  closed: CloseWord | null = null;
  /** Answers pings, as browsers do without JavaScript. */
  pongs = true;
  readonly #world: World;
  readonly conn: ConnId;

  constructor(world: World, conn: ConnId) {
    this.#world = world;
    this.conn = conn;
  }

  send(message: ToServer): this {
    this.#world.event({ t: "received", conn: this.conn, bytes: encodeSignal(message) });
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.#world.event({ t: "received", conn: this.conn, bytes });
    return this;
  }

  /** The socket ends; 1006 is a line that broke, 1001 a page that goes. */
  drop(code = 1006): void {
    this.#world.forget(this);
    this.#world.event({ t: "closed", conn: this.conn, code });
  }

  all<T extends ToBrowser["t"]>(t: T): Message<T>[] {
    return this.inbox.filter((message): message is Message<T> => message.t === t);
  }

  /** The last message of this kind. Throws where none came. */
  last<T extends ToBrowser["t"]>(t: T): Message<T> {
    const found = this.all(t).at(-1);
    if (!found) throw new Error(`no ${t} came, but ${this.inbox.map((one) => one.t).join(", ")}`);
    return found;
  }

  get peer(): PeerId {
    return this.last("welcome").peer;
  }

  /** The newest token the page was given. */
  get token() {
    const found = this.inbox.filter((message) => message.t === "token" || message.t === "welcome").at(-1);
    if (!found) throw new Error("no token came");
    return found.token;
  }

  clear(): this {
    this.inbox.length = 0;
    return this;
  }
}

export class World {
  mono = 1_000_000;
  wall = 1_800_000_000_000;
  core: Core;
  readonly presence: PresenceChange[] = [];
  /** What the relay was told, in order; `slots`: what that comes to. */
  readonly places: Place[] = [];
  readonly slots = new Set<string>();
  readonly passes: { token: Bytes; pass: Pass }[] = [];
  quic: QuicPort[] = [];
  readonly counts: Partial<Record<Oddity | CloseWord, number>> = {};
  readonly written: Effect[] = [];
  readonly links = new Map<Rid, PracticeId>();
  readonly users = new Map<UserName, PracticeId>();
  readonly sessions = new Map<string, PracticeId>();
  readonly rooms = new Map<PracticeId, OpenRoom[]>();
  /** Planned starts by link, as the directory tells them. */
  readonly starts = new Map<Rid, number>();
  /** What the ledger says of new calls when rooms are read. */
  startable = true;
  /** False: look-ups wait for `answerAll`. */
  answers = true;
  readonly pages = new Map<ConnId, Page>();
  readonly #logins = new Map<ConnId, string | null>();
  #waiting: Effect[] = [];
  #conns = 0;

  /** This server's name among several; it may change at a restart. */
  node: string | null;

  constructor(node: string | null = null) {
    this.node = node;
    this.core = this.#start();
  }

  /** The server dies and starts again with the same key and directory; all lines are lost. */
  restart(): void {
    this.pages.clear();
    this.slots.clear();
    this.#waiting = [];
    this.core = this.#start();
    for (const [practice, rooms] of this.rooms) {
      if (rooms.some(({ call }) => call !== null))
        this.event({ t: "rooms", practice, rooms, starts: this.#starts() });
    }
  }

  #start(): Core {
    const ice = () => [{ urls: "stun:here:3478" }];
    const deps = { tokens: createTokens(KEY), ice, quic: () => this.quic };
    return createCore(this.node === null ? deps : { ...deps, node: this.node }, this.now);
  }

  get now() {
    return { mono: this.mono, wall: this.wall };
  }

  practice(session = newId<RoomId>() as string): { practice: PracticeId; session: string } {
    const practice = newId<PracticeId>();
    this.sessions.set(session, practice);
    return { practice, session };
  }

  link(practice: PracticeId): Rid {
    const rid = newId<Rid>();
    this.links.set(rid, practice);
    return rid;
  }

  /** "Starten": the room is in the directory and signaling was told. */
  open(practice: PracticeId, rids: Rid[], tell = true): RoomId {
    const room = newId<RoomId>();
    const clients = rids.map((rid) => [rid]);
    const opened: OpenRoom = { room, clients, closesAt: this.wall + TWO_HOURS, call: null, startable: true };
    this.rooms.set(practice, [...(this.rooms.get(practice) ?? []), opened]);
    if (tell) this.event({ t: "rooms", practice, rooms: this.#open(practice), starts: this.#starts() });
    return room;
  }

  /** "Anruf planen", or another time, or none any more (null): signaling is told. */
  plan(practice: PracticeId, rid: Rid, startsAt: number | null): void {
    if (startsAt === null) this.starts.delete(rid);
    else this.starts.set(rid, startsAt);
    this.event({ t: "rooms", practice, rooms: this.#open(practice), starts: this.#starts() });
  }

  /** What the database answers: begun ones for two hours. */
  #starts(): Map<Rid, number> {
    return new Map([...this.starts].filter(([, at]) => at > this.wall - KEPT_MS));
  }

  /** "×" by HTTP. */
  close(practice: PracticeId, room: RoomId): void {
    this.rooms.set(
      practice,
      (this.rooms.get(practice) ?? []).filter((one) => one.room !== room),
    );
    this.event({ t: "room-closed", practice, room });
  }

  connect(login: string | null = null, address = "192.0.2.1"): Page {
    this.#conns += 1;
    const conn = this.#conns as ConnId;
    const page = new Page(this, conn);
    this.pages.set(conn, page);
    this.#logins.set(conn, login);
    this.event({ t: "opened", conn, address });
    return page;
  }

  client(rid: Rid, address?: string): Page {
    return this.connect(null, address).send({ t: "hello", v: V, rid });
  }

  /** A client with a user name and a code. */
  byCode(user: UserName, address?: string): Page {
    return this.connect(null, address).send({ t: "helloCode", v: V, user });
  }

  host(session: string): Page {
    return this.connect(session).send({ t: "host", v: V });
  }

  resume(token: Page["token"], login: string | null = null): Page {
    return this.connect(login).send({ t: "resume", v: V, token });
  }

  /** Time goes by, a tick each second; pages that pong are heard. */
  pass(milliseconds: number): void {
    for (let left = milliseconds; left > 0; left -= 1000) {
      const step = Math.min(1000, left);
      this.mono += step;
      this.wall += step;
      for (const page of [...this.pages.values()]) {
        if (page.pongs) this.event({ t: "heard", conn: page.conn });
      }
      this.event({ t: "tick" });
    }
  }

  forget(page: Page): void {
    this.pages.delete(page.conn);
  }

  event(event: Event): void {
    for (const effect of this.core.handle(event, this.now)) this.#run(effect);
  }

  /** Answers the look-ups that waited. */
  answerAll(): void {
    for (const effect of this.#waiting.splice(0)) this.#answer(effect);
  }

  #run(effect: Effect): void {
    if (effect.t === "send") this.#deliver(effect.conn, effect.message);
    else if (effect.t === "close") this.#closed(effect.conn, effect.word);
    else if (effect.t === "presence") this.presence.push(effect.change);
    else if (effect.t === "pass") this.passes.push({ token: effect.token, pass: effect.pass });
    else if (effect.t === "place") this.#placed(effect.place);
    else if (effect.t === "count") this.counts[effect.what] = (this.counts[effect.what] ?? 0) + 1;
    else if (effect.t === "find" || effect.t === "load") {
      if (this.answers) this.#answer(effect);
      else this.#waiting.push(effect);
    } else this.#write(effect);
  }

  #placed(place: Place): void {
    this.places.push(place);
    if (place.t === "seated") this.slots.add(`${place.call} ${place.slot}`);
    else if (place.t === "unseated") this.slots.delete(`${place.call} ${place.slot}`);
    else for (const slot of [...this.slots]) if (slot.startsWith(place.call)) this.slots.delete(slot);
  }

  #deliver(conn: ConnId, message: ToBrowser): void {
    const page = this.pages.get(conn);
    if (page?.closed) throw new Error(`${message.t} was sent to a closed page`);
    page?.inbox.push(message);
  }

  #closed(conn: ConnId, word: CloseWord): void {
    this.counts[word] = (this.counts[word] ?? 0) + 1;
    const page = this.pages.get(conn);
    if (page) page.closed = word;
    this.pages.delete(conn);
  }

  #answer(effect: Effect): void {
    if (effect.t === "load") {
      const rooms = this.#open(effect.practice);
      this.event({ t: "rooms", practice: effect.practice, rooms, starts: this.#starts() });
    } else if (effect.t === "find") {
      const { who } = effect;
      const session = who.by === "login" ? (this.#logins.get(effect.conn) ?? null) : null;
      const practice = who.by === "login" ? this.sessions.get(session ?? "") : this.#practiceOf(who);
      const rooms = practice ? this.#open(practice) : [];
      this.event({
        t: "found",
        conn: effect.conn,
        practice: practice ?? null,
        session,
        rooms,
        starts: this.#starts(),
      });
    }
  }

  #practiceOf(way: Way): PracticeId | undefined {
    return way.by === "link" ? this.links.get(way.rid) : this.users.get(way.user);
  }

  /** What the database answers: rooms past their time are closed unless a call is in them. */
  #open(practice: PracticeId): OpenRoom[] {
    const rooms = this.rooms.get(practice) ?? [];
    const open = rooms.filter(({ closesAt, call }) => closesAt > this.wall || call !== null);
    return open.map((room) => ({ ...room, startable: this.startable }));
  }

  #write(effect: Extract<Effect, { t: "set-call" | "close-room" }>): void {
    this.written.push(effect);
    const rooms = this.rooms.get(effect.practice) ?? [];
    const change = (call: CallId | null) =>
      rooms.map((room) => (room.room === effect.room ? { ...room, call } : room));
    const after =
      effect.t === "set-call" ? change(effect.call) : rooms.filter(({ room }) => room !== effect.room);
    this.rooms.set(effect.practice, after);
  }
}

/** One practice with one client's link and an open room: where most tests start. */
export function smallWorld() {
  const world = new World();
  const { practice, session } = world.practice();
  const rid = world.link(practice);
  const room = world.open(practice, [rid]);
  return { world, practice, session, rid, room };
}

/** The same with the therapist in the room and the client seated in its call. */
export function callWorld() {
  const small = smallWorld();
  const host = small.world.host(small.session).send({ t: "enter", room: small.room });
  const client = small.world.client(small.rid);
  const seat = newId<never>();
  host.send({ t: "seat", peer: client.peer, seat, slot: 1 });
  return { ...small, host, client, seat };
}
