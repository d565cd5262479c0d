/** From the first message of a connection to a peer: new, back after a lost line, or back after a restart of the server. */
import type { CallId, RoomId } from "../../wire/ids.ts";
import { decodeSignal, foreignVersion, type ToServer, toServer } from "../../wire/signal.ts";
import type { Found, Way } from "./events.ts";
import { grant, isReserved, tellLease, tellLeases } from "./lease.ts";
import { PAGES_PER_PRACTICE, PEERS_BY_CODE, PEERS_PER_LINK } from "./limits.ts";
import { attach, back, callOf, drop, isForgotten } from "./line.ts";
import { type Lobby, type Practice, roomOf, tellDoor, tellNode, tellToken, tokenOf } from "./lobby.ts";
import type { Asked, Client, Conn, Host, Peer } from "./peer.ts";
import { isSlotOfAnother, place, setRooms, tellSeat } from "./seats.ts";
import { HOST_SLOT } from "./slots.ts";
import type { Claims } from "./token.ts";

type ClientClaims = Extract<Claims, { t: "client" }>;
type HostClaims = Extract<Claims, { t: "host" }>;

/** Reads the first message. Anything but hello, host or resume in our version ends the connection. */
export function greet(lobby: Lobby, conn: Conn, bytes: Uint8Array): void {
  const message = decodeSignal(toServer, bytes);
  if (message?.t === "hello") come(lobby, conn, { by: "link", rid: message.rid });
  else if (message?.t === "helloCode") come(lobby, conn, { by: "code", user: message.user });
  else if (message?.t === "host") find(lobby, conn, { as: "host", claims: null });
  else if (message?.t === "resume") resume(lobby, conn, message);
  else lobby.shut(conn, foreignVersion(bytes) === undefined ? "garbage" : "version");
}

/** A new client. Names are public and can be guessed, so an address asks for a bounded number of them. */
function come(lobby: Lobby, conn: Conn, way: Way): void {
  const names = lobby.addresses.get(conn.address)?.names;
  if (way.by === "code" && names?.take(lobby.now.mono) === false) lobby.shut(conn, "slow");
  else find(lobby, conn, { as: "client", way, claims: null });
}

function find(lobby: Lobby, conn: Conn, asked: Asked): void {
  conn.stage = { at: "finding", asked };
  lobby.do({ t: "find", conn: conn.id, who: asked.as === "client" ? asked.way : { by: "login" } });
}

function resume(lobby: Lobby, conn: Conn, { token }: ToServer & { t: "resume" }): void {
  const claims = lobby.tokens.read(token);
  const known = claims && lobby.peers.get(claims.peer);
  if (!claims || !mayResume(lobby, known)) {
    if (known) drop(lobby, known, "lost");
    lobby.shut(conn, "expired");
  } else if (claims.t === "host") find(lobby, conn, { as: "host", claims });
  else if (known?.role === "client") resumed(lobby, conn, known, claims);
  else find(lobby, conn, { as: "client", way: claims.way, claims });
}

/** A peer the server knows, lost for at most 30 s; or one it cannot know because it has only just started, or taken over. */
function mayResume(lobby: Lobby, known: Peer | undefined): boolean {
  return known ? !isForgotten(lobby, known) : lobby.mayHaveBeen();
}

/** What a client is told whose practice does not exist. */
const NOBODY = { link: "link", code: "user" } as const;

/** Goes on where the directory's answer was waited for. */
export function found(lobby: Lobby, conn: Conn, { practice: id, session, locked, ...read }: Found): void {
  if (conn.stage.at !== "finding") return;
  const { asked } = conn.stage;
  if (id === null && locked) return void lobby.shut(conn, "paused");
  if (id === null) return void lobby.shut(conn, asked.as === "host" ? "session" : NOBODY[asked.way.by]);
  const practice = lobby.practice(id);
  setRooms(lobby, practice, read);
  const isUnknown = asked.claims !== null && !lobby.peers.has(asked.claims.peer);
  if (isUnknown && !lobby.isFresh(practice)) return void lobby.shut(conn, "expired");
  if (asked.as === "client") clientFound(lobby, conn, practice, asked);
  else hostFound(lobby, conn, practice, { claims: asked.claims, session: session ?? "" });
}

function clientFound(lobby: Lobby, conn: Conn, practice: Practice, asked: Asked & { as: "client" }): void {
  const known = asked.claims && lobby.peers.get(asked.claims.peer);
  if (known?.role === "client" && asked.claims) return void resumed(lobby, conn, known, asked.claims);
  if (!makeRoom(lobby, practice, asked)) return void lobby.shut(conn, "full");
  const client: Client = {
    role: "client",
    id: asked.claims?.peer ?? lobby.newPeer(),
    practice: practice.id,
    way: asked.way,
    line: { at: "away", since: lobby.now.mono },
    heard: lobby.now.mono,
    place: { state: "waiting" },
    door: null,
  };
  lobby.peers.set(client.id, client);
  practice.clients.add(client);
  if (asked.claims) sitAgain(lobby, practice, client, asked.claims);
  if (asked.claims) resumed(lobby, conn, client, asked.claims);
  else welcome(lobby, conn, client, false);
  tellDoor(lobby, practice, client);
}

