/** The messages inside the sealed channel between client (C) and therapist (T) (TP1 §2.4). The server never sees them;
 * an unknown `t` is `undefined` here: the reader ignores and counts it. */
import { decode, encode } from "@msgpack/msgpack";
import { askFields, toldFields } from "./asked.ts";
import { brand } from "./brand.ts";
import type { Bytes } from "./bytes.ts";
import { bin, exactly, flag, list, map, nullable, oneOf, text, uint, union } from "./shape.ts";
import { ratedFields, toolsFields } from "./tools.ts";

/** A typed name for one call; longer ones are cut by the form. */
export const LABEL_MAX = 64;
/** A link has 46 characters after the host. */
const LINK_MAX = 512;
const SDP_MAX = 32 * 1024;
const RV_MAX = 2 ** 32 - 1;
/** What a practice tells for when the line stays away: a telephone number and a sentence. UTF-16 units. */
export const REACH_MAX = 300;
/** Slots of a roster (TP1 §2.6). */
const SLOTS = 16;

/** Which list of words the practice reads from ("Vier Wörter", TP1 §2.5). */
const wordLanguage = oneOf("de", "en");
export type WordLanguage = NonNullable<ReturnType<typeof wordLanguage>>;
/** What the therapist answers whoever waits with one tap; each side has its own text for it. */
export const NOTES = ["soon", "moment", "nextTime"] as const;
export type Note = (typeof NOTES)[number];

/** What somebody shows of itself: what it sends, and whether it has raised its hand. */
export type Shows = {
  readonly mic: boolean;
  readonly cam: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
};
const shows = map({ mic: flag, cam: flag, screen: flag, hand: flag });
/** Highest counter of the microphone's stream, one less than was sealed; null before the first. */
const counter = nullable(uint(RV_MAX));
const beats = uint(RV_MAX);

/** Client to therapist. */
export const toTherapist = union({
  /** First message: who knocks. `known` proves the device of an earlier call (TP1 §2.5), `label` is what the person typed,
   * `hide`: its address stays hidden from the other side, so the call goes over the server. */
  join: { known: nullable(bin(32)), label: nullable(text(LABEL_MAX)), hide: flag },
  sdp: { type: exactly("answer"), sdp: text(SDP_MAX) },
  ice: { candidate: text(1024), mid: nullable(text(16)) },
  /** Please offer again with an ICE restart. */
  restart: {},
  media: { mic: flag, cam: flag, screen: flag },
  /** Whether this side sends through a relay: the other cannot always tell (its peer's address may be unannounced). */
  line: { relayed: flag },
  /** How the direct line is: what this side sends comes badly, what it gets does, its picture has stopped so that sound goes first. */
  quality: { out: flag, in: flag, still: flag },
  /** Has compared the four words: they are the same, or not. Says nothing to whoever has not compared them too. */
  compared: { same: flag },
  /** Has the keys of this epoch, and so needs none before (TP1 §2.6). */
  ack: { rv: uint(RV_MAX) },
  /** Every 3 s: `n` + 1, the newest epoch it has, how far its sound is, what it shows (A3). */
  hb: { n: beats, rv: uint(RV_MAX), ctr: counter, shows },
  /** Has read who else is in, and comes into the group. */
  ready: {},
  /** Answers `ask`; null where it was not asked or is not known. */
  told: toldFields,
  /** Somebody came in at the client's side: microphone and camera are off and nothing is heard there; or it is alone again. */
  away: { on: flag },
  /** How far from 0 to 10, as the therapist has asked with `tools`. */
  rated: ratedFields,
  /** This page's line for the whiteboard is open: it asks for the lines that are on it. */
  lines: { board: uint(RV_MAX) },
  /** Goes for good. */
  leave: {},
});

