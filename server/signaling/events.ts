/** What goes into the signaling core and what comes out of it. The core itself has no socket, timer, clock or database. */
import type { Bytes } from "../../wire/bytes.ts";
import type { CloseWord } from "../../wire/close.ts";
import type { CallId, PracticeId, Rid, RoomId, SeatId } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import type { OpenRoom, ToBrowser } from "../../wire/signal.ts";
import type { Pass, Place } from "../sfu/events.ts";

declare const brand: unique symbol;
/** One socket, numbered by whoever opened it; never used again. */
export type ConnId = number & { readonly [brand]: "conn" };

/** A point in time: `mono` measures (milliseconds that never jump), `wall` labels (Unix milliseconds). */
export type Moment = { readonly mono: number; readonly wall: number };

/** In. `address` is what limits count by: one subscriber, IPv6 by /64. */
export type Event =
  | { readonly t: "opened"; readonly conn: ConnId; readonly address: string }
  | { readonly t: "received"; readonly conn: ConnId; readonly bytes: Uint8Array }
  /** A text message: never one of ours. */
  | { readonly t: "text"; readonly conn: ConnId }
  /** A pong: browsers answer pings without JavaScript. */
  | { readonly t: "heard"; readonly conn: ConnId }
  /** A ping, which no browser sends; Bun has answered it. */
  | { readonly t: "pinged"; readonly conn: ConnId }
  | { readonly t: "closed"; readonly conn: ConnId; readonly code: number }
  /** Answer to `find`: whose link, name or login it is (null: nobody's), that practice's open rooms and planned starts. */
  | ({ readonly t: "found"; readonly conn: ConnId } & Found)
  /** `find` could not be answered: the database is busy or broken. */
  | { readonly t: "unfound"; readonly conn: ConnId }
  /** Answer to `find` of one node among several: another one answers for that practice. */
  | { readonly t: "elsewhere"; readonly conn: ConnId; readonly node: string }
  /** This node answers for the practice from now on in place of another, whose pages will come. */
  | { readonly t: "taken"; readonly practice: PracticeId }
  /** Another node answers for the practice from now on. */
  | { readonly t: "moved"; readonly practice: PracticeId }
  /** The open rooms of a practice and its planned starts, read anew. Reads of one practice arrive in the order in which they were made. */
  | {
      readonly t: "rooms";
      readonly practice: PracticeId;
      readonly rooms: readonly OpenRoom[];
      readonly starts: Starts;
    }
  | { readonly t: "room-closed"; readonly practice: PracticeId; readonly room: RoomId }
  /** These handles lead nowhere any more. */
  | { readonly t: "links-gone"; readonly practice: PracticeId; readonly rids: readonly Rid[] }
  | { readonly t: "session-ended"; readonly session: string }
  | { readonly t: "account-deleted"; readonly practice: PracticeId }
  /** The operator has locked the account: everybody goes, until it is unlocked. */
  | { readonly t: "account-locked"; readonly practice: PracticeId }
  /** About once a second: everything that time alone brings about. */
  | { readonly t: "tick" }
  /** The server stops when calls have ended, in `seconds` at the latest: none begins any more. */
  | { readonly t: "drain"; readonly seconds: number }
  | { readonly t: "stop" };

export type Found = {
  readonly practice: PracticeId | null;
  /** True where it is nobody's only because the operator has locked that account. */
  readonly locked?: boolean;
  /** The session of the login; null for clients. */
  readonly session: string | null;
  readonly rooms: readonly OpenRoom[];
  readonly starts: Starts;
};

/** The next planned start for each link that has one soon, Unix milliseconds; one that has begun counts for `KEPT_MS`. */
export type Starts = ReadonlyMap<Rid, number>;

/** How a client names the practice it wants: by its link's handle, or by the user name (TP1 §2.3). */
export type Way =
  | { readonly by: "link"; readonly rid: Rid }
  | { readonly by: "code"; readonly user: UserName };

/** Out. */
export type Effect =
  | { readonly t: "send"; readonly conn: ConnId; readonly message: ToBrowser }
  /** The core has already forgotten the connection. */
  | { readonly t: "close"; readonly conn: ConnId; readonly word: CloseWord }
  /** Who is it? Answered by `found` or `unfound`. */
  | { readonly t: "find"; readonly conn: ConnId; readonly who: Way | { readonly by: "login" } }
  /** Read the practice's open rooms and planned starts and answer by `rooms`. */
  | { readonly t: "load"; readonly practice: PracticeId }
  | {
      readonly t: "set-call";
      readonly practice: PracticeId;
      readonly room: RoomId;
      readonly call: CallId | null;
    }
  | { readonly t: "close-room"; readonly practice: PracticeId; readonly room: RoomId }
  | { readonly t: "presence"; readonly change: PresenceChange }
  /** Whoever shows this token within `PASS_MS` may open the media session it stands for, once. */
  | { readonly t: "pass"; readonly token: Bytes; readonly pass: Pass }
  /** For the relay: who has which slot. */
  | { readonly t: "place"; readonly place: Place }
  | { readonly t: "count"; readonly what: Oddity };

/** What is dropped without a close, because honest pages do it too when messages cross on the way. */
export type Oddity =
  /** To a peer that is not, or not any more, at the other end of a route of the sender. */
  | "stray-relay"
  /** From a page that does not, or not any more, hold the lease. */
  | "stray-host"
  /** `media` of a peer that has no slot, or not any more. */
  | "stray-media"
  /** To a peer whose line is lost; it is resent when that one is back. */
  | "away-relay";

/** Whose place in a call: a client's seat, or the therapist's, which all devices of a practice share (A11, BM2). */
export type SeatKey = SeatId | "practice";

/** What billing learns (BM1, BM6, BM7). `at` of `absent` is the last moment the seat was heard; of `beat` it is a moment at which every
 * seat of the call was surely there. */
export type PresenceChange = {
  readonly practice: PracticeId;
  readonly room: RoomId;
  readonly call: CallId;
  readonly at: Moment;
} & (
  | { readonly t: "present" | "absent"; readonly seat: SeatKey }
  | { readonly t: "beat" }
  | { readonly t: "ended"; readonly reason: "hung-up" | "closed" | "empty" }
);

/** Gets every change of presence, in order. */
export type PresenceSink = (change: PresenceChange) => void;

/** Rooms and links as signaling needs them; the database stands behind it. Everything may reject. */
export type Directory = {
  practiceOfLink(rid: Rid): Promise<PracticeId | null>;
  /** The practice with this user name; null: none. */
  practiceOfUser(user: UserName): Promise<PracticeId | null>;
  /** `now` in Unix milliseconds. */
  openRooms(practice: PracticeId, now: number): Promise<readonly OpenRoom[]>;
  startsByLink(practice: PracticeId, now: number): Promise<Starts>;
  setCall(room: RoomId, call: CallId | null): Promise<unknown>;
  closeRoom(room: RoomId, now: number): Promise<unknown>;
  /** Practices with a call in a room that is not closed: what a start finds of the run before (BM7). */
  practicesInCall(): Promise<readonly PracticeId[]>;
  /** Those of these accounts that are locked or deleted, by whatever process. */
  shut(among: readonly PracticeId[]): Promise<readonly { practice: PracticeId; why: "locked" | "gone" }[]>;
};
