/** Every signaling message between a browser and the server, as two validated unions (PROTOCOL.md "Signaling").
 * Binary msgpack only. The server reads the envelope; `data` is sealed by TP1 and opaque to it. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "./bytes.ts";
import type { CallId, PeerId, Rid, RoomId, SeatId } from "./ids.ts";
import { userNameOf } from "./names.ts";
import { nodeName } from "./node.ts";
import {
  bin,
  exactly,
  flag,
  id,
  list,
  map,
  nullable,
  oneOf,
  type Shape,
  text,
  uint,
  union,
} from "./shape.ts";
import { SIGNAL_VERSION } from "./version.ts";

/** Higher: a hostile peer costs more memory per message. Lower: an SDP of many candidates no longer fits. */
export const RELAY_MAX_BYTES = 64 * 1024;
/** The envelope adds less than this to the relayed bytes. */
export const MESSAGE_MAX_BYTES = RELAY_MAX_BYTES + 1024;
/** Eight clients and the therapist: the German limit for group therapy (R18). */
export const CLIENTS_PER_ROOM_MAX = 8;
/** At most 16 clients are open at once (product.md); a merged client has a few links, hence the factor in lists of rids. */
export const OPEN_CLIENTS_MAX = 16;
/** Links that one merged client may keep. */
export const LINKS_PER_CLIENT_MAX = 4;
/** How long a server may wait for calls before it restarts. Higher: an update waits longer than anybody watches it. Lower: a long session does not fit. */
export const DRAIN_SECONDS_MAX = 4 * 60 * 60;
/** Slots are four bits of the frame header (TP1 §2.7). */
export const SLOT_MAX = 15;
/** A resume token is opaque to the browser; its size bounds what the server reads before it knows anybody. */
export const TOKEN_MAX_BYTES = 256;

/** A first message of any version is shorter: what a stranger may have decoded without a shape. */
const FIRST_MAX_BYTES = 1024;
/** Without these, five bytes that promise a list of millions make the decoder reserve it, and nested lists reserve all memory. */
const FIRST_LIMITS = {
  maxStrLength: FIRST_MAX_BYTES,
  maxBinLength: FIRST_MAX_BYTES,
  maxArrayLength: 16,
  maxMapLength: 16,
  maxExtLength: 0,
};

/** The messages that a connection may begin with. */
const FIRST: readonly unknown[] = ["hello", "helloCode", "host", "resume"] satisfies ToServer["t"][];

/** Messages that one route may carry; a page that counts on beyond it starts a new handshake. */
export const COUNTER_MAX = 2 ** 31;
const peer = id<PeerId>();
const rid = id<Rid>();
const room = id<RoomId>();
const data = bin(1, RELAY_MAX_BYTES);
const counter = uint(COUNTER_MAX);

const ice = list((value: unknown) => {
  const server = value as Record<string, unknown> | null;
  const urls = text(300)(server?.urls);
  if (urls === undefined) return undefined;
  const username = text(200)(server?.username);
  const credential = text(200)(server?.credential);
  return username && credential ? { urls, username, credential } : { urls };
}, 8);

/** A one-time token that admits one media session (PROTOCOL.md "Relay"). */
export const PASS_BYTES = 24;
/** SHA-256 of the certificate at one of the QUIC ports. */
export const HASH_BYTES = 32;
/** Two while the certificate is being changed. */
const QUIC_MAX = 2;

const pass = bin(PASS_BYTES);
/** One token for WebTransport, one for WebSocket. */
const passes: Shape<[Bytes, Bytes]> = (value) => {
  const [first, second, ...more] = list(pass, 2)(value) ?? [];
  return first && second && more.length === 0 ? [first, second] : undefined;
};
const quic = list(map({ port: uint(65_535), hash: bin(HASH_BYTES) }), QUIC_MAX);

/** Browser to server. */
export const toServer = union({
  /** First message of a client: which link it holds. Tells nothing of who holds it. */
  hello: { v: exactly(SIGNAL_VERSION), rid },
  /** First message of a client with a code: whose practice, by its folded user name. The code itself stays sealed (TP1 §2.3). */
  helloCode: { v: exactly(SIGNAL_VERSION), user: userNameOf },
  /** First message of a therapist's page; who it is, the session cookie of the upgrade says. */
  host: { v: exactly(SIGNAL_VERSION) },
  /** First message of a connection that goes on where a lost one stopped. */
  resume: { v: exactly(SIGNAL_VERSION), token: bin(1, TOKEN_MAX_BYTES) },
  /** Asks for the lease: only its holder answers clients. `force` is "Hierher holen". */
  claim: { force: flag },
  /** The therapist's call page for this room is open here (null: closed). Takes the therapist's seat. */
  enter: { room: nullable(room) },
  /** Sealed bytes to the other end of the route, `n` from 1; `ack` is the highest `n` got from there in order. */
  relay: { to: peer, n: counter, ack: counter, data },
  ack: { to: peer, ack: counter },
  /** This end of the route gave up on what was unacked: both ends count from 1 again and answer with their own `anew`. */
  anew: { to: peer },
  /** From the lease holder only: this peer holds this seat; the seat leaves any peer that held it before (A6). */
  seat: { peer, seat: id<SeatId>(), slot: nullable(uint(SLOT_MAX)) },
  /** From the lease holder only: this peer has no seat any more. */
  unseat: { peer },
  /** The therapist hangs up: the call ends for all, the room stays open. */
  end: { room },
  /** Asks for tokens for two media sessions: from a seat with a slot, or the page of the lease holder in a call (slot 0). */
  media: {},
  /** A client leaves for good; nobody waits 30 s for it. */
  leave: {},
  /** Asks for a `beat`: how a page notices a dead line, since it cannot see the server's pings. */
  beat: {},
});

