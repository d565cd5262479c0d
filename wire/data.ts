/** What travels in stream 15 between two people, inside the seal of a frame (TP1 §2.9): short texts, and one file at a time.
 * Everything is bounded; what is no message of ours is `undefined` here: the reader drops and counts it. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "./bytes.ts";
import { FRAME_OVERHEAD_BYTES } from "./frame.ts";
import { bin, flag, type Shape, text, uint, union } from "./shape.ts";

/** A whole sealed frame of stream 15. Higher: a text waits longer behind a piece of a file. Lower: more seals per file. */
export const DATA_FRAME_MAX_BYTES = 64 * 1024;
/** Lengths are whole blocks. Higher: short words cost more. Lower: the length of a text shows through the seal. */
export const DATA_BLOCK_BYTES = 128;
/** Largest padded message: whole blocks beside header and tag. */
export const DATA_PLAIN_MAX_BYTES =
  Math.floor((DATA_FRAME_MAX_BYTES - FRAME_OVERHEAD_BYTES) / DATA_BLOCK_BYTES) * DATA_BLOCK_BYTES;
/** Bytes of a file in one frame; the rest is the message around them and its padding. */
export const PIECE_BYTES = DATA_PLAIN_MAX_BYTES - 2 * DATA_BLOCK_BYTES;
/** UTF-16 units. Higher: one text fills the other's page. Lower: long addresses and homework do not fit. */
export const TEXT_MAX = 4_000;
/** Higher: a page holds more foreign bytes in memory. Lower: a scanned page does not fit. */
export const FILE_MAX_BYTES = 20 * 1024 * 1024;
export const FILE_NAME_MAX = 255;

/** Points of a stroke in one message. Higher: a long line comes in jumps. Lower: more seals per line. */
export const STROKE_POINTS_MAX = 512;
/** Points of one whole stroke. */
export const STROKE_LONGEST = 2_048;
/** The whiteboard's own measure, the same on every screen. */
export const BOARD_WIDTH = 4_000;
export const BOARD_HEIGHT = 3_000;
const POINT_BYTES = 4;
const NUMBER_MAX = 2 ** 32 - 1;

const id = bin(8);
/** Two bytes for each x and y, big endian. */
const points: Shape<Bytes> = (value) => {
  const read = bin(POINT_BYTES, POINT_BYTES * STROKE_POINTS_MAX)(value);
  return read && read.length % POINT_BYTES === 0 ? read : undefined;
};
/** Which stroke: number `n` of the slot `of` on this board. */
const stroke = { board: uint(NUMBER_MAX), of: uint(15), n: uint(NUMBER_MAX) };

const shape = union({
  text: { id, text: text(TEXT_MAX) },
  /** A file begins. It says no type: whoever gets it saves it and opens nothing. `hash` is H(32, null, "tp1 file", bytes). */
  file: {
    id,
    name: text(FILE_NAME_MAX),
    size: uint(FILE_MAX_BYTES),
    hash: bin(32),
  },
  /** The next bytes of it. */
  piece: { id, bytes: bin(1, PIECE_BYTES) },
  end: { id },
  /** Either side ends it before its end. */
  stop: { id },
  /** The receiver has it all and the hash fits, or not. */
  got: { id, whole: flag },
  /** A line on the whiteboard, or more of it from its point `at` on. Of others only the therapist tells, to who comes late. */
  stroke: { ...stroke, at: uint(STROKE_LONGEST), colour: uint(3), width: uint(2), points },
  /** Taken back by its owner. */
  unstroke: stroke,
});

export type DataMessage = NonNullable<ReturnType<typeof shape>>;

/** The bytes of a message, before padding and sealing. */
export function encodeData(message: DataMessage): Bytes {
  return encode(message) as Bytes;
}

/** The message in opened and unpadded bytes, `undefined` where it is none. Never throws. */
export function decodeData(bytes: Uint8Array): DataMessage | undefined {
  if (bytes.length > DATA_PLAIN_MAX_BYTES) return undefined;
  try {
    return shape(
      decode(bytes, {
        maxStrLength: TEXT_MAX * 3,
        maxBinLength: PIECE_BYTES,
        maxArrayLength: 0,
        maxMapLength: 8,
        maxExtLength: 0,
      }),
    );
  } catch {
    return undefined;
  }
}
