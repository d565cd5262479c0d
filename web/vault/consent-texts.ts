/** Every consent text of the practice, each an item of its own, so that what an answer was given to can still be read (R16). */
import { sodium } from "../../wasm/sodium.ts";
import type { ConsentAnswer } from "../../wire/asked.ts";
import { type Bytes, hex, utf8 } from "../../wire/bytes.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import type { Records } from "./merge.ts";
import type { ConsentTextRecord, VaultRecord } from "./records.ts";

/** Higher: small print takes room that clients need (8 MiB a vault). Lower: a practice that words its text anew each month loses the first
 * ones after a few years. Texts that an answer names stay longest. */
export const CONSENT_TEXTS_MAX = 64;

/** Names a text for good: an answer belongs to these very words. */
export function hashOfText(text: string): Bytes {
  return sodium.crypto_hash_sha256(utf8(text));
}

type Kept = readonly [ItemId, ConsentTextRecord];

/** The texts that are kept, the earliest first. */
export function keptTexts(records: Records): Kept[] {
  const kept = [...records].flatMap(([item, record]) =>
    record.t === "consent" ? [[item, record] as const] : [],
  );
  return kept.sort(([a, x], [b, y]) => x.createdAt - y.createdAt || (a < b ? -1 : 1));
}

/** Keeps this text, since when it holds; one that is kept already stays as it is, and an empty one is none. */
export function keepText(records: Map<ItemId, VaultRecord>, text: string, createdAt: number): void {
  if (text === "" || keptTexts(records).some(([, record]) => record.text === text)) return;
  for (const item of tooMany(records)) records.delete(item);
  records.set(newId<ItemId>(), { t: "consent", text, createdAt });
}

/** Who has to go so that one more has room: first the earliest that nobody has answered. */
function tooMany(records: Records): ItemId[] {
  const kept = keptTexts(records);
  const more = kept.length + 1 - CONSENT_TEXTS_MAX;
  if (more <= 0) return [];
  const named = namedTexts(records);
  const isNamed = ([, { text }]: Kept) => named.has(hex(hashOfText(text)));
  const inOrder = [...kept.filter((each) => !isNamed(each)), ...kept.filter(isNamed)];
  return inOrder.slice(0, more).map(([item]) => item);
}

/** The hashes that any client's answers name. */
export function namedTexts(records: Records): Set<string> {
  const named = new Set<string>();
  for (const record of records.values())
    if (record.t === "client") for (const { hash } of record.consents) named.add(hex(hash));
  return named;
}

/** The words of each hash that is known, by its hex: kept ones, and the one that is asked for now. */
export function wordsByHash(records: Records): ReadonlyMap<string, string> {
  const texts = [...records.values()].flatMap((record) => {
    if (record.t === "settings") return [record.before.text];
    return record.t === "consent" ? [record.text] : [];
  });
  return new Map(texts.filter((text) => text !== "").map((text) => [hex(hashOfText(text)), text]));
}

/** What was agreed to or not, each text once, in the order of the answers; null: its words are not known. */
export type AnsweredText = { readonly version: number; readonly hash: string; readonly text: string | null };

export function answeredTexts(records: Records, consents: readonly ConsentAnswer[]): AnsweredText[] {
  const words = wordsByHash(records);
  const texts = new Map<string, AnsweredText>();
  for (const { version, hash: bytes } of consents) {
    const hash = hex(bytes);
    if (!texts.has(hash)) texts.set(hash, { version, hash, text: words.get(hash) ?? null });
  }
  return [...texts.values()];
}
