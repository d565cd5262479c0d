/** What the page and its two media workers say to each other. Whatever can is transferred, never copied. */
import type { EpochKeys, Sender } from "../../wasm/roster.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { PlaneWant } from "../call/plane-want.ts";
import type { Doors } from "./line.ts";
import type { LinkKind } from "./link.ts";
import type { MixerLink } from "./sound/outlet.ts";
import type { SoundStats } from "./sound/receiver.ts";
import type { SoundSenderStats } from "./sound/sender.ts";

/** How the sending worker gets the frames of a track. */
export type Frames =
  /** Read on the page, its stream handed over (Chromium). */
  | { readonly by: "readable"; readonly readable: ReadableStream<VideoFrame> }
  /** The track itself is handed over (Safari). */
  | { readonly by: "track"; readonly track: unknown }
  /** The page sends them one by one (Firefox). */
  | { readonly by: "page" };
export type Picture = "camera" | "screen";

/** Where the receiving worker paints a person. */
export type Surface =
  | { readonly by: "track"; readonly writable: WritableStream<VideoFrame> }
  | { readonly by: "canvas"; readonly canvas: OffscreenCanvas };

/** Both workers: begin; `doors` answers a request for them (null: there are none now). */
type ToBoth =
  | { readonly t: "doors"; readonly ask: number; readonly doors: Doors | null }
  | { readonly t: "stats"; readonly ask: number }
  | { readonly t: "close" };
type FromBoth<Stats> =
  | { readonly t: "doors"; readonly ask: number }
  | { readonly t: "line"; readonly way: LinkKind | null }
  | { readonly t: "stats"; readonly ask: number; readonly stats: Stats };

/** How loud somebody is, 0 to 1, and how far its sound has come here. */
export type Level = { readonly slot: number; readonly level: number; readonly ctr: number | null };

export type ToTx =
  | ToBoth
  /** `timeOrigin` of the page, whose clock the sound is captured on. */
  | { readonly t: "start"; readonly pid: Bytes; readonly slot: number; readonly timeOrigin: number }
  | { readonly t: "keys"; readonly csid: Bytes; readonly rv: number; readonly own: Sender }
  | { readonly t: "allow"; readonly maySend: boolean }
  | { readonly t: "picture"; readonly of: Picture; readonly frames: Frames | null }
  | { readonly t: "frame"; readonly of: Picture; readonly frame: VideoFrame }
  | { readonly t: "microphone"; readonly port: MessagePort }
  | { readonly t: "data"; readonly frame: Bytes };
export type FromTx =
  | FromBoth<TxStats>
  /** `processor`: tracks may be handed over. */
  | { readonly t: "ready"; readonly processor: boolean }
  | { readonly t: "weak"; readonly own: boolean }
  /** How far our sound is: the counter of its newest frame. */
  | { readonly t: "said"; readonly ctr: number }
  /** So much of the data frames has gone out. */
  | { readonly t: "data-gone"; readonly bytes: number };

export type ToRx =
  | ToBoth
  | { readonly t: "start" }
  | { readonly t: "keys"; readonly keys: EpochKeys }
  | { readonly t: "view"; readonly wants: readonly PlaneWant[] }
  | { readonly t: "hidden"; readonly isHidden: boolean }
  | { readonly t: "surface"; readonly slot: number; readonly screen: boolean; readonly surface: Surface }
  | { readonly t: "forget"; readonly slot: number }
  | { readonly t: "mixer"; readonly mixer: MixerLink };
export type FromRx =
  | FromBoth<RxStats>
  | { readonly t: "data"; readonly frame: Bytes }
  | { readonly t: "weak"; readonly own: boolean; readonly slots: readonly number[] }
  | { readonly t: "levels"; readonly levels: readonly Level[] }
  /** Somebody's picture needs a place to be painted. */
  | { readonly t: "need-surface"; readonly slot: number; readonly screen: boolean }
  /** The first frame is painted, or none came for so long that what stands there is old. */
  | { readonly t: "shown"; readonly slot: number; readonly screen: boolean; readonly isShown: boolean };

/** Of one picture that is sent. */
export type SentStats = {
  readonly stream: number;
  readonly kbps: number;
  readonly encoded: number;
  readonly keys: number;
  readonly skippedBusy: number;
  readonly skippedFull: number;
};
export type TxStats = {
  readonly way: LinkKind | null;
  readonly targetKbps: number;
  readonly rtt: number;
  readonly loss: number;
  readonly captured: number;
  /** Spent in the sealer so far, ms. */
  readonly sealMs: number;
  readonly sound: SoundSenderStats | null;
  readonly pictures: readonly SentStats[];
};
/** Of one picture that is received. */
export type ShownStats = {
  readonly slot: number;
  readonly screen: boolean;
  readonly stream: number;
  readonly width: number;
  readonly height: number;
  readonly received: number;
  readonly decoded: number;
  readonly painted: number;
  /** Given up because they were late or waited for a key frame. */
  readonly dropped: number;
  readonly late: number;
  readonly keysAsked: number;
  readonly restarts: number;
  /** Receipt to decoded frame, and capture to decoded frame less the fastest seen, ms; mean of the last hundred. */
  readonly decodeMs: number;
  readonly lateMs: number;
};
export type RxStats = {
  readonly way: LinkKind | null;
  readonly heightCap: number;
  readonly frames: number;
  readonly bytes: number;
  /** Spent in the opener so far, ms. */
  readonly openMs: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly pictures: readonly ShownStats[];
  readonly sound: readonly SoundStats[];
};
