/** The clear header in front of every sealed frame (TP1 §2.7): all that a forwarding server may read, and the AAD of the seal.
 *
 *     byte 0   01 | kind (2 bits) | key | 0 | discardable | 0        byte 1   slot (4 bits) | stream (4 bits)
 *     byte 2   rv & 255        byte 3   temporal (3 bits) | spatial (2 bits) | 000        byte 4–7   ctr, u32be
 *
 * Bit 2 of byte 0 (`end` in earlier texts) is reserved: whoever seals the last frame cannot know that it is the last (A6). */
import type { Bytes } from "./bytes.ts";

export const FRAME_HEADER_BYTES = 8;
/** Header and tag. */
export const FRAME_OVERHEAD_BYTES = 24;
/** Higher: a hostile server makes a page open more bytes per frame. Lower: a large key picture of a screen does not fit. */
export const FRAME_MAX_BYTES = 1024 * 1024;
/** `ctr` stays below; whoever gets there needs a new handshake. At 50 frames a second that is more than a year. */
export const CTR_MAX = 2 ** 31;

/** Streams of one person, by the number in the header. */
export const STREAM = {
  microphone: 0,
  camera0: 1,
  camera1: 2,
  camera2: 3,
  screen: 4,
  screenSound: 5,
  /** Chat and files. */
  data: 15,
} as const;
export type Stream = (typeof STREAM)[keyof typeof STREAM];

/** What a frame is, so that a server knows what it may drop. */
export type FrameKind = "audio" | "video" | "screen" | "data";
const KINDS: readonly FrameKind[] = ["audio", "video", "screen", "data"];

export type FrameHeader = {
  readonly kind: FrameKind;
  /** Needs no frame before it. */
  readonly key: boolean;
  /** No frame needs it. */
  readonly discardable: boolean;
  readonly slot: number;
  readonly stream: number;
  /** Lowest byte of the epoch's number. */
  readonly rv: number;
  readonly temporal: number;
  readonly spatial: number;
  readonly ctr: number;
};

/** The kind that a stream has; `null` for a number that is no stream. Any other pair is dropped (A6). */
export function kindOf(stream: number): FrameKind | null {
  if (stream === STREAM.microphone || stream === STREAM.screenSound) return "audio";
  if (stream >= STREAM.camera0 && stream <= STREAM.camera2) return "video";
  if (stream === STREAM.screen) return "screen";
  return stream === STREAM.data ? "data" : null;
}

/** The eight bytes. Throws `RangeError` where a field does not fit its bits. */
export function writeHeader(header: FrameHeader): Bytes {
  const { kind, key, discardable, slot, stream, rv, temporal, spatial, ctr } = header;
  const fits = [slot < 16, stream < 16, rv < 256, temporal < 8, spatial < 4, ctr < CTR_MAX].every(Boolean);
  if (!fits || Math.min(slot, stream, rv, temporal, spatial, ctr) < 0)
    throw new RangeError("not a frame header");
  const first = 0x40 | (KINDS.indexOf(kind) << 4) | (key ? 8 : 0) | (discardable ? 2 : 0);
  const layer = (temporal << 5) | (spatial << 3);
  return new Uint8Array([first, (slot << 4) | stream, rv, layer, ctr >>> 24, ctr >>> 16, ctr >>> 8, ctr]);
}

/** The header of a frame, or `null`: too short, too long, another version, a reserved bit, or a counter past its end. */
export function readHeader(frame: Uint8Array): FrameHeader | null {
  if (frame.length < FRAME_OVERHEAD_BYTES || frame.length > FRAME_MAX_BYTES) return null;
  const [first = 0, place = 0, rv = 0, layer = 0, a = 0, b = 0, c = 0, d = 0] = frame;
  const reserved = (first & 0b0000_0101) | (layer & 0b0000_0111) | (a & 0x80);
  if (first >> 6 !== 1 || reserved !== 0) return null;
  return {
    kind: KINDS[(first >> 4) & 3] ?? "data",
    key: (first & 8) !== 0,
    discardable: (first & 2) !== 0,
    slot: place >> 4,
    stream: place & 15,
    rv,
    temporal: layer >> 5,
    spatial: (layer >> 3) & 3,
    ctr: (a << 24) | (b << 16) | (c << 8) | d,
  };
}
