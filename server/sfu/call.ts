/** What the core remembers: calls, the places in them, the sessions of each place, and what a sender sends. Names and fields only; what
 * happens to them stands beside. */
import type { Bytes } from "../../wire/bytes.ts";
import type { Estimator } from "../../wire/estimate.ts";
import type { CallId } from "../../wire/ids.ts";
import type { Bucket } from "../signaling/limits.ts";
import type { LinkId, LinkKind } from "./events.ts";

/** A call, and the sessions in it by way: lists, because every frame goes through them. */
export type Call = {
  readonly id: CallId;
  readonly places: Map<number, Place>;
  ups: Up[];
  downs: Down[];
};

/** One peer's place: what the host gave it. */
export type Place = { readonly call: Call; readonly slot: number; up: Up | null; down: Down | null };

/** What both ways have. */
export type Session = {
  readonly id: LinkId;
  readonly kind: LinkKind;
  readonly call: Call;
  readonly slot: number;
  readonly controls: Bucket;
  readonly wrongs: Bucket;
  readonly floods: Bucket;
  /** Closed, or gone by itself. */
  isOver: boolean;
  heardAt: number;
  reviewedAt: number;
};

/** A session on which somebody sends. */
export type Up = Session & {
  readonly way: "up";
  readonly frames: Bucket;
  readonly bytes: Bucket;
  /** By stream. */
  readonly tracks: (Track | undefined)[];
  /** What it was told to send: kbit/s by stream, 0 for off. */
  readonly wants: number[];
  /** When a stream nobody wants goes off; 0: it is wanted, or off. */
  readonly offAt: number[];
  /** When a stream was switched on. */
  readonly onAt: number[];
  wantedAt: number;
  /** By stream: not tried as a layer until then. */
  readonly deadUntil: number[];
  /** By stream: when a key frame was asked last, and whether one is to be asked as soon as that may be. */
  readonly keyAt: number[];
  readonly keyDue: boolean[];
  ackAt: number;
  /** Acks still to be sent without anything new. */
  acksLeft: number;
  /** Said by the page of its own line. */
  weak: boolean;
};

/** One stream of a sender. */
export type Track = {
  readonly stream: number;
  /** Highest counter and when it came; which of the 32 before it came, the newest in the lowest bit. */
  ctr: number;
  at: number;
  seen: number;
  frames: number;
  bytes: number;
  /** Frames missing and frames expected, fading. */
  missing: number;
  expected: number;
  /** kbit/s, and what it is made of. */
  kbps: number;
  rateBytes: number;
  rateAt: number;
  /** Counter of the newest key frame. */
  key: number;
};

/** A session on which somebody receives. */
export type Down = Session & {
  readonly way: "down";
  readonly estimate: Estimator;
  /** Bytes the transport holds. */
  held: number;
  groups: number;
  /** By slot × 2 + screen; and the same ones as they are served. */
  readonly subs: (Sub | undefined)[];
  order: Sub[];
  sound: Waiting[];
  soundBytes: number;
  /** By slot × 2 + screen: the newest sound frame that was sent, and the one before it, to be repeated. */
  readonly last: (Bytes | undefined)[];
  readonly before: (Bytes | undefined)[];
  data: Waiting[];
  /** Bytes in `data` by sender's slot. */
  readonly dataOf: number[];
  pictureBytes: number;
  /** Estimates of the last seconds, one per review. */
  readonly estimates: number[];
  reviews: number;
  choiceAt: number;
  choiceStale: boolean;
  /** kbit/s given away by the last choice. */
  given: number;
  riseMs: number;
  starvedAt: number;
  saidWeak: string;
  saidAt: number;
};

/** A frame that waits. */
export type Waiting = {
  readonly item: Bytes;
  readonly slot: number;
  readonly stream: number;
  readonly ctr: number;
  readonly at: number;
};

/** One picture that one receiver wants: a sender's camera or screen. */
export type Sub = {
  readonly slot: number;
  readonly screen: boolean;
  height: number;
  rank: number;
  /** The stream that the choice gave, 0 for none, and its share in kbit/s. */
  best: number;
  kbps: number;
  /** The stream that is forwarded, its group (0: waits for a key frame) and the counter of its last frame. */
  now: number;
  group: number;
  /** Has anything of the group gone out? */
  isOpen: boolean;
  ctr: number;
  queue: Waiting[];
  queueBytes: number;
  shown: boolean;
  /** When it asked for a key frame itself. */
  askedAt: number;
  /** By level: when the reader asked for one. */
  readonly readerAt: number[];
  raisedAt: number;
};

export type Link = Up | Down;
