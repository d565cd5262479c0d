/** What goes into the forwarding core and what comes out of it. The core has no socket, timer, clock, promise or log: it is handed
 * one event and the time in monotonic milliseconds, and answers with effects in their order (PROTOCOL.md "Relay"). */
import type { Bytes } from "../../wire/bytes.ts";
import type { CloseWord } from "../../wire/close.ts";
import type { CallId } from "../../wire/ids.ts";

declare const brand: unique symbol;
/** One media session, numbered by whoever opened it; never used again. */
export type LinkId = number & { readonly [brand]: "link" };

/** What a one-time token stands for: the place that the host gave this peer, and which way the session carries media. */
export type Pass = { readonly call: CallId; readonly slot: number; readonly way: "up" | "down" };

/** `quic` has datagrams and a stream for each group of pictures; `socket` is two ordered sockets. */
export type LinkKind = "quic" | "socket";

/** From signaling: this slot of this call has somebody (again), or nobody any more; its sessions end with it. */
export type Place =
  | { readonly t: "seated"; readonly call: CallId; readonly slot: number }
  | { readonly t: "unseated"; readonly call: CallId; readonly slot: number }
  | { readonly t: "ended"; readonly call: CallId };

/** In. */
export type Event =
  | Place
  /** A session whose token was good. A newer one of the same place and way replaces the older. */
  | { readonly t: "opened"; readonly link: LinkId; readonly pass: Pass; readonly kind: LinkKind }
  /** One whole item (wire/relay.ts) from it. The bytes are the core's from now on. */
  | { readonly t: "item"; readonly link: LinkId; readonly item: Bytes }
  /** How many bytes of what was sent the transport still holds itself; told whenever that has fallen. */
  | { readonly t: "held"; readonly link: LinkId; readonly bytes: number }
  | { readonly t: "closed"; readonly link: LinkId }
  /** Every 10 ms while there is a session, so that queues drain and age. */
  | { readonly t: "tick" };

/** Out. */
export type Effect =
  /** Sound and acks: one datagram with these items on `quic`, the sound socket on `socket`. May be lost. */
  | { readonly t: "loose"; readonly link: LinkId; readonly items: readonly Bytes[] }
  /** In order and never lost: control messages and data frames (chat, files). */
  | { readonly t: "sure"; readonly link: LinkId; readonly item: Bytes }
  /** The next frame of a group of pictures: on `quic` the stream of that group, opened by the first of them. */
  | { readonly t: "picture"; readonly link: LinkId; readonly group: number; readonly item: Bytes }
  /** No more of this group: its stream ends once written (`cut` false) or is reset at once (`cut` true). */
  | { readonly t: "group-end"; readonly link: LinkId; readonly group: number; readonly cut: boolean }
  | { readonly t: "close"; readonly link: LinkId; readonly word: CloseWord }
  | { readonly t: "count"; readonly what: Dropped };

/** Why something was dropped. */
export type Dropped =
  /** Neither a frame nor a control message that may come on this session. */
  | "garbage"
  /** A frame of another slot than the session's. */
  | "slot"
  /** A stream or kind that is none. */
  | "stream"
  /** Picture that nobody wants, or that came after its group was given up. */
  | "unwanted"
  /** Too old, or the queue of its reader is full. */
  | "late"
  /** More than a session may send. */
  | "flood";