/** A link, or the code form of a practice, has room for one more peer: an old one whose line is lost gives way. */
function makeRoom(lobby: Lobby, practice: Practice, { way }: Asked & { as: "client" }): boolean {
  const isSame = (other: Way) =>
    other.by === way.by && (other.by === "code" || way.by === "code" || other.rid === way.rid);
  const same = [...practice.clients].filter((client) => isSame(client.way));
  if (same.length < (way.by === "link" ? PEERS_PER_LINK : PEERS_BY_CODE)) return true;
  const away = same.filter((client) => client.line.at === "away").sort((a, b) => a.heard - b.heard)[0];
  if (away) drop(lobby, away, "lost");
  return away !== undefined;
}

/** After a restart the token alone says where a client sat; the first that claims a seat has it. */
function sitAgain(lobby: Lobby, practice: Practice, client: Client, { seat }: ClientClaims): void {
  const room = practice.rooms.find((open) => open.room === seat?.room);
  const isItsOwn = client.way.by === "code" || room === roomOf(practice, client.way.rid);
  const taken = [...practice.clients].some(
    (other) => other.place.state === "joined" && other.place.seat === seat?.seat,
  );
  if (!seat || !room || !isItsOwn || room.call !== seat.call || taken) return;
  if (!isSlotOfAnother(lobby, practice, client, seat))
    place(lobby, practice, client, { state: "joined", ...seat });
}

function resumed(lobby: Lobby, conn: Conn, client: Client, claims: ClientClaims): void {
  const practice = lobby.practice(client.practice);
  welcome(lobby, conn, client, true);
  const { seat } = claims;
  const sits = client.place.state === "joined" && client.place.seat === seat?.seat;
  if (client.place.state === "joined") tellSeat(lobby, client);
  if (seat && !sits) tellMissed(lobby, practice, client, seat);
  client.door = null;
  tellDoor(lobby, practice, client);
  back(lobby, client);
}

/** The token shows what the page knows; what happened while its line was lost is told now. */
function tellMissed(lobby: Lobby, practice: Practice, peer: Peer, was: { room: string; call: string }): void {
  const room = practice.rooms.find((open) => open.room === was.room);
  if (!room) lobby.tell(peer, { t: "over", reason: "closed" });
  else if (room.call !== was.call) lobby.tell(peer, { t: "over", reason: "ended" });
  else if (peer.role === "client") lobby.tell(peer, { t: "unseated" });
}

type HostFound = { claims: HostClaims | null; session: string };

function hostFound(lobby: Lobby, conn: Conn, practice: Practice, { claims, session }: HostFound): void {
  if (claims && claims.practice !== practice.id) return void lobby.shut(conn, "session");
  const known = claims && lobby.peers.get(claims.peer);
  const host = known?.role === "host" ? known : addHost(lobby, practice, session, claims);
  if (!host) return void lobby.shut(conn, "full");
  host.session = session;
  welcome(lobby, conn, host, claims !== null);
  lobby.tell(host, { t: "rooms", rooms: practice.rooms });
  takeLease(lobby, practice, host, claims);
  if (claims?.call && callOf(practice, host) !== claims.call.call)
    tellMissed(lobby, practice, host, claims.call);
  if (claims) back(lobby, host);
}

function addHost(lobby: Lobby, practice: Practice, session: string, claims: HostClaims | null): Host | null {
  if (!claims && practice.hosts.size >= PAGES_PER_PRACTICE && !dropAwayHost(lobby, practice)) return null;
  lobby.arrivals += 1;
  const host: Host = {
    role: "host",
    id: claims?.peer ?? lobby.newPeer(),
    practice: practice.id,
    session,
    line: { at: "away", since: lobby.now.mono },
    heard: lobby.now.mono,
    arrival: lobby.arrivals,
    wants: null,
  };
  lobby.peers.set(host.id, host);
  practice.hosts.add(host);
  return host;
}

function dropAwayHost(lobby: Lobby, practice: Practice): boolean {
  const away = [...practice.hosts].find(
    (host) => host.line.at === "away" && host.id !== practice.lease?.holder,
  );
  if (away) drop(lobby, away, "lost");
  return away !== undefined;
}

/** A free lease goes to the page that comes; after a restart with a call on, only to the one that held it. */
function takeLease(lobby: Lobby, practice: Practice, host: Host, claims: HostClaims | null): void {
  const may = claims?.lease === true || !isReserved(lobby, practice);
  if (practice.lease || !may) tellLease(lobby, practice, host);
  else {
    grant(lobby, practice, host);
    if (claims?.call) enterAgain(lobby, practice, host, claims.call);
  }
}

/** After a restart the page is still in its call, if that is still on. */
function enterAgain(lobby: Lobby, practice: Practice, host: Host, was: { room: RoomId; call: CallId }): void {
  if (practice.rooms.find((open) => open.room === was.room)?.call !== was.call) return;
  practice.lease = { holder: host.id, room: was.room };
  lobby.slots.hold({ call: was.call, slot: HOST_SLOT }, host.id);
  tellLeases(lobby, practice);
  tellToken(lobby, host);
}

function welcome(lobby: Lobby, conn: Conn, peer: Peer, isResumed: boolean): void {
  attach(lobby, conn, peer);
  tellNode(lobby, peer);
  lobby.tell(peer, { t: "welcome", peer: peer.id, token: tokenOf(lobby, peer), resumed: isResumed });
  lobby.tellDraining(peer);
}
