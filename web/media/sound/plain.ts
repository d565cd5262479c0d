/** What a sound frame holds once it is opened: `u8 12 ‖ u64be capture time in µs ‖ u16be length in 0.1 ms ‖ 00 00 ‖ Opus`.
 * Twelve fixed bytes, so that nothing but the Opus packet, whose size is constant, decides the size of a frame (A6). */
import type { Bytes } from "../../../wire/bytes.ts";

const META_BYTES = 12;
/** The longest frame that Opus knows (RFC 6716 §3.1). */
const CHUNK_MAX_BYTES = 1_275;
/** Lengths that are spoken here, in 0.1 ms. */
const LENGTHS: ReadonlySet<number> = new Set([200, 400, 600]);

export type SoundPlain = {
  /** When the first sample was captured, by the sender's clock. */
  readonly captureUs: number;
  readonly durationUs: number;
  readonly chunk: Bytes;
};

/** The plain of one frame. Throws `RangeError` where a field does not fit. */
export function writeSound({ captureUs, durationUs, chunk }: SoundPlain): Bytes {
  const fits = Number.isSafeInteger(captureUs) && captureUs >= 0 && chunk.length <= CHUNK_MAX_BYTES;
  if (!fits || chunk.length === 0 || !LENGTHS.has(durationUs / 100))
    throw new RangeError("not a sound frame");
  const out = new Uint8Array(1 + META_BYTES + chunk.length);
  const view = new DataView(out.buffer);
  out[0] = META_BYTES;
  view.setBigUint64(1, BigInt(captureUs));
  view.setUint16(9, durationUs / 100);
  out.set(chunk, 1 + META_BYTES);
  return out;
}

/** The frame, `null` where it is none: wrong sizes, a capture time no clock shows, a packet of another length than it says. */
export function readSound(plain: Uint8Array): SoundPlain | null {
  const size = plain.length - 1 - META_BYTES;
  if (plain[0] !== META_BYTES || size < 1 || size > CHUNK_MAX_BYTES) return null;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const captureUs = Number(view.getBigUint64(1));
  const length = view.getUint16(9);
  if (!Number.isSafeInteger(captureUs) || !LENGTHS.has(length) || view.getUint16(11) !== 0) return null;
  const chunk = plain.slice(1 + META_BYTES);
  return opusLength(chunk) === length ? { captureUs, durationUs: length * 100, chunk } : null;
}

/** How long the sound of an Opus packet is, in 0.1 ms, by its first bytes (RFC 6716 §3.1); 0 for none. */
function opusLength(chunk: Uint8Array): number {
  const [first = 0, second = 0] = chunk;
  const config = first >> 3;
  const frames = [1, 2, 2, second & 63][first & 3] ?? 0;
  if (config < 12) return frames * ([100, 200, 400, 600][config & 3] ?? 0);
  if (config < 16) return frames * (config & 1 ? 200 : 100);
  return frames * ([25, 50, 100, 200][config & 3] ?? 0);
}
