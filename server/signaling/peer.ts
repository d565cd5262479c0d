/** One connection and one peer, each as a union of what it can be. A peer outlives its connection: hello → waiting →
 * joined → left; "hello" is a connection without a peer, "left" a peer that is in no table any more. */
import type { CallId, PeerId, PracticeId, RoomId, SeatId } from "../../wire/ids.ts";
import type { ToServer } from "../../wire/signal.ts";
import type { ConnId, Way } from "./events.ts";
import type { Bucket } from "./limits.ts";
import type { Claims } from "./token.ts";

/** What a first message asks for, once it is read: come as a client or a page, new (`claims` null) or as a known peer. */
export type Asked =
  | { readonly as: "client"; readonly way: Way; readonly claims: Extract<Claims, { t: "client" }> | null }
  | { readonly as: "host"; readonly claims: Extract<Claims, { t: "host" }> | null };

/** `hello`: has said nothing. `finding`: has, and the directory is asked who it is. `known`: belongs to a peer. */
export type Stage =
  | { readonly at: "hello" }
  | { readonly at: "finding"; readonly asked: Asked }
  | { readonly at: "known"; readonly peer: Peer };

export type Conn = {
  readonly id: ConnId;
  readonly address: string;
  /** Monotonic milliseconds. */
  readonly since: number;
  messages: Bucket;
  bytes: Bucket;
  stage: Stage;
};

/** `away`: known to be lost since then (monotonic milliseconds); the peer is kept for `RESUME_MS`. */
export type Line =
  | { readonly at: "here"; readonly conn: ConnId }
  | { readonly at: "away"; readonly since: number };

export type Waiting = { readonly state: "waiting" };
export type Joined = {
  readonly state: "joined";
  readonly room: RoomId;
  readonly call: CallId;
  readonly seat: SeatId;
  readonly slot: number | null;
};
export type Left = { readonly state: "left" };

/** What the client's page was told last of its door. */
export type Door = {
  readonly state: "open" | "closed";
  readonly host: PeerId | null;
  readonly planned: number | null;
};

type Common = {
  readonly id: PeerId;
  readonly practice: PracticeId;
  line: Line;
  /** When it was last heard, monotonic milliseconds. */
  heard: number;
};

export type Client = Common & {
  readonly role: "client";
  readonly way: Way;
  place: Waiting | Joined | Left;
  door: Door | null;
};

/** A therapist's page. That it is in a call is said by the lease of its practice. */
export type Host = Common & {
  readonly role: "host";
  session: string;
  /** Counts up: of several idle pages the one that came last gets a free lease. */
  readonly arrival: number;
  /** A room it wants to enter that the core does not know yet. */
  wants: RoomId | null;
};

export type Peer = Client | Host;

/** The messages that a peer of each role may send once it is known; any other is garbage. */
export const ALLOWED: Record<Peer["role"], ReadonlySet<ToServer["t"]>> = {
  client: new Set(["relay", "ack", "anew", "media", "leave", "beat"]),
  host: new Set([
    "claim",
    "enter",
    "relay",
    "ack",
    "anew",
    "seat",
    "unseat",
    "end",
    "media",
    "leave",
    "beat",
  ]),
};
