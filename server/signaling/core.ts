/** The signaling core: one event and the time in, effects out. It knows no socket, timer, clock, chance or database, so
 * every rule of it is tested with the hands of the clock in the test's hand. */
import type { PracticeId } from "../../wire/ids.ts";
import { decodeSignal, type ToServer, toServer } from "../../wire/signal.ts";
import type { ConnId, Effect, Event, Moment } from "./events.ts";
import { found, greet } from "./greet.ts";
import { grant, isGrantable, tellLease } from "./lease.ts";
import {
  ADDRESSES_MAX,
  ARRIVALS,
  Bucket,
  CLIENT_BYTES,
  CLIENT_MESSAGES,
  CONNS_MAX,
  CONNS_PER_ADDRESS,
  KNOCKS,
  NAMES,
  Window,
} from "./limits.ts";
import { drop, lose, refuse } from "./line.ts";
import { type Address, Lobby, type LobbyDeps } from "./lobby.ts";
import { media } from "./media.ts";
import { moved, send } from "./moving.ts";
import { ALLOWED, type Conn, type Host, type Peer } from "./peer.ts";
import { relay } from "./relay.ts";
import { closeRoom, end, enter, seat, setRooms, unseat } from "./seats.ts";
import { tick } from "./tick.ts";

export type Core = {
  /** Takes one event; the effects are to be carried out in their order. Never throws on anything a browser sends. */
  handle(event: Event, now: Moment): Effect[];
  /** For tests and gauges; not to be changed from outside. */
  readonly lobby: Lobby;
};

/** A core that starts at `now` and knows nobody. */
export function createCore(deps: LobbyDeps, now: Moment): Core {
  const lobby = new Lobby(deps, now);
  const handle = (event: Event, at: Moment): Effect[] => {
    lobby.now = at;
    if (!lobby.stopped) on(lobby, event);
    return lobby.take();
  };
  return { handle, lobby };
}

function on(lobby: Lobby, event: Event): void {
  switch (event.t) {
    case "opened":
      opened(lobby, event.conn, event.address);
      break;
    case "tick":
      tick(lobby);
      break;
    case "rooms":
      if (lobby.practices.has(event.practice) || event.rooms.some((room) => room.call !== null))
        setRooms(lobby, lobby.practice(event.practice), event);
      break;
    case "taken":
      lobby.practice(event.practice).since = lobby.now.mono;
      break;
    case "moved":
      moved(lobby, event.practice);
      break;
    case "room-closed":
      closeRoom(lobby, lobby.practice(event.practice), event.room);
      break;
    case "links-gone":
      linksGone(lobby, event);
      break;
    case "session-ended":
      sessionEnded(lobby, event.session);
      break;
    case "account-deleted":
      accountShut(lobby, event.practice, "link");
      break;
    case "account-locked":
      accountShut(lobby, event.practice, "paused");
      break;
    case "drain":
      lobby.drain(event.seconds);
      break;
    case "stop":
      stop(lobby);
      break;
    default:
      onConn(lobby, event);
  }
}

type ConnEvent = Extract<
  Event,
  { t: "received" | "text" | "heard" | "pinged" | "closed" | "found" | "unfound" | "elsewhere" }
>;

function onConn(lobby: Lobby, event: ConnEvent): void {
  const conn = lobby.conns.get(event.conn);
  if (!conn) return;
  if (event.t === "received") received(lobby, conn, event.bytes);
  else if (event.t === "text") refuse(lobby, conn, "garbage");
  else if (event.t === "closed") closed(lobby, conn, event.code);
  else if (event.t === "found") found(lobby, conn, event);
  else if (event.t === "unfound") lobby.shut(conn, "bug");
  else if (event.t === "elsewhere") send(lobby, conn, event.node);
  else if (!conn.messages.take(1, lobby.now.mono)) refuse(lobby, conn, "flood");
  else if (event.t === "heard" && conn.stage.at === "known") conn.stage.peer.heard = lobby.now.mono;
}

function opened(lobby: Lobby, id: ConnId, address: string): void {
  const { mono } = lobby.now;
  const conn: Conn = {
    id,
    address,
    since: mono,
    messages: new Bucket(CLIENT_MESSAGES, mono),
    bytes: new Bucket(CLIENT_BYTES, mono),
    stage: { at: "hello" },
  };
  const known = lobby.addresses.get(address) ?? newAddress(mono);
  const isFull =
    lobby.conns.size >= CONNS_MAX ||
    known.conns >= CONNS_PER_ADDRESS ||
    lobby.addresses.size >= ADDRESSES_MAX;
  lobby.addresses.set(address, known);
  lobby.conns.set(id, conn);
  known.conns += 1;
  if (isFull) lobby.shut(conn, "full");
  else if (!known.arrivals.take(1, mono)) lobby.shut(conn, "flood");
}

function newAddress(mono: number): Address {
  const [names, knocks] = [new Window(NAMES), new Window(KNOCKS)];
  return { conns: 0, arrivals: new Bucket(ARRIVALS, mono), names, knocks };
}

