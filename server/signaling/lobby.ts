/** The state of signaling: connections, peers, practices with their open rooms and lease, and the messages that tell
 * pages what of it concerns them. Everything that changes it lies in the files beside. Pure but for what is passed in. */
import type { Bytes } from "../../wire/bytes.ts";
import type { CloseWord } from "../../wire/close.ts";
import { type CallId, newId, type PeerId, type PracticeId, type Rid, type RoomId } from "../../wire/ids.ts";
import { KEPT_MS } from "../../wire/planned.ts";
import {
  type IceServer,
  type OpenRoom,
  PASS_BYTES,
  type QuicPort,
  type ToBrowser,
} from "../../wire/signal.ts";
import type { ConnId, Effect, Moment, Oddity, Starts } from "./events.ts";
import type { Bucket, Window } from "./limits.ts";
import type { Client, Conn, Door, Host, Peer } from "./peer.ts";
import { Presence } from "./presence.ts";
import { Slots } from "./slots.ts";
import type { Tokens } from "./token.ts";

/** Which page answers clients, and the room whose call page it has open. */
export type Lease = { readonly holder: PeerId; readonly room: RoomId | null };

export type Practice = {
  readonly id: PracticeId;
  readonly hosts: Set<Host>;
  readonly clients: Set<Client>;
  rooms: OpenRoom[];
  starts: Starts;
  /** Rooms closed here: a read that was on its way meanwhile must not open them again. */
  readonly closed: Set<RoomId>;
  lease: Lease | null;
  /** Some page has held the lease since the server started. */
  wasHeld: boolean;
  /** Until then (monotonic ms) a free lease goes to no idle page: the one that left may only be reloading. */
  idleUntil: number;
  /** Since when this server answers for it, monotonic ms: its start, or the moment it took over from another node. */
  since: number;
};

/** What the core takes from outside: identity, chance and keys, so that it can be replayed. */
export type LobbyDeps = {
  readonly tokens: Tokens;
  /** Servers for ICE, credentials made for now. */
  readonly ice: (now: Moment) => IceServer[];
  readonly newPeer?: () => PeerId;
  readonly newCall?: () => CallId;
  readonly newPass?: () => Bytes;
  /** Where the relay can be reached by QUIC now; absent: nowhere. */
  readonly quic?: (now: Moment) => QuicPort[];
  /** This node's name among several; absent: there is no other. */
  readonly node?: string;
};

export type Address = {
  conns: number;
  readonly arrivals: Bucket;
  /** What this address does by user name and code. */
  readonly names: Window;
  readonly knocks: Window;
};

export class Lobby {
  readonly conns = new Map<ConnId, Conn>();
  readonly peers = new Map<PeerId, Peer>();
  readonly practices = new Map<PracticeId, Practice>();
  readonly addresses = new Map<string, Address>();
  /** Peers of the run before that somebody asked for and that may still come back, with who asked. */
  readonly awaited = new Map<PeerId, Set<PeerId>>();
  readonly presence: Presence;
  readonly slots: Slots;
  readonly started: Moment;
  readonly #deps: LobbyDeps;
  now: Moment;
  arrivals = 0;
  stopped = false;
  /** Monotonic milliseconds by which the server is gone; null: it stays. */
  #gone: number | null = null;
  #out: Effect[] = [];

  constructor(deps: LobbyDeps, started: Moment) {
    this.#deps = deps;
    this.started = this.now = started;
    this.presence = new Presence((change) => this.do({ t: "presence", change }));
    this.slots = new Slots((place) => this.do({ t: "place", place }));
  }

  /** True on the way out: a call that runs goes on, none begins. */
  get isDraining(): boolean {
    return this.#gone !== null;
  }

  /** The server goes within `seconds`: everybody who is here is told. */
  drain(seconds: number): void {
    this.#gone = this.now.mono + seconds * 1000;
    for (const peer of this.peers.values()) this.tellDraining(peer);
  }