/** Server to browser. */
export const toBrowser = union({
  /** Answer to hello, host and resume. `resumed`: this peer is the one the token named. */
  welcome: { peer, token: bin(1, TOKEN_MAX_BYTES), resumed: flag },
  /** Of several nodes: the one that answers for this practice, by which the page reaches signaling and media from now on. Before `welcome`
   * and each `media` it is this one; before the close `elsewhere` it is another. Where there is one server alone: never. */
  at: { node: nodeName },
  /** A newer token for `resume`, whenever what it carries has changed; the older ones hold what was before. */
  token: { token: bin(1, TOKEN_MAX_BYTES) },
  /** To a client: may it come in? `host` is the peer that answers M1 now, null while nobody does or the door is closed.
   * Another peer means a new handshake; null does not end the route to the one before (its page may be coming back).
   * `planned`: while the door of a link is closed, the next planned start (Unix milliseconds), which may have begun already. */
  door: {
    state: oneOf("closed", "open"),
    host: nullable(peer),
    planned: nullable(uint(Number.MAX_SAFE_INTEGER)),
  },
  relay: { from: peer, n: counter, ack: counter, data },
  ack: { from: peer, ack: counter },
  anew: { from: peer },
  /** To both ends of a route: the other end went silent, came back (resend what it has not acked), or is gone for good. */
  peer: { peer, state: oneOf("away", "back", "gone") },
  /** To a therapist's page: does it hold the lease, and is the holder in a call? `ice` only for the holder. */
  lease: { state: oneOf("here", "elsewhere", "free"), inCall: flag, ice },
  /** To a therapist's page: the rooms open now, whenever that changes. */
  rooms: {
    rooms: list((value: unknown) => openRoom(value), OPEN_CLIENTS_MAX),
  },
  /** To a client whom the host seated: now, not before, it learns of servers for ICE (TP1 §2.5). */
  seated: { seat: id<SeatId>(), ice },
  /** Answer to `media`: the slot, a token for each way and transport, the QUIC ports, the newest first (none: WebSocket only). */
  media: { slot: uint(SLOT_MAX), up: passes, down: passes, quic },
  /** The seat was taken away: by the same client on another device, or by the therapist. */
  unseated: {},
  /** The call is over (`ended`: the therapist hung up; `closed`: the room was closed), or, to a therapist's page, does not begin
   * (`credit`: it would be charged, and there is nothing to pay it with). */
  over: { reason: oneOf("ended", "closed", "credit") },
  /** The server restarts within so many seconds, once running calls have ended: a call that is on goes on, a new one begins after it. */
  draining: { seconds: uint(DRAIN_SECONDS_MAX) },
  /** The server stops and will be back: stay, the picture goes on without it. */
  stopping: {},
  beat: {},
});

const openRoom: Shape<OpenRoom> = (value) => {
  const given = value as Record<string, unknown> | null;
  const roomId = room(given?.room);
  const clients = list(list(rid, LINKS_PER_CLIENT_MAX), CLIENTS_PER_ROOM_MAX)(given?.clients);
  const closesAt = uint(Number.MAX_SAFE_INTEGER)(given?.closesAt);
  const call = nullable(id<CallId>())(given?.call);
  const startable = flag(given?.startable);
  if (roomId === undefined || clients === undefined || closesAt === undefined) return undefined;
  if (call === undefined || startable === undefined) return undefined;
  return { room: roomId, clients, closesAt, call, startable };
};

/** A room as therapist's pages see it. `closesAt` is Unix milliseconds; `clients` lists each client's rids; `startable`: a new call in
 * it is free or can be paid. */
export type OpenRoom = {
  room: RoomId;
  clients: Rid[][];
  closesAt: number;
  call: CallId | null;
  startable: boolean;
};
export type ToServer = NonNullable<ReturnType<typeof toServer>>;
export type ToBrowser = NonNullable<ReturnType<typeof toBrowser>>;
/** One server that helps two browsers to find each other. */
export type IceServer = NonNullable<ReturnType<typeof ice>>[number];

/** Where a page finds the relay by QUIC, and the hash of the certificate it must show. */
export type QuicPort = NonNullable<ReturnType<typeof quic>>[number];

/** The version a first message names, where it is one of another version than ours; tells "load the page anew" from garbage. */
export function foreignVersion(bytes: Uint8Array): number | undefined {
  if (bytes.length > FIRST_MAX_BYTES) return undefined;
  try {
    const given = decode(bytes, FIRST_LIMITS) as { t?: unknown; v?: unknown } | null;
    const first = FIRST.includes(given?.t);
    return first && typeof given?.v === "number" && given.v !== SIGNAL_VERSION ? given.v : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of a message. */
export function encodeSignal(message: ToServer | ToBrowser): Bytes {
  return encode(message) as Bytes;
}

/** The message in `bytes`, or `undefined` for anything that is not exactly one message of the union. Never throws. */
export function decodeSignal<M extends ToServer | ToBrowser>(
  shape: Shape<M>,
  bytes: Uint8Array,
): M | undefined {
  if (bytes.length > MESSAGE_MAX_BYTES) return undefined;
  try {
    const limits = {
      maxStrLength: 512,
      maxBinLength: RELAY_MAX_BYTES,
      maxArrayLength: 64,
      maxMapLength: 16,
      maxExtLength: 0,
    };
    return shape(decode(bytes, { ...limits, rawStrings: false }));
  } catch {
    return undefined;
  }
}
