/** A peer's line: attached to a connection, lost, back, gone; and who at the other end of its routes is told. */
import type { CloseWord } from "../../wire/close.ts";
import { offer, RELOAD_MS, release } from "./lease.ts";
import {
  Bucket,
  CLIENT_BYTES,
  CLIENT_MESSAGES,
  HOST_BYTES,
  HOST_MESSAGES,
  type Rate,
  STRANGER_MESSAGES,
} from "./limits.ts";
import { doorOf, type Lobby, type Practice, tellDoors } from "./lobby.ts";
import type { Conn, Peer } from "./peer.ts";
import { RESUME_MS } from "./presence.ts";
import { heardAt } from "./seats.ts";
import { sit } from "./slots.ts";

/** The peers at the other end of a peer's routes: the lease holder's page and the clients whose door names it. */
export function others(lobby: Lobby, peer: Peer): Peer[] {
  const practice = lobby.practice(peer.practice);
  if (peer.role === "client") {
    const holder = lobby.holder(practice);
    return holder ? [holder] : [];
  }
  return [...practice.clients].filter((client) => doorOf(practice, client).host === peer.id);
}

/** From now on the peer speaks over `conn`; the one before, if it is still there, is closed. */
export function attach(lobby: Lobby, conn: Conn, peer: Peer): void {
  const before = peer.line.at === "here" ? lobby.conns.get(peer.line.conn) : undefined;
  if (before) lobby.shut(before, "replaced");
  const isClient = peer.role === "client";
  conn.messages = new Bucket(messagesOf(peer), lobby.now.mono);
  conn.bytes = new Bucket(isClient ? CLIENT_BYTES : HOST_BYTES, lobby.now.mono);
  conn.stage = { at: "known", peer };
  peer.line = { at: "here", conn: conn.id };
  peer.heard = lobby.now.mono;
}

/** How much this peer may say: whoever only knows a user name and has no seat, the least. */
function messagesOf(peer: Peer): Rate {
  if (peer.role === "host") return HOST_MESSAGES;
  return peer.way.by === "code" && peer.place.state !== "joined" ? STRANGER_MESSAGES : CLIENT_MESSAGES;
}

/** The line is lost; the peer and its seat are kept for `RESUME_MS`. */
export function lose(lobby: Lobby, peer: Peer): void {
  peer.line = { at: "away", since: lobby.now.mono };
  quiet(lobby, peer);
  for (const other of others(lobby, peer)) lobby.tell(other, { t: "peer", peer: peer.id, state: "away" });
}

/** True where a lost peer did not come back in time. */
export function isForgotten(lobby: Lobby, { line }: Peer): boolean {
  return line.at === "away" && lobby.now.mono - line.since > RESUME_MS;
}

/** The seat of a peer is not heard any more, but may be again. */
function quiet(lobby: Lobby, peer: Peer): void {
  const heard = heardAt(lobby, peer.heard);
  if (peer.role === "client") {
    if (peer.place.state === "joined") lobby.presence.lose(peer.place.call, peer.place.seat, heard);
    return;
  }
  const call = callOf(lobby.practice(peer.practice), peer);
  if (call) lobby.presence.lose(call, "practice", heard);
}

/** The call whose page a host has open. */
export function callOf(practice: Practice, peer: Peer) {
  if (practice.lease?.holder !== peer.id) return null;
  return practice.rooms.find((room) => room.room === practice.lease?.room)?.call ?? null;
}

/** The peer is back on its line: its seat is heard again, and the other ends resend what may have been lost. */
export function back(lobby: Lobby, peer: Peer): void {
  const practice = lobby.practice(peer.practice);
  if (peer.role === "client" && peer.place.state === "joined")
    lobby.presence.arrive(peer.place.call, peer.place.seat, lobby.now);
  const call = callOf(practice, peer);
  if (call) lobby.presence.arrive(call, "practice", lobby.now);
  for (const other of others(lobby, peer)) {
    lobby.tell(other, { t: "peer", peer: peer.id, state: "back" });
    if (other.line.at === "away") lobby.tell(peer, { t: "peer", peer: other.id, state: "away" });
  }
}

/** The peer is gone for good. `lost`: its seat may be taken again within 30 s (a reload). `left`: on purpose. */
export function drop(lobby: Lobby, peer: Peer, how: "lost" | "left"): void {
  const practice = lobby.practice(peer.practice);
  const told = others(lobby, peer);
  quiet(lobby, peer);
  peer.line = { at: "away", since: lobby.now.mono };
  lobby.peers.delete(peer.id);
  if (peer.role === "client") {
    if (peer.place.state === "joined" && how === "left")
      lobby.presence.leave(peer.place.call, peer.place.seat, lobby.now);
    sit(lobby, peer, { state: "left" });
    practice.clients.delete(peer);
  } else {
    practice.hosts.delete(peer);
    if (practice.lease?.holder === peer.id) leaseLeft(lobby, practice);
  }
  for (const other of told) lobby.tell(other, { t: "peer", peer: peer.id, state: "gone" });
}

function leaseLeft(lobby: Lobby, practice: Practice): void {
  if (practice.lease?.room) practice.idleUntil = lobby.now.mono + RELOAD_MS;
  release(lobby, practice);
  offer(lobby, practice);
  tellDoors(lobby, practice);
}

/** Closes a connection for a reason that its page cannot come back from as the same peer. */
export function refuse(lobby: Lobby, conn: Conn, word: CloseWord): void {
  lobby.shut(conn, word);
  if (conn.stage.at === "known") drop(lobby, conn.stage.peer, "lost");
}
