/** What lies in a sealed file of the Kartei, and its bounded codec. */
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, hex } from "../../../wire/bytes.ts";
import type { ItemId } from "../../../wire/ids.ts";
import { bin, exactly, id, list, map, type Read, type Shape, uint } from "../../../wire/shape.ts";
import { CONSENT_TEXTS_MAX, hashOfText, keptTexts, namedTexts } from "../consent-texts.ts";
import { ITEMS_MAX } from "../manifest.ts";
import type { Records } from "../merge.ts";
import { clientShape, consentTextShape, groupShape, NOTE_MAX, withMissing } from "../records.ts";

const contentsOfNow = map({
  t: exactly("clients"),
  identity: bin(16),
  at: uint(Number.MAX_SAFE_INTEGER),
  clients: list(map({ item: id<ItemId>(), record: clientShape }), ITEMS_MAX),
  groups: list(map({ item: id<ItemId>(), record: groupShape }), ITEMS_MAX),
  texts: list(consentTextShape, CONSENT_TEXTS_MAX),
});
export type FileContents = Read<typeof contentsOfNow>;
/** `identity`: the fingerprint that the links in it name. Items tell which client a group means; nothing else. `texts`: what the clients'
 * answers were to; earlier files had none. */
const contents: Shape<FileContents> = (value) => contentsOfNow(withMissing(value, { texts: [] }));

const LIMITS = {
  maxStrLength: 3 * NOTE_MAX,
  maxBinLength: 64,
  maxArrayLength: ITEMS_MAX,
  maxMapLength: 16,
  maxExtLength: 0,
};

/** All clients and groups of the vault, and the consent texts they have answered. `fingerprint` of the identity key, `now` in Unix milliseconds. */
export function contentsOf(records: Records, fingerprint: Bytes, now: number): FileContents {
  const clients: FileContents["clients"] = [];
  const groups: FileContents["groups"] = [];
  for (const [item, record] of records) {
    if (record.t === "client") clients.push({ item, record });
    if (record.t === "group") groups.push({ item, record });
  }
  const named = namedTexts(records);
  const texts = keptTexts(records).flatMap(([, record]) =>
    named.has(hex(hashOfText(record.text))) ? [record] : [],
  );
  return {
    t: "clients",
    identity: fingerprint,
    at: now,
    clients,
    groups,
    texts: texts.slice(-CONSENT_TEXTS_MAX),
  };
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