function received(lobby: Lobby, conn: Conn, bytes: Uint8Array): void {
  const { mono } = lobby.now;
  if (!conn.messages.take(1, mono) || !conn.bytes.take(bytes.length, mono)) refuse(lobby, conn, "flood");
  else if (conn.stage.at === "hello") greet(lobby, conn, bytes);
  else if (conn.stage.at === "finding") refuse(lobby, conn, "garbage");
  else spoken(lobby, conn, conn.stage.peer, bytes);
}

function spoken(lobby: Lobby, conn: Conn, peer: Peer, bytes: Uint8Array): void {
  peer.heard = lobby.now.mono;
  const message = decodeSignal(toServer, bytes);
  if (!message || !ALLOWED[peer.role].has(message.t)) refuse(lobby, conn, "garbage");
  else if (peer.role === "host" && isHosts(message)) fromHost(lobby, peer, message);
  else fromAny(lobby, conn, peer, message);
}

type HostsOwn = Extract<ToServer, { t: "claim" | "enter" | "seat" | "unseat" | "end" }>;

function isHosts(message: ToServer): message is HostsOwn {
  return !ALLOWED.client.has(message.t);
}

function fromHost(lobby: Lobby, host: Host, message: HostsOwn): void {
  const practice = lobby.practice(host.practice);
  if (message.t === "claim") {
    if (message.force || isGrantable(lobby, practice, false)) grant(lobby, practice, host);
    tellLease(lobby, practice, host);
  } else if (message.t === "enter") enter(lobby, practice, host, message.room);
  else if (message.t === "seat") seat(lobby, practice, host, message);
  else if (message.t === "unseat") unseat(lobby, practice, host, message.peer);
  else end(lobby, practice, host, message.room);
}

function fromAny(lobby: Lobby, conn: Conn, from: Peer, message: ToServer): void {
  if (message.t === "relay") {
    const { to, n, ack, data } = message;
    if (!mayKnock(lobby, conn, from, data)) return void refuse(lobby, conn, "slow");
    relay(lobby, from, to, { t: "relay", from: from.id, n, ack, data });
  } else if (message.t === "ack")
    relay(lobby, from, message.to, { t: "ack", from: from.id, ack: message.ack });
  else if (message.t === "anew") relay(lobby, from, message.to, { t: "anew", from: from.id });
  else if (message.t === "beat") lobby.tell(from, { t: "beat" });
  else if (message.t === "media") media(lobby, from);
  else if (message.t === "leave") {
    lobby.shut(conn, "done");
    drop(lobby, from, "left");
  }
}

/** The first byte of a knock: all that the server reads of what it relays (PROTOCOL.md "Routes"). */
const KNOCK = 0;

/** A knock by code is a guess; whoever has a seat has proven its code already. */
function mayKnock(lobby: Lobby, conn: Conn, from: Peer, data: Uint8Array): boolean {
  const isGuess = from.role === "client" && from.way.by === "code" && from.place.state !== "joined";
  if (!isGuess || data[0] !== KNOCK) return true;
  return lobby.addresses.get(conn.address)?.knocks.take(lobby.now.mono) !== false;
}

/** 1000, 1001, 1005: the page said goodbye, as a reload does, and will not come back as this peer. 1009: too long for
 * the socket itself. */
const GOODBYES: readonly number[] = [1000, 1001, 1005, 1009];

function closed(lobby: Lobby, conn: Conn, code: number): void {
  lobby.forget(conn);
  if (conn.stage.at !== "known") return;
  const { peer } = conn.stage;
  if (!GOODBYES.includes(code)) lose(lobby, peer);
  else {
    peer.heard = lobby.now.mono;
    drop(lobby, peer, "lost");
  }
}

function sessionEnded(lobby: Lobby, session: string): void {
  const ended = [...lobby.peers.values()].filter((peer) => peer.role === "host" && peer.session === session);
  for (const peer of ended) expel(lobby, peer, "session");
}

/** Ends a peer, its line included. */
function expel(lobby: Lobby, peer: Peer, word: "session" | "link" | "paused"): void {
  const conn = peer.line.at === "here" ? lobby.conns.get(peer.line.conn) : undefined;
  if (conn) refuse(lobby, conn, word);
  else drop(lobby, peer, "left");
}

/** Whoever is at the door or inside by such a link goes, and is told why. */
function linksGone(lobby: Lobby, { practice, rids }: Event & { t: "links-gone" }): void {
  for (const client of [...(lobby.practices.get(practice)?.clients ?? [])])
    if (client.way.by === "link" && rids.includes(client.way.rid)) expel(lobby, client, "link");
}

function accountShut(lobby: Lobby, id: PracticeId, word: "link" | "paused"): void {
  const practice = lobby.practices.get(id);
  if (!practice) return;
  for (const { room } of practice.rooms) closeRoom(lobby, practice, room);
  for (const client of [...practice.clients]) expel(lobby, client, word);
  for (const host of [...practice.hosts]) expel(lobby, host, "session");
  lobby.practices.delete(id);
}

function stop(lobby: Lobby): void {
  lobby.stopped = true;
  lobby.presence.pause(lobby.now);
  for (const conn of [...lobby.conns.values()]) {
    if (conn.stage.at === "known") lobby.tell(conn.stage.peer, { t: "stopping" });
    lobby.shut(conn, "stopping");
  }
}
