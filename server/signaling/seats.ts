/** Who sits where: the therapist's page enters a room, seats clients in its call, ends it (amendment A6: the host alone
 * tells the server seats and slots), and what closing a room does to those inside (ledger BM7). */
import type { PeerId, RoomId } from "../../wire/ids.ts";
import type { OpenRoom, ToServer } from "../../wire/signal.ts";
import type { Starts } from "./events.ts";
import { grant, isGrantable, tellLease, tellLeases, vacate } from "./lease.ts";
import { Bucket, CLIENT_MESSAGES } from "./limits.ts";
import { type Lobby, type Practice, seatRoomOf, tellDoors, tellRooms, tellToken } from "./lobby.ts";
import type { Client, Host, Joined } from "./peer.ts";
import { HOST_SLOT, sit } from "./slots.ts";

type Seat = Extract<ToServer, { t: "seat" }>;

/** Rooms closed lately that are remembered. Higher: memory of a page open for months. Lower: a very late read reopens one. */
const CLOSED_MAX = 64;

/** The call page for `room` is open at this page (null: closed). */
export function enter(lobby: Lobby, practice: Practice, host: Host, room: RoomId | null): void {
  host.wants = null;
  const holds = practice.lease?.holder === host.id;
  if (room === null) {
    if (holds) leaveRoom(lobby, practice);
  } else if (!holds && !isGrantable(lobby, practice, true)) tellLease(lobby, practice, host);
  else if (isTooLate(lobby, practice, room)) tellLease(lobby, practice, host);
  else if (practice.rooms.some((open) => open.room === room && mayEnter(open)))
    enterKnown(lobby, practice, host, room);
  else if (practice.closed.has(room)) lobby.tell(host, { t: "over", reason: "closed" });
  else {
    // the page may know of a room that was opened, or of points that were credited, before the core does
    host.wants = room;
    lobby.do({ t: "load", practice: practice.id });
  }
}

/** [TF5] A call that is on is never cut for lack of points; a new one begins where it is free or can be paid. */
function mayEnter({ call, startable }: OpenRoom): boolean {
  return call !== null || startable;
}

/** No call begins on a server that is about to go: the page asks again by itself once it has the next one. */
function isTooLate(lobby: Lobby, practice: Practice, room: RoomId): boolean {
  return lobby.isDraining && practice.rooms.some((open) => open.room === room && open.call === null);
}

function enterKnown(lobby: Lobby, practice: Practice, host: Host, room: RoomId): void {
  grant(lobby, practice, host);
  if (practice.lease?.room !== room) vacate(lobby, practice, "left");
  practice.lease = { holder: host.id, room };
  const call = runningCall(lobby, practice, room);
  lobby.slots.hold({ call, slot: HOST_SLOT }, host.id);
  lobby.presence.open({ practice: practice.id, room, call }, lobby.now);
  lobby.presence.arrive(call, "practice", lobby.now);
  tellLeases(lobby, practice);
  tellToken(lobby, host);
}

function leaveRoom(lobby: Lobby, practice: Practice): void {
  const holder = lobby.holder(practice);
  vacate(lobby, practice, "left");
  tellLeases(lobby, practice);
  if (holder) tellToken(lobby, holder);
}

function runningCall(lobby: Lobby, practice: Practice, room: RoomId) {
  const before = practice.rooms.find((open) => open.room === room)?.call;
  if (before) return before;
  const call = lobby.newCall();
  practice.rooms = practice.rooms.map((open) => (open.room === room ? { ...open, call } : open));
  lobby.do({ t: "set-call", practice: practice.id, room, call });
  tellRooms(lobby, practice);
  return call;
}

