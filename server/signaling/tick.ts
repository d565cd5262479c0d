/** Everything that time alone brings about: silence, lost peers that did not come back, leases, empty calls, two hours. */
import type { CallId } from "../../wire/ids.ts";
import type { SeatKey } from "./events.ts";
import { tickLease } from "./lease.ts";
import { HELLO_MS } from "./limits.ts";
import { drop, isForgotten, lose } from "./line.ts";
import { type Address, isStale, type Lobby, type Practice } from "./lobby.ts";
import { tickAwaited } from "./relay.ts";
import { closeRoom, endCall, heardAt, isUsed } from "./seats.ts";

/** A11: present while last heard at most 10 s ago; the server pings every 3 s. */
export const LOST_MS = 10_000;

/** Called about once a second. */
export function tick(lobby: Lobby): void {
  tickConns(lobby);
  tickPeers(lobby);
  lobby.presence.tick(lobby.now);
  tickAwaited(lobby);
  for (const practice of [...lobby.practices.values()]) tickPractice(lobby, practice);
  for (const [address, known] of lobby.addresses) {
    if (known.conns === 0 && isForgiven(known, lobby.now.mono)) lobby.addresses.delete(address);
  }
}

function isForgiven({ arrivals, names, knocks }: Address, mono: number): boolean {
  return arrivals.isFull(mono) && names.isEmpty(mono) && knocks.isEmpty(mono);
}

function tickConns(lobby: Lobby): void {
  for (const conn of [...lobby.conns.values()]) {
    if (conn.stage.at !== "known") {
      if (lobby.now.mono - conn.since >= HELLO_MS) lobby.shut(conn, "silent");
    } else if (lobby.now.mono - conn.stage.peer.heard >= LOST_MS) {
      lobby.shut(conn, "lost");
      lose(lobby, conn.stage.peer);
    }
  }
}

function tickPeers(lobby: Lobby): void {
  for (const peer of [...lobby.peers.values()]) {
    if (isForgotten(lobby, peer)) drop(lobby, peer, "lost");
  }
}

function tickPractice(lobby: Lobby, practice: Practice): void {
  tickLease(lobby, practice);
  for (const room of practice.rooms) {
    if (room.call) beat(lobby, practice, room.call);
    if (room.call && lobby.presence.isOver(room.call, lobby.now)) endCall(lobby, practice, room, "empty");
  }
  if (!lobby.isFresh(practice)) closeOver(lobby, practice);
  if ([...practice.clients].some((client) => isStale(client, lobby.now)))
    lobby.do({ t: "load", practice: practice.id });
  const isIdle = practice.hosts.size === 0 && practice.clients.size === 0;
  if (isIdle && practice.rooms.every((room) => room.call === null)) lobby.practices.delete(practice.id);
}

/** [BM6] The seats of a call and when each was last heard. */
function beat(lobby: Lobby, practice: Practice, call: CallId): void {
  const heard = new Map<SeatKey, number>();
  const holder = lobby.holder(practice);
  if (holder) heard.set("practice", holder.heard);
  for (const { place, heard: at } of practice.clients) {
    if (place.state === "joined" && place.call === call) heard.set(place.seat, at);
  }
  const moment = (seat: SeatKey) => {
    const at = heard.get(seat);
    return at === undefined ? undefined : heardAt(lobby, at);
  };
  lobby.presence.beat(call, moment, lobby.now);
}

/** Two hours after "Starten" a room closes as soon as nobody is inside; after a restart people first come back. */
function closeOver(lobby: Lobby, practice: Practice): void {
  for (const room of practice.rooms) {
    if (lobby.now.wall < room.closesAt || isUsed(lobby, room)) continue;
    closeRoom(lobby, practice, room.room);
    lobby.do({ t: "close-room", practice: practice.id, room: room.room });
  }
}
