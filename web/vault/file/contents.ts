/** What lies in a sealed file of the Kartei, and its bounded codec. */
import { decode, encode } from "@msgpack/msgpack";
import type { Bytes } from "../../../wire/bytes.ts";
import type { ItemId } from "../../../wire/ids.ts";
import { bin, exactly, id, list, map, type Read, uint } from "../../../wire/shape.ts";
import { ITEMS_MAX } from "../manifest.ts";
import type { Records } from "../merge.ts";
import { clientShape, groupShape, NOTE_MAX } from "../records.ts";

/** `identity`: the fingerprint that the links in it name. Items tell which client a group means; nothing else. */
const contents = map({
  t: exactly("clients"),
  identity: bin(16),
  at: uint(Number.MAX_SAFE_INTEGER),
  clients: list(map({ item: id<ItemId>(), record: clientShape }), ITEMS_MAX),
  groups: list(map({ item: id<ItemId>(), record: groupShape }), ITEMS_MAX),
});
export type FileContents = Read<typeof contents>;

const LIMITS = {
  maxStrLength: 3 * NOTE_MAX,
  maxBinLength: 64,
  maxArrayLength: ITEMS_MAX,
  maxMapLength: 16,
  maxExtLength: 0,
};

/** All clients and groups of the vault. `fingerprint` of the identity key, `now` in Unix milliseconds. */
export function contentsOf(records: Records, fingerprint: Bytes, now: number): FileContents {
  const clients: FileContents["clients"] = [];
  const groups: FileContents["groups"] = [];
  for (const [item, record] of records) {
    if (record.t === "client") clients.push({ item, record });
    if (record.t === "group") groups.push({ item, record });
  }
  return { t: "clients", identity: fingerprint, at: now, clients, groups };
}

/** The bytes before sealing. */
export function encodeContents(file: FileContents): Bytes {
  return encode(file) as Bytes;
}

/** The contents of an opened file; `undefined` where a program wrote it that this one does not know. Never throws. */
export function decodeContents(bytes: Uint8Array): FileContents | undefined {
  try {
    return contents(decode(bytes, LIMITS));
  } catch {
    return undefined;
  }
}