/** The holder seats a client of the room it is in. What no longer fits (the room closed, the peer left) is dropped. */
export function seat(lobby: Lobby, practice: Practice, host: Host, { peer, seat, slot }: Seat): void {
  const client = clientOf(lobby, practice, host, peer);
  const room = client && seatRoomOf(practice, client);
  if (!client || !room?.call || room.room !== practice.lease?.room) lobby.count("stray-host");
  else if (isSlotOfAnother(lobby, practice, client, { call: room.call, seat, slot }))
    lobby.count("stray-host");
  else {
    place(lobby, practice, client, { state: "joined", room: room.room, call: room.call, seat, slot });
    tellSeat(lobby, client);
  }
}

/** The client that the holder of the lease may seat or unseat; nobody's page and no other practice's client is. */
function clientOf(lobby: Lobby, practice: Practice, host: Host, peer: PeerId): Client | undefined {
  const client = lobby.peers.get(peer);
  const may = practice.lease?.holder === host.id && client?.practice === practice.id;
  return may && client.role === "client" ? client : undefined;
}

/** Would the client get a slot that another seat of the call, or the therapist, holds? Slots go into every frame, so two
 * seats on one would be one person to everybody else. */
export function isSlotOfAnother(
  lobby: Lobby,
  practice: Practice,
  client: Client,
  { call, seat, slot }: Pick<Joined, "call" | "seat" | "slot">,
): boolean {
  if (slot === null) return false;
  const holder = lobby.slots.holder(call, slot);
  if (slot === HOST_SLOT) return true;
  const other = [...practice.clients].find(({ id }) => id === holder);
  return (
    other !== undefined && other !== client && other.place.state === "joined" && other.place.seat !== seat
  );
}

/** Puts a client on a seat: whoever held it loses it, and the client loses any other it held. */
export function place(lobby: Lobby, practice: Practice, client: Client, joined: Joined): void {
  for (const other of practice.clients) {
    if (other !== client && sits(other, joined)) stand(lobby, other, "moved");
  }
  if (client.place.state === "joined" && !sits(client, joined)) leaveSeat(lobby, client);
  const conn = client.line.at === "here" ? lobby.conns.get(client.line.conn) : undefined;
  if (conn && client.place.state === "waiting") conn.messages = new Bucket(CLIENT_MESSAGES, lobby.now.mono);
  sit(lobby, client, joined);
  lobby.presence.arrive(joined.call, joined.seat, lobby.now);
  if (client.line.at === "away") lobby.presence.lose(joined.call, joined.seat, heardAt(lobby, client.heard));
}

/** Tells a seated client its seat and where to find servers for ICE. */
export function tellSeat(lobby: Lobby, client: Client): void {
  if (client.place.state !== "joined") return;
  lobby.tell(client, { t: "seated", seat: client.place.seat, ice: lobby.ice() });
  tellToken(lobby, client);
}

function sits(client: Client, { call, seat }: Joined): boolean {
  return client.place.state === "joined" && client.place.call === call && client.place.seat === seat;
}

/** The holder takes a client's seat away. */
export function unseat(lobby: Lobby, practice: Practice, host: Host, peer: PeerId): void {
  const client = clientOf(lobby, practice, host, peer);
  if (!client) lobby.count("stray-host");
  else if (client.place.state === "joined") {
    leaveSeat(lobby, client);
    stand(lobby, client, "taken");
  }
}

function leaveSeat(lobby: Lobby, client: Client): void {
  if (client.place.state === "joined") lobby.presence.leave(client.place.call, client.place.seat, lobby.now);
}

/** A client has no seat any more; `over` is told in its own words by the caller. */
function stand(lobby: Lobby, client: Client, why: "moved" | "taken" | "over"): void {
  sit(lobby, client, { state: "waiting" });
  if (why !== "over") lobby.tell(client, { t: "unseated" });
  tellToken(lobby, client);
}

/** "Auflegen" of the therapist: over for all in the room, which stays open. */
export function end(lobby: Lobby, practice: Practice, host: Host, room: RoomId): void {
  const open = practice.rooms.find((one) => one.room === room);
  if (practice.lease?.holder !== host.id || !open?.call) lobby.count("stray-host");
  else endCall(lobby, practice, open, "hung-up");
}

