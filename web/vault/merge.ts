/** Two devices changed the vault at once: what becomes of both. Pure; the order of the two sides does not matter, and
 * nothing a person typed and no link that may have been sent is lost. */
import { worse } from "../../wasm/guard.ts";
import type { ConsentAnswer } from "../../wire/asked.ts";
import { hex } from "../../wire/bytes.ts";
import type { ItemId } from "../../wire/ids.ts";
import { newestAdmitted } from "../call/admitted.ts";
import {
  type AdmittedRecord,
  type BrandRecord,
  CALLS_MAX,
  type ClientCall,
  type ClientDevice,
  type ClientLink,
  type ClientRecord,
  CONSENTS_MAX,
  type ConsentTextRecord,
  DEVICES_MAX,
  encodeRecord,
  type GroupRecord,
  type IdentityRecord,
  LINKS_MAX,
  MEMBERS_MAX,
  NAME_MAX,
  NOTE_MAX,
  normalOf,
  type PairingRecord,
  REVOKED_MAX,
  type SettingsRecord,
  type VaultRecord,
} from "./records.ts";

import { mergeStaff, withMovedClients } from "./staff-record.ts";

export type Records = ReadonlyMap<ItemId, VaultRecord>;

/** What was known to both before, what this device has, what the server has now. */
export type Sides = { readonly base: Records; readonly mine: Records; readonly theirs: Records };

/** The vault after both changes. An item that one side dropped and the other changed stays. */
export function mergeRecords({ base, mine, theirs }: Sides): Map<ItemId, VaultRecord> {
  const merged = new Map<ItemId, VaultRecord>();
  for (const item of new Set([...theirs.keys(), ...mine.keys()])) {
    const record = mergeItem(base.get(item), mine.get(item), theirs.get(item));
    if (record) merged.set(item, record);
  }
  return unite(merged);
}

type Maybe = VaultRecord | undefined;

