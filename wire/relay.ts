/** The forwarding plane's hop (PROTOCOL.md "Relay"): what a media session carries besides sealed frames. An *item* is one frame
 * (first byte 01…, wire/frame.ts) or one control message (first byte 0x80, then msgpack). The server opens no frame. */
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, concat } from "./bytes.ts";
import { CTR_MAX } from "./frame.ts";
import { list, map, type Shape, uint, union } from "./shape.ts";
import { SLOT_MAX } from "./signal.ts";

/** First byte of a control message; frames begin with the bits 01. */
const CONTROL = 0x80;
/** Higher: a hostile peer costs more memory per message. Lower: an ack of fifteen people's streams does not fit. */
export const CONTROL_MAX_BYTES = 4 * 1024;
/** Streams that one ack may name: fifteen others with sound, one camera layer, screen and its sound. */
const HEARD_MAX = 64;
/** Fifteen others, camera and screen. */
const WANTS_MAX = 32;
/** Higher than any screen; a picture this high gets the highest layer. */
const HEIGHT_MAX = 8_192;
const U32 = 2 ** 32 - 1;
/** Later than this is no busy device. */
export const LATE_MAX_MS = 1_000;

const slot = uint(SLOT_MAX);
const stream = uint(15);

/** How far one stream has come: `ctr` highest received (of the newest pid of that slot: it starts anew where its sender does), `age` ms
 * between its receipt and the sending of this ack, `frames` and `bytes` received on it since the session began (mod 2^32), each frame
 * once however often it was repeated. */
export type Heard = {
  readonly slot: number;
  readonly stream: number;
  readonly ctr: number;
  readonly age: number;
  readonly frames: number;
  readonly bytes: number;
};

/** Six numbers, because a hundred of these go out each second. */
const heard: Shape<Heard> = (value) => {
  if (!Array.isArray(value) || value.length !== 6) return undefined;
  const [s, st, ctr, age, frames, bytes] = value;
  return heardMap({ slot: s, stream: st, ctr, age, frames, bytes });
};
const heardMap = map({
  slot,
  stream,
  ctr: uint(CTR_MAX),
  age: uint(U32),
  frames: uint(U32),
  bytes: uint(U32),
});
/** `late`: by how many ms its sender's own clockwork was late just before: it may have taken what it names so much after it came. */
const ack = { at: uint(U32), late: uint(LATE_MAX_MS), heard: list(heard, HEARD_MAX) };

/** Browser to server. `view`, `key` and `ack` on a down session, `line` on an up session, `beat` on both. */
export const toRelay = union({
  /** Which pictures are shown here, how high (CSS pixels × device ratio), the most important first (rank 0). Not named: not shown. */
  view: {
    wants: list(map({ slot, screen: uint(1), height: uint(HEIGHT_MAX), rank: uint(15) }), WANTS_MAX),
  },
  /** Cannot go on with this stream without a key frame. */
  key: { slot, stream },
  ack,
  /** On an up session: this page's line up is weak (1), or well again (0). */
  line: { weak: uint(1) },
  beat: {},
});

/** Server to browser. `want`, `key` and `ack` on an up session, `weak` on a down session, `beat` on both. */
export const fromRelay = union({
  /** Encode and send these streams of picture and no others; `kbps` is what the line of those who want it carries. */
  want: { streams: list(map({ stream, kbps: uint(100_000) }), 8) },
  /** Somebody needs a key frame of this stream. */
  key: { stream },
  ack,
  /** Whose line is weak now: slots whose way up is, and whether our own way down is (1). */
  weak: { slots: list(slot, SLOT_MAX + 1), own: uint(1) },
  beat: {},
});

export type ToRelay = NonNullable<ReturnType<typeof toRelay>>;
export type FromRelay = NonNullable<ReturnType<typeof fromRelay>>;
export type Ack = Extract<ToRelay, { t: "ack" }>;

/** True for a control message, false for what may be a frame. */
export function isControl(item: Uint8Array): boolean {
  return item[0] === CONTROL;
}

/** The item of a control message. */
export function encodeControl(message: ToRelay | FromRelay): Bytes {
  const plain =
    message.t === "ack"
      ? { ...message, heard: message.heard.map((h) => [h.slot, h.stream, h.ctr, h.age, h.frames, h.bytes]) }
      : message;
  return concat(new Uint8Array([CONTROL]), encode(plain));
}

/** The message of a control item, `undefined` where it is not one of the union. Never throws. */
export function decodeControl<M extends ToRelay | FromRelay>(
  shape: Shape<M>,
  item: Uint8Array,
): M | undefined {
  if (!isControl(item) || item.length > CONTROL_MAX_BYTES) return undefined;
  try {
    return shape(
      decode(item.subarray(1), {
        maxStrLength: 8,
        maxBinLength: 0,
        maxArrayLength: HEARD_MAX,
        maxMapLength: 8,
        maxExtLength: 0,
      }),
    );
  } catch {
    return undefined;
  }
}