/** Therapist to client. */
export const toClient = union({
  /** Heard you; the therapist lets people in one by one or is not in this room's call yet. */
  wait: {},
  /** To whoever came by code, early: when the therapist has planned to open the room, Unix milliseconds (A4). By link the server says it. */
  planned: { at: uint(Number.MAX_SAFE_INTEGER) },
  /** What the practice wants to know before it lets in (R3, A3, R16). */
  ask: askFields,
  /** An answer with one tap to somebody who waits. */
  note: { note: oneOf(...NOTES) },
  /** Come in. `ds` is the device secret of a new device, null where `join.known` proved one. `words`: the list of this call. */
  admit: {
    csid: bin(16),
    mode: oneOf("direct", "relay"),
    slot: uint(15),
    ds: nullable(bin(32)),
    words: wordLanguage,
  },
  /** Group keys: who is in, and the secret of which each of them derives all keys. Sealed with the tag that ratchets the channel. */
  epoch: {
    csid: bin(16),
    rv: uint(RV_MAX),
    secret: bin(32),
    roster: list(map({ slot: uint(SLOTS - 1), pid: bin(16), name: text(LABEL_MAX) }), SLOTS),
  },
  /** A fresh device secret in place of the old one, after the therapist has found the words the same. */
  device: { ds: bin(32) },
  /** The permanent link of whoever came by code. */
  link: { url: text(LINK_MAX) },
  /** What the practice shows of itself, to whoever came by code: a link opens a box of the same content (TP1 §2.9). */
  brand: { brand },
  /** How the therapist is reached where the line stays away, in its own words; sent with admission, kept for this visit only. */
  reach: { text: text(REACH_MAX) },
  /** As above. */
  compared: { same: flag },
  /** A group: this many others belong to it, the therapist among them. Said before the client comes in (product.md). */
  group: { others: uint(SLOTS) },
  /** Answer to `hb`: the highest `n` heard, the newest epoch, and what everybody in the call shows, as they said it themselves:
   * the server can fake no "muted" and hold back no sound unseen. */
  hb: {
    echo: beats,
    rv: uint(RV_MAX),
    table: list(map({ slot: uint(SLOTS - 1), ctr: counter, shows }), SLOTS),
  },
  /** The direct way does not open: both go on over the server. */
  mode: { mode: exactly("relay") },
  /** Which of the therapist's tools are open now. */
  tools: toolsFields,
  /** The therapist switches this microphone off; its owner may switch it on again. */
  mute: {},
  sdp: { type: exactly("offer"), sdp: text(SDP_MAX) },
  ice: { candidate: text(1024), mid: nullable(text(16)) },
  media: { mic: flag, cam: flag, screen: flag },
  /** Whether this side sends through a relay: the other cannot always tell (its peer's address may be unannounced). */
  line: { relayed: flag },
  /** How the direct line is: what this side sends comes badly, what it gets does, its picture has stopped so that sound goes first. */
  quality: { out: flag, in: flag, still: flag },
  /** Out: the same client came in from another device (`moved`), the call ended (`ended`), not admitted (`refused`), or
   * sent out by the therapist (`removed`). */
  bye: { reason: oneOf("moved", "ended", "refused", "removed") },
});

export type ToTherapist = NonNullable<ReturnType<typeof toTherapist>>;
export type ToClient = NonNullable<ReturnType<typeof toClient>>;

/** The bytes of a message, before padding and sealing. */
export function encodeSealed(message: ToTherapist | ToClient): Bytes {
  return encode(message) as Bytes;
}

/** The message in opened bytes, `undefined` where it is not one of the union. Never throws. */
export function decodeSealed<M extends ToTherapist | ToClient>(
  shape: (value: unknown) => M | undefined,
  bytes: Uint8Array,
): M | undefined {
  try {
    return shape(
      decode(bytes, {
        maxStrLength: SDP_MAX,
        maxBinLength: 64,
        maxArrayLength: 16,
        maxMapLength: 16,
        maxExtLength: 0,
      }),
    );
  } catch {
    return undefined;
  }
}
