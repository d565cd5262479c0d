/** What a client sees of the practice before anybody is there (TP1 §2.9): the content of a brand's box and of the sealed
 * message `brand`. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "./bytes.ts";
import type { LogoId } from "./ids.ts";
import { bin, exactly, id, map, nullable, oneOf, type Read, type Shape, text, uint } from "./shape.ts";

/** Bytes of a logo as it is shown. Higher: each client's page loads longer, each practice takes more of the disk. Lower: a
 * logo with a photograph in it gets blurred. */
export const LOGO_BYTES_MAX = 256 * 1024;
/** A logo is at most a third of a window: more pixels are never seen. */
export const LOGO_WIDTH_MAX = 1280;
export const LOGO_HEIGHT_MAX = 720;
/** Higher: a hostile box costs more time. Lower: the name of a joint practice is cut. UTF-16 units. */
const NAME_MAX = 120;
/** An opened box before it is decoded. */
const PLAIN_BYTES_MAX = 1024;

/** A size in pixels, from 1. */
const pixels = (max: number): Shape<number> => {
  const size = uint(max);
  return (value) => size(value) || undefined;
};

/** Where the sealed picture is, what opens it, and what it is; never a form that can hold a program (SVG). */
export const logo = map({
  id: id<LogoId>(),
  key: bin(32),
  type: oneOf("image/png", "image/webp"),
  width: pixels(LOGO_WIDTH_MAX),
  height: pixels(LOGO_HEIGHT_MAX),
});

/** `name` of the practice in its language `locale`, null where it has none. */
export const brand = map({
  v: exactly(1),
  logo: nullable(logo),
  name: nullable(text(NAME_MAX)),
  locale: oneOf("de", "en"),
});

export type Logo = Read<typeof logo>;
export type Brand = Read<typeof brand>;

/** The bytes of a brand, before padding and sealing. */
export function encodeBrand(content: Brand): Bytes {
  return encode(content) as Bytes;
}

/** The brand in opened bytes, `undefined` where it is none of this version. Never throws. */
export function decodeBrand(bytes: Uint8Array): Brand | undefined {
  if (bytes.length > PLAIN_BYTES_MAX) return undefined;
  try {
    return brand(
      decode(bytes, {
        maxStrLength: 3 * NAME_MAX,
        maxBinLength: 64,
        maxArrayLength: 0,
        maxMapLength: 8,
        maxExtLength: 0,
      }),
    );
  } catch {
    return undefined;
  }
}
