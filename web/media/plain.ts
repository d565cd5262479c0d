/** What lies inside a sealed frame of a picture: `u8 metaLen ‖ meta ‖ chunk` (PROTOCOL.md "Relay: plain of frames"). */
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, concat } from "../../wire/bytes.ts";

export type PictureMeta = {
  /** Capture time in µs on the sender's own clock, which is that of its sound. */
  readonly ts: number;
  readonly dur?: number;
  /** How many frames of this stream back the one it needs is; 0 for a key frame. */
  readonly dep: number;
  readonly w: number;
  readonly h: number;
  /** On key frames. */
  readonly codec?: string;
  readonly rot?: number;
};

/** Picture codecs that are accepted: nobody makes us load another decoder. */
const CODECS: readonly string[] = ["vp8"];
const SIDE_MAX = 8_192;

/** Throws `RangeError` where the meta does not fit its length byte. */
export function packPicture(meta: PictureMeta, chunk: Uint8Array): Bytes {
  const packed = encode(meta);
  if (packed.length > 255) throw new RangeError("meta too long");
  return concat(new Uint8Array([packed.length]), packed, chunk);
}

/** Meta and chunk, or null for what is none. Never throws. */
export function unpackPicture(plain: Uint8Array): { meta: PictureMeta; chunk: Uint8Array } | null {
  const [length = 0] = plain;
  if (length === 0 || plain.length <= 1 + length) return null;
  try {
    const meta = decode(plain.subarray(1, 1 + length), { maxStrLength: 32, maxMapLength: 8 });
    return isMeta(meta) ? { meta, chunk: plain.subarray(1 + length) } : null;
  } catch {
    return null;
  }
}

function isMeta(value: unknown): value is PictureMeta {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { ts, dep, w, h, dur = 0, codec = "vp8", rot = 0 } = value as Record<string, unknown>;
  const numbers = [ts, dep, w, h, dur].every((one) => typeof one === "number" && one >= 0);
  const sides = [w, h].every(
    (side) => Number.isInteger(side) && Number(side) > 0 && Number(side) <= SIDE_MAX,
  );
  const isTurn = [0, 90, 180, 270].includes(Number(rot));
  return numbers && sides && Number.isInteger(dep) && CODECS.includes(String(codec)) && isTurn;
}
