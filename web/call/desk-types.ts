/** What the therapist's desk shows, and what it asks of the vault. */
import type { Identity } from "../../wasm/identity.ts";
import type { ConsentText, SafetyCard } from "../../wire/asked.ts";
import type { Brand } from "../../wire/brand.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { CallId, ItemId, PeerId, Rid, RoomId, SeatId } from "../../wire/ids.ts";
import type { Note, WordLanguage } from "../../wire/sealed.ts";
import type { OpenRoom, ToServer } from "../../wire/signal.ts";
import type { Admitted } from "./admitted.ts";
import type { Clock } from "./clock.ts";
import type { CodeKeys } from "./code-entry.ts";
import type { Comparison } from "./comparison.ts";
import type { ConversationState } from "./conversation.ts";
import type { RelayCallState } from "./relay-call.ts";
import type { OpenPlane } from "./relay-plane.ts";

/** A client as the vault knows it: record, name as the therapist wrote it, link key, secrets of known devices. */
export type KnownClient = {
  readonly record: ItemId;
  readonly name: string;
  readonly psk: Uint8Array;
  readonly devices: readonly KnownDevice[];
};

/** A device of the client that was in a call; `compared`: the four words were the same there. */
export type KnownDevice = { readonly secret: Bytes; readonly compared: boolean };

export interface DeskKeys {
  readonly identity: Identity;
  /** The client of a link handle, null where the vault has none. */
  clientOf(rid: Rid): KnownClient | null;
  /** The client of a record, null where the vault has none. */
  clientOfRecord(record: ItemId): KnownClient | null;
  /** Keeps the secret of a device in the client's record, in place of another where one is named. */
  rememberDevice(record: ItemId, device: KnownDevice, instead?: Bytes): void;
  /** Trusts this secret no longer: its device is new the next time. */
  forgetDevice(record: ItemId, secret: Uint8Array): void;
  /** Who was in a call a moment ago, over reloads and devices (A5). */
  readonly admitted: Admitted;
  seatOf(call: CallId, record: ItemId): SeatId;
  readonly codes: CodeKeys;
  /** What the practice shows of itself; null: nothing. */
  brand(): Brand | null;
  /** What the practice wants of this client before it comes in and does not have yet. */
  wanted(record: ItemId): Wanted;
  /** Keeps in the client's record what it answered to this text. */
  noteConsent(record: ItemId, text: ConsentText, accepted: boolean): void;
}

/** `consent`: a text it has not accepted, or not this version of it. */
export type Wanted = {
  readonly name: boolean;
  readonly card: boolean;
  readonly consent: ConsentText | null;
};
export const WANTS_NOTHING: Wanted = { name: false, card: false, consent: null };

/** `waits`: proven, nobody at the room's call page; `asks`: needs a tap; `in`: in the call. */
export type Visitor = {
  readonly peer: PeerId;
  readonly record: ItemId;
  readonly room: RoomId | null;
  /** Its place in the call; null while it is not in. */
  readonly slot: number | null;
  readonly name: string;
  /** What it has proven: the client's permanent link, or the code. */
  readonly by: "link" | "code";
  /** Came by the link, or was given it here. */
  readonly hasLink: boolean;
  /** What the person typed for this call. */
  readonly label: string | null;
  /** What it told us as its name before it came in; the group does not read it. */
  readonly realName: string | null;
  /** Where it is and whom to call; in memory alone. */
  readonly card: SafetyCard | null;
  /** Has not told yet what the practice wants to know. */
  readonly lacks: boolean;
  /** The therapist has let it in by hand without those answers. */
  readonly waived: boolean;
  /** On the device of an earlier call. */
  readonly known: boolean;
  readonly at: "waits" | "asks" | "in";
  /** Somebody came in where this client sits: it has paused the call. */
  readonly away: boolean;
  /** The four words of this handshake; null until the client has said who knocks. */
  readonly comparison: Comparison | null;
  /** The last answer with one tap. */
  readonly note: Note | null;
  readonly conversation: ConversationState | null;
};

export type DeskState = {
  readonly lease: "here" | "elsewhere" | "free" | "unknown";
  /** The page that holds the lease is in a call. */
  readonly holderInCall: boolean;
  readonly rooms: readonly OpenRoom[];
  readonly visitors: readonly Visitor[];
  /** The room whose call page is open here. */
  readonly entered: RoomId | null;
  /** The call over the server; null where it is direct, or there is none. */
  readonly relay: RelayCallState | null;
  /** We have raised our hand. */
  readonly hand: boolean;
};

export type DeskOptions = {
  readonly keys: DeskKeys;
  /** Puts a message on the signaling socket; may drop it while the line is away. */
  readonly post: (message: ToServer) => unknown;
  readonly clock: Clock;
  readonly certificate: Promise<RTCCertificate>;
  /** The setting "einzeln einlassen" of this moment. */
  readonly oneByOne: () => boolean;
  /** How the practice is reached where a line stays away, in its own words; empty where it says nothing. */
  readonly reach?: () => string;
  /** The practice hides addresses: every call goes over the server. */
  readonly relayOnly: () => boolean;
  /** Opens the media over the server. */
  readonly open: OpenPlane;
  /** The practice's language: both sides read the four words from its list. */
  readonly words: () => WordLanguage;
};
