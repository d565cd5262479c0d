/** The entries of the Kartei in the order of people's names, and those of them that fit what somebody types. */
import type { ItemId } from "../../wire/ids.ts";
import { normalClientId } from "../../wire/names.ts";
import type { Records } from "./merge.ts";
import { type ClientRecord, type GroupRecord, normalOf } from "./records.ts";

/** A client or a group, and the item it lies in. */
export type Entry = { readonly item: ItemId; readonly record: ClientRecord | GroupRecord };

/** What an entry is called: the name, without one the ID. */
export function titleOf(record: ClientRecord | GroupRecord): string {
  return record.t === "client" ? (record.name ?? record.id) : record.name;
}

/** "K-7" stands before "K-10", "Ärmel" beside "Arm". */
const order = new Intl.Collator("de", { numeric: true, sensitivity: "base" });

/** All clients and groups, sorted by what they are called. */
export function entriesOf(records: Records): Entry[] {
  const entries: Entry[] = [];
  for (const [item, record] of records)
    if (record.t === "client" || record.t === "group") entries.push({ item, record });
  return entries.sort(
    (a, b) => order.compare(titleOf(a.record), titleOf(b.record)) || (a.item < b.item ? -1 : 1),
  );
}

/** Those that have every word of `query` in name or ID, whatever its accents and capitals; a whole ID is found however it is
 * spelled. An empty query finds all. */
export function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return entries;
  const normal = normalClientId(query);
  const spelled = words.map((word) => [plain(word), spelledOut(word)] as const);
  return entries.filter(({ record }) => {
    if (normal !== null && record.t === "client" && normalOf(record).startsWith(normal)) return true;
    const [bare, long] = foldedOf(record);
    return spelled.every((word) => bare.includes(word[0]) || long.includes(word[1]));
  });
}

type Folded = readonly [bare: string, long: string];

/** A record is never changed in place, so what was folded once stays. */
const folded = new WeakMap<ClientRecord | GroupRecord, Folded>();

function foldedOf(record: ClientRecord | GroupRecord): Folded {
  const known = folded.get(record);
  if (known) return known;
  const text = record.t === "client" ? `${record.name ?? ""} ${record.id}` : record.name;
  const made: Folded = [plain(text), spelledOut(text)];
  folded.set(record, made);
  return made;
}

/** "Müller" as "muller". */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
}

const LONG: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };

/** "Müller" as "mueller". */
function spelledOut(text: string): string {
  const composed = text.normalize("NFKC").toLowerCase();
  return plain(composed.replace(/[äöü]/g, (letter) => LONG[letter] ?? letter));
}
