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
export const BRAND_NAME_MAX = 120;
/** Address, telephone, e-mail and a few words, line by line. Higher: boxes outgrow `BRAND_BYTES_MAX`. UTF-16 units. */
export const IMPRINT_MAX = 480;
/** An opened box before it is decoded: three bytes for each unit of both texts, and what names the logo. */
export const BRAND_BYTES_MAX = 2304;

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

const brandOfNow = map({
  v: exactly(1),
  logo: nullable(logo),
  name: nullable(text(BRAND_NAME_MAX)),
  imprint: nullable(text(IMPRINT_MAX)),
  locale: oneOf("de", "en"),
});
/** `name` of the practice in its language `locale`, and the lines that say whose it is; null where it has none. Earlier ones had no lines. */
export const brand: Shape<Read<typeof brandOfNow>> = (value) =>
  brandOfNow(
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? { imprint: null, ...value }
      : value,
  );

export type Logo = Read<typeof logo>;
export type Brand = Read<typeof brand>;

/** The bytes of a brand, before padding and sealing. */
export function encodeBrand(content: Brand): Bytes {
  return encode(content) as Bytes;
}

/** The brand in opened bytes, `undefined` where it is none of this version. Never throws. */
export function decodeBrand(bytes: Uint8Array): Brand | undefined {
  if (bytes.length > BRAND_BYTES_MAX) return undefined;
  try {
    return brand(
      decode(bytes, {
        maxStrLength: 3 * IMPRINT_MAX,
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
