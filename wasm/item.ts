/** What lies in the vault (TP1 §2.10): items, the manifest by which missing or old ones are noticed, and what a page keeps over
 * its own reload. */
import { type Bytes, lv, u32be } from "../wire/bytes.ts";
import type { ItemId } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import { openBox, sealBox } from "./box.ts";
import { TP1Error } from "./error.ts";
import { subkey } from "./hash.ts";
import { type Random, randomBytes, sodium, wipe } from "./sodium.ts";

/** Higher: sizes tell less of a note's length. Lower: the server can tell records apart by size. */
const BLOCK_BYTES = 256;
/** Higher: one item can fill the account's space. Lower: long notes are refused. */
export const ITEM_MAX_BYTES = 256 * 1024;

/** Where an item belongs; part of what is sealed, so it opens nowhere else. `version` from 1, +1 per change. */
export type ItemPlace = { readonly account: UserName; readonly id: ItemId; readonly version: number };
/** Where a manifest belongs; `counter` is the vault's, +1 per commit. */
export type ManifestPlace = { readonly account: UserName; readonly counter: number };

/** An item's box. Throws `TP1Error` "size" above `ITEM_MAX_BYTES`, `RangeError` on a version that is no u32. */
export function sealItem(
  vaultKey: Uint8Array,
  place: ItemPlace,
  plain: Uint8Array,
  random: Random = randomBytes,
): Bytes {
  return seal(vaultKey, itemPlace(place), plain, random);
}

/** What `sealItem` sealed. Throws `TP1Error` "sealed" where account, id, version or any byte differs. */
export function openItem(vaultKey: Uint8Array, place: ItemPlace, box: Uint8Array): Bytes {
  return open(vaultKey, itemPlace(place), box);
}

/** The manifest's box; it can never stand in for an item. Throws as `sealItem`. */
export function sealManifest(
  vaultKey: Uint8Array,
  place: ManifestPlace,
  plain: Uint8Array,
  random: Random = randomBytes,
): Bytes {
  return seal(vaultKey, manifestPlace(place), plain, random);
}

/** What `sealManifest` sealed. Throws `TP1Error` "sealed" where account, counter or any byte differs. */
export function openManifest(vaultKey: Uint8Array, place: ManifestPlace, box: Uint8Array): Bytes {
  return open(vaultKey, manifestPlace(place), box);
}

/** What a page keeps in this browser over its own reload. Throws as `sealItem`. */
export function sealPage(
  vaultKey: Uint8Array,
  account: UserName,
  plain: Uint8Array,
  random: Random = randomBytes,
): Bytes {
  return seal(vaultKey, pagePlace(account), plain, random);
}

/** What `sealPage` sealed. Throws `TP1Error` "sealed" where account or any byte differs. */
export function openPage(vaultKey: Uint8Array, account: UserName, box: Uint8Array): Bytes {
  return open(vaultKey, pagePlace(account), box);
}

function pagePlace(account: UserName): Bytes {
  return lv("tp1 page", account);
}

function itemPlace({ account, id, version }: ItemPlace): Bytes {
  return lv("tp1 item", account, id, u32be(version));
}

function manifestPlace({ account, counter }: ManifestPlace): Bytes {
  return lv("tp1 manifest", account, u32be(counter));
}

function seal(vaultKey: Uint8Array, place: Bytes, plain: Uint8Array, random: Random): Bytes {
  if (plain.length > ITEM_MAX_BYTES) throw new TP1Error("size");
  const key = subkey(vaultKey, 1, "tp1_vlt_");
  const box = sealBox(key, place, sodium.pad(plain, BLOCK_BYTES), random);
  wipe(key);
  return box;
}

function open(vaultKey: Uint8Array, place: Bytes, box: Uint8Array): Bytes {
  const key = subkey(vaultKey, 1, "tp1_vlt_");
  try {
    return unpadded(openBox(key, place, box));
  } finally {
    wipe(key);
  }
}

function unpadded(padded: Bytes): Bytes {
  try {
    return sodium.unpad(padded, BLOCK_BYTES);
  } catch {
    throw new TP1Error("sealed");
  }
}
