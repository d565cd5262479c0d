/** What an import would do, before anything is changed: which entries are new, which are there already, which get more, and where two
 * texts meet. Nothing that stands in the Kartei is overwritten. Pure but for new links and codes. */

import { newCode } from "../../../wasm/code.ts";
import type { ItemId, Rid } from "../../../wire/ids.ts";
import { newId } from "../../../wire/ids.ts";
import type { NormalId } from "../../../wire/names.ts";
import { newLink } from "../clients.ts";
import { keepText } from "../consent-texts.ts";
import { mergeClient, mergeGroup, type Records, same } from "../merge.ts";
import {
  type ClientRecord,
  type ConsentTextRecord,
  type GroupRecord,
  MEMBERS_MAX,
  normalOf,
  type VaultRecord,
} from "../records.ts";

/** What comes in. `own`: from a practice with the same identity key, so that its links can work here. */
export type Incoming = {
  readonly clients: readonly { readonly item: ItemId; readonly record: ClientRecord }[];
  readonly groups: readonly { readonly item: ItemId; readonly record: GroupRecord }[];
  /** What the clients' answers were to. */
  readonly texts: readonly ConsentTextRecord[];
  readonly own: boolean;
};

/** Titles are IDs as typed. `clash`: both texts stay in one entry. `tooLong`: they do not fit into one, so it stays as it is. */
export type Plan = {
  readonly records: Map<ItemId, VaultRecord>;
  readonly fresh: number;
  readonly same: number;
  readonly more: number;
  readonly clash: readonly string[];
  readonly tooLong: readonly string[];
  readonly groups: number;
  /** Links of the file that work from then on, again or still. */
  readonly links: number;
};

/** The vault after the import of `incoming` into `records`. */
export function planImport(records: Records, incoming: Incoming, now: number): Plan {
  const plan = {
    fresh: 0,
    same: 0,
    more: 0,
    clash: [] as string[],
    tooLong: [] as string[],
    groups: 0,
    links: 0,
  };
  const after = new Map(records);
  const known = new Known(records);
  /** Item of the file to item here. */
  const places = new Map<ItemId, ItemId>();
  for (const { item, record } of incoming.clients) {
    const here = known.itemOf(record, incoming.own);
    const mine = here && after.get(here);
    const place = here ?? newId<ItemId>();
    places.set(item, place);
    const put = (next: ClientRecord) => {
      after.set(place, next);
      known.add(place, next);
    };
    if (mine?.t !== "client") {
      put(freshClient(record, incoming.own, known, now));
      plan.fresh += 1;
      continue;
    }
    const both = joined(mine, record, incoming.own, known);
    if (both === null) plan.tooLong.push(mine.id);
    else if (same(both, joined(mine, mine, true, known) ?? mine)) plan.same += 1;
    else {
      if (isClash(mine, record)) plan.clash.push(mine.id);
      else plan.more += 1;
      put(both);
    }
  }
  for (const { item, record } of incoming.groups) plan.groups += placeGroup(after, item, record, places);
  for (const { text, createdAt } of incoming.texts) keepText(after, text, createdAt);
  return { ...plan, links: incoming.own ? linksOf(after, incoming) : 0, records: after };
}

/** Which IDs and codes are taken, found at once among thousands. */
class Known {
  readonly #items = new Map<NormalId, ItemId>();
  readonly #links = new Map<Rid, ItemId>();
  /** Who lets in by this: an ID or a code, as often as it is used. */
  readonly #taken = new Map<NormalId, ItemId>();

  constructor(records: Records) {
    for (const [item, record] of records) if (record.t === "client") this.add(item, record);
  }

  add(item: ItemId, record: ClientRecord): void {
    this.#items.set(normalOf(record), item);
    this.#taken.set(normalOf(record), item);
    if (record.code !== null) this.#taken.set(record.code, item);
    for (const { rid } of record.links) this.#links.set(rid, item);
  }

  /** By the link, since the ID may have been changed; else by the ID. */
  itemOf(record: ClientRecord, own: boolean): ItemId | undefined {
    const byLink = own ? record.links.map(({ rid }) => this.#links.get(rid)) : [];
    return byLink.find((item) => item !== undefined) ?? this.#items.get(normalOf(record));
  }

  isTaken(code: NormalId, besides?: ItemId): boolean {
    const by = this.#taken.get(code);
    return by !== undefined && by !== besides;
  }

  freeCode(): NormalId {
    let code = newCode();
    while (this.isTaken(code)) code = newCode();
    return code;
  }
}

/** No two codes are the same: one that somebody has already is made anew. */
function freshClient(record: ClientRecord, own: boolean, known: Known, now: number): ClientRecord {
  const code = known.isTaken(record.code ?? normalOf(record)) ? known.freeCode() : record.code;
  const usable = own && record.links.length > 0;
  const links = usable ? record.links : [newLink(now)];
  return { ...record, code, links, ...(own ? {} : { devices: [], revoked: [], consents: [] }) };
}

/** Both in one; null where a text of the file does not fit beside the one that is here. */
function joined(mine: ClientRecord, file: ClientRecord, own: boolean, known: Known): ClientRecord | null {
  const theirs = own ? file : { ...file, links: [], devices: [], revoked: [], consents: [] };
  const both = mergeClient(mine, theirs);
  if (!both.note.includes(file.note) || !(both.name ?? "").includes(file.name ?? "")) return null;
  if (!both.note.includes(mine.note) || !(both.name ?? "").includes(mine.name ?? "")) return null;
  // the ID stays as it is written here, and so does a code, unless only the file has one that is free
  const code = mine.code ?? (file.code !== null && !known.isTaken(file.code) ? file.code : null);
  return { ...both, id: mine.id, code };
}

function isClash(mine: ClientRecord, file: ClientRecord): boolean {
  const differ = (a: string | null, b: string | null) => a && b && a !== b;
  return Boolean(differ(mine.note, file.note) || differ(mine.name, file.name));
}

/** The group itself, or one of the same name, takes in who is missing; 1 where something changed. */
function placeGroup(
  after: Map<ItemId, VaultRecord>,
  item: ItemId,
  file: GroupRecord,
  places: ReadonlyMap<ItemId, ItemId>,
): number {
  const clients = file.clients.flatMap((item) => places.get(item) ?? []);
  const group = { ...file, clients: [...new Set(clients)] };
  const named = () => [...after].find(([, record]) => record.t === "group" && record.name === file.name)?.[0];
  const place = after.get(item)?.t === "group" ? item : named();
  const mine = place && after.get(place);
  if (!place || mine?.t !== "group") {
    after.set(newId<ItemId>(), group);
    return 1;
  }
  const members = [...new Set([...mine.clients, ...group.clients])].slice(0, MEMBERS_MAX);
  const both = { ...mergeGroup(mine, group), clients: members };
  if (same(both, mergeGroup(mine, mine)) || !both.note.includes(mine.note)) return 0;
  after.set(place, both);
  return 1;
}

function linksOf(after: Records, { clients }: Incoming): number {
  const working = new Set<Rid>();
  for (const record of after.values())
    if (record.t === "client") for (const { rid } of record.links) working.add(rid);
  return clients.flatMap(({ record }) => record.links).filter(({ rid }) => working.has(rid)).length;
}
