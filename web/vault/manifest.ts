/** The vault's table of contents, sealed like the rest: by it a device notices items that are missing or old (TP1 §2.10). */
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, fromHex, hex } from "../../wire/bytes.ts";
import { type ItemId, isId } from "../../wire/ids.ts";

/** Item to its version. */
export type Manifest = ReadonlyMap<ItemId, number>;

/** Higher: a hostile manifest costs more memory. Lower: an institute with many clients meets the wall; the server's own
 * bound on a vault is some 7,000 items. */
export const ITEMS_MAX = 20_000;
const ID_BYTES = 16;
const VERSION_MAX = 0xffffffff;

/** One array of ids as bytes and versions in turn: 21 B an item. */
export function encodeManifest(manifest: Manifest): Bytes {
  return encode([...manifest].flatMap(([item, version]) => [fromHex(item), version])) as Bytes;
}

/** The manifest in opened bytes, `undefined` for anything else. Never throws. */
export function decodeManifest(bytes: Uint8Array): Manifest | undefined {
  try {
    const flat = decode(bytes, {
      maxArrayLength: 2 * ITEMS_MAX,
      maxBinLength: ID_BYTES,
      maxStrLength: 0,
      maxMapLength: 0,
    });
    return Array.isArray(flat) ? pairs(flat) : undefined;
  } catch {
    return undefined;
  }
}

function pairs(flat: readonly unknown[]): Manifest | undefined {
  const manifest = new Map<ItemId, number>();
  for (let at = 0; at < flat.length; at += 2) {
    const [item, version] = [flat[at], flat[at + 1]];
    const name = item instanceof Uint8Array ? hex(item) : "";
    if (!isId(name) || !isVersion(version)) return undefined;
    manifest.set(name as ItemId, version);
  }
  return manifest;
}

function isVersion(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= VERSION_MAX;
}
