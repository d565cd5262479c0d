/** The practice's logo and what names it to a client (TP1 §2.9): the server keeps both boxes, and can neither read nor swap them. */
import { type Brand, decodeBrand, encodeBrand, LOGO_BYTES_MAX } from "../wire/brand.ts";
import { type Bytes, lv } from "../wire/bytes.ts";
import type { LogoId, Rid } from "../wire/ids.ts";
import { openBox, sealBox } from "./box.ts";
import { TP1Error } from "./error.ts";
import { type Random, randomBytes, sodium } from "./sodium.ts";

/** Higher: boxes take more room. Lower: their size tells whether a practice has a logo, and how long its name is. */
const BLOCK_BYTES = 256;
const LOGO_KEY_BYTES = 32;

/** A new key for one picture, 32 random bytes. */
export function newLogoKey(random: Random = randomBytes): Bytes {
  return random(LOGO_KEY_BYTES);
}

/** The picture's box. Throws `TP1Error` "size" above `LOGO_BYTES_MAX`. */
export function sealLogo(
  key: Uint8Array,
  id: LogoId,
  picture: Uint8Array,
  random: Random = randomBytes,
): Bytes {
  if (picture.length > LOGO_BYTES_MAX) throw new TP1Error("size");
  return sealBox(key, logoPlace(id), picture, random);
}

/** What `sealLogo` sealed. Throws `TP1Error` "sealed" where key, id or any byte differs. */
export function openLogo(key: Uint8Array, id: LogoId, box: Uint8Array): Bytes {
  return openBox(key, logoPlace(id), box);
}

/** The box of one link; `brandKey` is that of the link (TP1 §2.2). */
export function sealBrand(
  brandKey: Uint8Array,
  rid: Rid,
  content: Brand,
  random: Random = randomBytes,
): Bytes {
  return sealBox(brandKey, brandPlace(rid), sodium.pad(encodeBrand(content), BLOCK_BYTES), random);
}

/** What `sealBrand` sealed. Throws `TP1Error` "sealed" where link or any byte differs, "format" where the content is of a later program. */
export function openBrand(brandKey: Uint8Array, rid: Rid, box: Uint8Array): Brand {
  const content = decodeBrand(unpadded(openBox(brandKey, brandPlace(rid), box)));
  if (!content) throw new TP1Error("format");
  return content;
}

function logoPlace(id: LogoId): Bytes {
  return lv("tp1 logo", id);
}

function brandPlace(rid: Rid): Bytes {
  return lv("tp1 brand", rid);
}

function unpadded(padded: Bytes): Bytes {
  try {
    return sodium.unpad(padded, BLOCK_BYTES);
  } catch {
    throw new TP1Error("format");
  }
}