  /** Tells a peer that the server is about to go, where it is. */
  tellDraining(peer: Peer): void {
    if (this.#gone === null) return;
    const left = Math.ceil((this.#gone - this.now.mono) / 1000);
    this.tell(peer, { t: "draining", seconds: Math.max(0, left) });
  }

  get tokens(): Tokens {
    return this.#deps.tokens;
  }

  newPeer(): PeerId {
    return this.#deps.newPeer?.() ?? newId<PeerId>();
  }

  newCall(): CallId {
    return this.#deps.newCall?.() ?? newId<CallId>();
  }

  newPass(): Bytes {
    return this.#deps.newPass?.() ?? crypto.getRandomValues(new Uint8Array(PASS_BYTES));
  }

  quic(): QuicPort[] {
    return this.#deps.quic?.(this.now) ?? [];
  }

  ice(): IceServer[] {
    return this.#deps.ice(this.now);
  }

  /** Adds an effect to those of the event being handled. */
  do(effect: Effect): void {
    this.#out.push(effect);
  }

  /** The effects of the event, once. */
  take(): Effect[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  count(what: Oddity): void {
    this.do({ t: "count", what });
  }

  /** Sends where the peer's line is here; what is missed meanwhile is told anew after the resume. */
  tell(peer: Peer, message: ToBrowser): void {
    if (peer.line.at === "here") this.do({ t: "send", conn: peer.line.conn, message });
  }

  /** Closes a connection and forgets it; its peer, if any, is the caller's business. */
  shut(conn: Conn, word: CloseWord): void {
    this.forget(conn);
    this.do({ t: "close", conn: conn.id, word });
  }

  /** A connection is no more. */
  forget(conn: Conn): void {
    if (!this.conns.delete(conn.id)) return;
    const address = this.addresses.get(conn.address);
    if (address) address.conns -= 1;
  }

  practice(id: PracticeId): Practice {
    const known = this.practices.get(id);
    if (known) return known;
    const practice: Practice = {
      id,
      hosts: new Set(),
      clients: new Set(),
      rooms: [],
      starts: new Map(),
      closed: new Set(),
      lease: null,
      wasHeld: false,
      idleUntil: 0,
      since: this.started.mono,
    };
    this.practices.set(id, practice);
    return practice;
  }

  /** The page that answers clients, whether its line is here or away. */
  holder(practice: Practice): Host | null {
    const peer = practice.lease && this.peers.get(practice.lease.holder);
    return peer?.role === "host" ? peer : null;
  }

  /** This node's name; null where there is no other. */
  get node(): string | null {
    return this.#deps.node ?? null;
  }

  /** True until every page of the run before, or of the node before, has had the time to come back. */
  isFresh({ since }: Pick<Practice, "since">): boolean {
    return this.now.mono - since < FRESH_MS;
  }

  /** True while a peer that is not known may be one of before: without other nodes only after the start. */
  mayHaveBeen(): boolean {
    return this.node !== null || this.isFresh({ since: this.started.mono });
  }
}

/** After a restart peers are known by their tokens alone for so long. Higher: who left before may come back with an old
 * token. Lower: pages that try slowly need a new handshake. */
export const FRESH_MS = 60_000;

/** The room that a link leads into now. */
export function roomOf(practice: Practice, rid: Rid): OpenRoom | undefined {
  return practice.rooms.find((room) => room.clients.some((links) => links.includes(rid)));
}

/** The room where a client may be seated: its link's; by code only the host can tell, and it seats nobody but into its own. */
export function seatRoomOf(practice: Practice, { way }: Client): OpenRoom | undefined {
  if (way.by === "link") return roomOf(practice, way.rid);
  return practice.rooms.find((room) => room.room === practice.lease?.room);
}

/** Is there a room it could be let into? By code any open one counts, since the server does not know whose code it is. */
function mayComeIn(practice: Practice, { way }: Client): boolean {
  return way.by === "link" ? roomOf(practice, way.rid) !== undefined : practice.rooms.length > 0;
}

/** The door of a client: while it is closed it does not learn whether the therapist is there. */
export function doorOf(practice: Practice, client: Client): Door {
  if (!mayComeIn(practice, client))
    return { state: "closed", host: null, planned: startOf(practice, client) };
  return { state: "open", host: practice.lease?.holder ?? null, planned: null };
}

/** When its therapist has planned to open; by code the server does not know whose it would be. */
function startOf({ starts }: Practice, { way }: Client): number | null {
  return way.by === "link" ? (starts.get(way.rid) ?? null) : null;
}

/** True where a client was told of a planned start that is over by now: another one may be next. */
export function isStale({ door }: Client, now: Moment): boolean {
  return door !== null && door.planned !== null && door.planned <= now.wall - KEPT_MS;
}

/** Tells every client whose door has changed. */
export function tellDoors(lobby: Lobby, practice: Practice): void {
  for (const client of practice.clients) tellDoor(lobby, practice, client);
}

/** Tells a client its door, where it has changed or its page does not know it yet. */
export function tellDoor(lobby: Lobby, practice: Practice, client: Client): void {
  const door = doorOf(practice, client);
  if (client.door && isSameDoor(client.door, door)) return;
  if (client.line.at === "away") return;
  client.door = door;
  lobby.tell(client, { t: "door", ...door });
}

function isSameDoor(a: Door, b: Door): boolean {
  return a.state === b.state && a.host === b.host && a.planned === b.planned;
}

/** Tells all pages of a practice which rooms are open. */
export function tellRooms(lobby: Lobby, practice: Practice): void {
  for (const host of practice.hosts) lobby.tell(host, { t: "rooms", rooms: practice.rooms });
}

/** Tells a page which of several nodes this is. */
export function tellNode(lobby: Lobby, peer: Peer): void {
  if (lobby.node !== null) lobby.tell(peer, { t: "at", node: lobby.node });
}

/** Gives a peer the token that says what it is now. */
export function tellToken(lobby: Lobby, peer: Peer): void {
  lobby.tell(peer, { t: "token", token: tokenOf(lobby, peer) });
}

/** The token of a peer as it is now. */
export function tokenOf(lobby: Lobby, peer: Peer) {
  const issued = Math.floor(lobby.now.wall);
  if (peer.role === "client") {
    const { id, way, place } = peer;
    const seat =
      place.state === "joined"
        ? { room: place.room, call: place.call, seat: place.seat, slot: place.slot }
        : null;
    return lobby.tokens.make({ t: "client", v: 1, peer: id, way, seat, issued });
  }
  const practice = lobby.practice(peer.practice);
  const lease = practice.lease?.holder === peer.id;
  const room = lease ? practice.rooms.find((open) => open.room === practice.lease?.room) : undefined;
  const call = room?.call ? { room: room.room, call: room.call } : null;
  return lobby.tokens.make({
    t: "host",
    v: 1,
    peer: peer.id,
    practice: peer.practice,
    lease,
    call,
    issued,
  });
}