function mergeItem(base: Maybe, mine: Maybe, theirs: Maybe): Maybe {
  if (same(mine, theirs)) return theirs;
  if (same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  if (mine && theirs) return mergeRecord(base, mine, theirs);
  return mine ?? theirs;
}

/** Equality by content: the same record read twice is two objects. */
export function same(a: Maybe, b: Maybe): boolean {
  return a === b || (a !== undefined && b !== undefined && hex(encodeRecord(a)) === hex(encodeRecord(b)));
}

function mergeRecord(base: Maybe, mine: VaultRecord, theirs: VaultRecord): VaultRecord {
  if (mine.t === "client" && theirs.t === "client")
    return mergeClient(mine, theirs, base?.t === "client" ? base : undefined);
  if (mine.t === "group" && theirs.t === "group")
    return mergeGroup(mine, theirs, base?.t === "group" ? base : undefined);
  if (mine.t === "identity" && theirs.t === "identity") return older(mine, theirs);
  if (mine.t === "pairing" && theirs.t === "pairing") return older(mine, theirs);
  if (mine.t === "consent" && theirs.t === "consent") return older(mine, theirs);
  if (mine.t === "staff" && theirs.t === "staff")
    return mergeStaff(mine, theirs, base?.t === "staff" ? base : undefined);
  if (mine.t === "settings" && theirs.t === "settings") return newer(mine, theirs);
  if (mine.t === "brand" && theirs.t === "brand") return newer(mine, theirs);
  if (mine.t === "guard" && theirs.t === "guard")
    return { t: "guard", state: worse(mine.state, theirs.state) };
  if (mine.t === "admitted" && theirs.t === "admitted") return bothAdmitted(mine, theirs);
  return theirs;
}

/** One entry out of two. A field that only one side changed is that side's; one that both changed keeps both texts. */
export function mergeClient(a: ClientRecord, b: ClientRecord, base?: ClientRecord): ClientRecord {
  const [first, second] = inOrder(a, b);
  const revoked = [...new Set([...first.revoked, ...second.revoked])].slice(0, REVOKED_MAX);
  const links = mergeLinks(first.links, second.links, base?.links);
  return {
    t: "client",
    id: base && first.id === base.id ? second.id : first.id,
    code: mergeCode(first.code, second.code, base?.code),
    name: joinText([first.name, second.name, base?.name], " / ", NAME_MAX) || null,
    note: joinText([first.note, second.note, base?.note], "\n\n", NOTE_MAX),
    createdAt: Math.min(a.createdAt, b.createdAt),
    links: links.filter(({ rid }) => !revoked.includes(rid)).slice(0, LINKS_MAX),
    devices: mergeDevices(a.devices, b.devices, base?.devices),
    calls: mergeCalls(a.calls, b.calls),
    revoked,
    consents: mergeConsents(first.consents, second.consents),
  };
}

/** One group out of two, by the rules of an entry; who was taken out on one side is out. */
export function mergeGroup(a: GroupRecord, b: GroupRecord, base?: GroupRecord): GroupRecord {
  const [first, second] = inOrder(a, b);
  const stays = (item: ItemId) =>
    !base?.clients.includes(item) || (a.clients.includes(item) && b.clients.includes(item));
  const clients = [...new Set([...first.clients, ...second.clients])].filter(stays);
  return {
    t: "group",
    name: joinText([first.name, second.name, base?.name], " / ", NAME_MAX),
    clients: clients.slice(0, MEMBERS_MAX),
    note: joinText([first.note, second.note, base?.note], "\n\n", NOTE_MAX),
    createdAt: Math.min(a.createdAt, b.createdAt),
  };
}

/** The newest of both; one that both know has its longest length. */
function mergeCalls(a: readonly ClientCall[], b: readonly ClientCall[]): ClientCall[] {
  const calls = new Map<number, ClientCall>();
  for (const call of [...a, ...b]) {
    const known = calls.get(call.at);
    calls.set(call.at, known ? longer(known, call) : call);
  }
  return [...calls.values()].sort((x, y) => y.at - x.at).slice(0, CALLS_MAX);
}

function longer(a: ClientCall, b: ClientCall): ClientCall {
  // one side knows only a part of the call: its way is the word that comes later, whoever is asked
  const [medium = null] = [a.medium, b.medium].filter((each) => each !== null).sort((x, y) => compare(y, x));
  return {
    at: a.at,
    minutes: Math.max(a.minutes, b.minutes),
    group: a.group || b.group,
    medium,
    breaks: Math.max(a.breaks, b.breaks),
    lost: Math.max(a.lost, b.lost),
  };
}

/** Every answer that either side has heard; one that was taken back anywhere is taken back, at the earlier of two times. */
function mergeConsents(a: readonly ConsentAnswer[], b: readonly ConsentAnswer[]): ConsentAnswer[] {
  const all = new Map<string, ConsentAnswer>();
  for (const answer of [...a, ...b]) {
    const name = `${answer.at} ${answer.version} ${hex(answer.hash)} ${answer.accepted}`;
    const times = [all.get(name)?.revokedAt, answer.revokedAt].filter((at) => typeof at === "number");
    all.set(name, { ...answer, revokedAt: times.length > 0 ? Math.min(...times) : null });
  }
  const sorted = [...all].sort(([p, x], [q, y]) => y.at - x.at || compare(p, q));
  return sorted.slice(0, CONSENTS_MAX).map(([, answer]) => answer);
}

/** A generated code stands against none; of two made at once the earlier entry's lets in, on both devices. */
function mergeCode(a: Code, b: Code, base: Code | undefined): Code {
  if (a === base) return b;
  return b === base ? a : (a ?? b);
}

/** The earlier entry first; equal times are ordered by content, so that both devices find the same order. */
function inOrder<R extends ClientRecord | GroupRecord>(a: R, b: R): readonly [R, R] {
  const order = a.createdAt - b.createdAt || compare(hex(encodeRecord(a)), hex(encodeRecord(b)));
  return order <= 0 ? [a, b] : [b, a];
}

type Code = ClientRecord["code"];
type Text = string | null | undefined;

/** Both texts unless one is unchanged or holds the other. Only two texts near the bound are too long together: then the first stays. */
function joinText([first, second, base]: readonly [Text, Text, Text], between: string, max: number): string {
  const [a, b] = [first ?? "", second ?? ""];
  if (base !== undefined && a === (base ?? "")) return b;
  if (base !== undefined && b === (base ?? "")) return a;
  if (a.includes(b)) return a;
  if (b.includes(a)) return b;
  const both = a + between + b;
  return both.length <= max ? both : a;
}

/** All links of both but those that one side took away (revoked); the earliest first. */
function mergeLinks(
  a: readonly ClientLink[],
  b: readonly ClientLink[],
  base: readonly ClientLink[] = [],
): ClientLink[] {
  const has = (links: readonly ClientLink[], link: ClientLink) => links.some(({ rid }) => rid === link.rid);
  const kept = [...a, ...b].filter((link) => !has(base, link) || (has(a, link) && has(b, link)));
  const unique = new Map(kept.map((link) => [link.rid, link]));
  return [...unique.values()].sort((x, y) => x.createdAt - y.createdAt || compare(x.rid, y.rid));
}

/** The newest devices of both but those that one side took away: a secret that was replaced after the words were compared may
 * be known to somebody between. */
function mergeDevices(
  a: readonly ClientDevice[],
  b: readonly ClientDevice[],
  base: readonly ClientDevice[] = [],
): ClientDevice[] {
  const has = (devices: readonly ClientDevice[], { secret }: ClientDevice) =>
    devices.some((device) => hex(device.secret) === hex(secret));
  const kept = [...a, ...b].filter((device) => !has(base, device) || (has(a, device) && has(b, device)));
  const unique = new Map(kept.map((device) => [hex(device.secret), device]));
  const sorted = [...unique].sort(([x, p], [y, q]) => q.since - p.since || compare(x, y));
  return sorted.slice(0, DEVICES_MAX).map(([, device]) => device);
}

/** Links that were sent name the older identity; programs were told the older pairing; a text holds since it was first set. */
function older<R extends IdentityRecord | PairingRecord | ConsentTextRecord>(a: R, b: R): R {
  return (a.createdAt - b.createdAt || compare(hex(encodeRecord(a)), hex(encodeRecord(b)))) <= 0 ? a : b;
}

/** Of two things chosen as a whole the later one. */
function newer<R extends SettingsRecord | BrandRecord>(a: R, b: R): R {
  return (b.changedAt - a.changedAt || compare(hex(encodeRecord(a)), hex(encodeRecord(b)))) <= 0 ? a : b;
}

/** Each client's latest moment. */
function bothAdmitted(a: AdmittedRecord, b: AdmittedRecord): AdmittedRecord {
  return { t: "admitted", entries: [...newestAdmitted(a.entries, b.entries)] };
}

/** Items that are one thing become one item: clients with the same normal ID, and the records there is one of. */
export function unite(records: Records): Map<ItemId, VaultRecord> {
  const united = new Map<string, [ItemId, VaultRecord]>();
  const moved = new Map<ItemId, ItemId>();
  for (const [item, record] of [...records].sort(byAge)) {
    const thing = thingOf(item, record);
    const other = united.get(thing);
    if (other) moved.set(item, other[0]);
    united.set(thing, other ? [other[0], mergeRecord(undefined, other[1], record)] : [item, record]);
  }
  return withMoved(new Map(united.values()), moved);
}

function thingOf(item: ItemId, record: VaultRecord): string {
  if (record.t === "client") return `client ${normalOf(record)}`;
  if (record.t === "pairing") return `pairing ${record.token}`;
  if (record.t === "consent") return `consent ${record.text}`;
  if (record.t === "staff") return `staff ${record.invitation}`;
  return record.t === "group" ? `group ${item}` : record.t;
}

/** Groups, and what is shared with staff, follow their clients to the item that these became part of. */
function withMoved(
  records: Map<ItemId, VaultRecord>,
  moved: ReadonlyMap<ItemId, ItemId>,
): Map<ItemId, VaultRecord> {
  for (const [item, record] of records) {
    if (record.t === "staff") records.set(item, withMovedClients(record, moved));
    if (record.t !== "group" || !record.clients.some((client) => moved.has(client))) continue;
    const clients = [...new Set(record.clients.map((client) => moved.get(client) ?? client))];
    records.set(item, { ...record, clients });
  }
  return records;
}

/** The oldest item keeps its id; both devices find the same one. */
function byAge([a, x]: readonly [ItemId, VaultRecord], [b, y]: readonly [ItemId, VaultRecord]): number {
  return age(x) - age(y) || compare(a, b);
}

const age = (record: VaultRecord) => ("createdAt" in record ? record.createdAt : 0);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