/** A call is over: everybody in it is told, and the room has no call any more. */
export function endCall(
  lobby: Lobby,
  practice: Practice,
  { room, call }: OpenRoom,
  why: "hung-up" | "closed" | "empty",
): void {
  if (!call) return;
  const reason = why === "hung-up" ? "ended" : "closed";
  lobby.presence.end(call, why, lobby.now);
  lobby.slots.end(call);
  practice.rooms = practice.rooms.map((open) => (open.room === room ? { ...open, call: null } : open));
  if (why !== "closed") lobby.do({ t: "set-call", practice: practice.id, room, call: null });
  for (const client of practice.clients) {
    if (client.place.state === "joined" && client.place.call === call) sendHome(lobby, client, reason);
  }
  const holder = lobby.holder(practice);
  if (practice.lease?.room === room) {
    if (holder) lobby.tell(holder, { t: "over", reason });
    leaveRoom(lobby, practice);
  }
  tellRooms(lobby, practice);
}

function sendHome(lobby: Lobby, client: Client, reason: "ended" | "closed"): void {
  lobby.tell(client, { t: "over", reason });
  stand(lobby, client, "over");
}

/** A room is closed by "×" or by time: its call ends, its doors close. Again for a closed one: nothing. */
export function closeRoom(lobby: Lobby, practice: Practice, room: RoomId): void {
  const open = practice.rooms.find((one) => one.room === room);
  practice.closed.add(room);
  for (const old of [...practice.closed].slice(0, -CLOSED_MAX)) practice.closed.delete(old);
  if (!open) return;
  endCall(lobby, practice, open, "closed");
  practice.rooms = practice.rooms.filter((one) => one.room !== room);
  tellRooms(lobby, practice);
  tellDoors(lobby, practice);
}

/** Takes the open rooms and planned starts as they were read. What the core closed stays closed, a call is what the core says, and a room
 * with somebody inside is closed by `closeRoom` alone. */
export function setRooms(
  lobby: Lobby,
  practice: Practice,
  read: { readonly rooms: readonly OpenRoom[]; readonly starts: Starts },
): void {
  practice.starts = read.starts;
  const rooms = read.rooms.filter((room) => !practice.closed.has(room.room));
  for (const old of practice.rooms) {
    const here = rooms.some((room) => room.room === old.room);
    if (!here && !isUsed(lobby, old)) closeRoom(lobby, practice, old.room);
  }
  const kept = practice.rooms.filter((old) => !rooms.some((room) => room.room === old.room));
  const calls = new Map(practice.rooms.map(({ room, call }) => [room, call]));
  const fresh = rooms.map((room) => ({
    ...room,
    call: calls.has(room.room) ? (calls.get(room.room) ?? null) : room.call,
  }));
  practice.rooms = [...kept, ...fresh];
  for (const { room, call } of practice.rooms) {
    if (call) lobby.presence.open({ practice: practice.id, room, call }, lobby.now);
  }
  tellRooms(lobby, practice);
  tellDoors(lobby, practice);
  for (const host of practice.hosts) enterWanted(lobby, practice, host);
}

/** True while somebody is inside, or was a moment ago and may come back. */
export function isUsed(lobby: Lobby, { call }: OpenRoom): boolean {
  return call !== null && !lobby.presence.isEmpty(call);
}

function enterWanted(lobby: Lobby, practice: Practice, host: Host): void {
  const wanted = host.wants;
  host.wants = null;
  if (wanted === null) return;
  const open = practice.rooms.find(({ room }) => room === wanted);
  if (open && mayEnter(open)) enter(lobby, practice, host, wanted);
  else lobby.tell(host, { t: "over", reason: open ? "credit" : "closed" });
}

/** When something was heard, as a moment; the wall clock only labels (BM3). */
export function heardAt(lobby: Lobby, heard: number) {
  return { mono: heard, wall: lobby.now.wall - (lobby.now.mono - heard) };
}
