/** What a therapist does to an entry of the Kartei: make it, change it, give it a new link, delete it. All throw `Refused` where it
 * could not be saved; the change then stays on this device and is tried again. */
import { type ItemId, newId } from "../../wire/ids.ts";
import { normalClientId } from "../../wire/names.ts";
import { type Client, findClient, newClient, newLink } from "./clients.ts";
import { isTaken } from "./codes.ts";
import { mergeClient, mergeGroup, type Records } from "./merge.ts";
import { type ClientRecord, type GroupRecord, REVOKED_MAX } from "./records.ts";
import type { Vault } from "./vault.ts";

/** What stands against an ID: nothing typed, too long, another client's ID, another client's code. */
export type IdFault =
  | { readonly why: "missing" | "long" | "code" }
  | { readonly why: "taken"; readonly by: Client };

/** What stands against `typed` as the ID of `item` (of a new entry: null); null where nothing does. */
export function faultOfId(records: Records, typed: string, item: ItemId | null): IdFault | null {
  const normal = normalClientId(typed);
  if (normal === null) return { why: typed.trim() === "" ? "missing" : "long" };
  const other = findClient(records, typed);
  if (other && other.item !== item) return { why: "taken", by: other };
  // a new entry would get a code of its own; a client who knows the ID as the code keeps it
  return item !== null && isTaken(records, normal, item) ? { why: "code" } : null;
}

/** A new entry with its link. `name` null: the ID alone. Where another page was faster with this ID, its entry is the one. */
export async function addClient(vault: Vault, id: string, name: string | null, now: number): Promise<ItemId> {
  const item = newId<ItemId>();
  await vault.change((records) => {
    if (!findClient(records, id)) records.set(item, { ...newClient(records, id, now), name });
  });
  return findClient(vault.state.get().records, id)?.item ?? item;
}

/** The fields that are typed. */
export type ClientEdit = Partial<Pick<ClientRecord, "id" | "name" | "note">>;
export type GroupEdit = Partial<Pick<GroupRecord, "name" | "note" | "clients">>;

/** Changes what was typed since `base` was shown. What another device changed meanwhile stays: of a text both are kept. An entry that
 * was deleted meanwhile is there again, since somebody has just worked on it. */
export async function editClient(
  vault: Vault,
  item: ItemId,
  base: ClientRecord,
  edit: ClientEdit,
): Promise<void> {
  const mine = { ...base, ...edit };
  await vault.change((records) => {
    const theirs = records.get(item);
    records.set(item, theirs?.t === "client" ? mergeClient(mine, theirs, base) : mine);
  });
}

/** The same for a group. */
export async function editGroup(
  vault: Vault,
  item: ItemId,
  base: GroupRecord,
  edit: GroupEdit,
): Promise<void> {
  const mine = { ...base, ...edit };
  await vault.change((records) => {
    const theirs = records.get(item);
    records.set(item, theirs?.t === "group" ? mergeGroup(mine, theirs, base) : mine);
  });
}

/** A new group. */
export async function addGroup(
  vault: Vault,
  name: string,
  clients: readonly ItemId[],
  now: number,
): Promise<ItemId> {
  const item = newId<ItemId>();
  const record: GroupRecord = { t: "group", name, clients: [...clients], note: "", createdAt: now };
  await vault.change((records) => records.set(item, record));
  return item;
}

/** "Neuer Link": all links so far lead nowhere from the moment this is saved. The handles go and come in one write. */
export async function renewLink(vault: Vault, item: ItemId, now: number): Promise<void> {
  const link = newLink(now);
  await vault.change((records) => {
    const record = records.get(item);
    if (record?.t !== "client") return;
    const gone = record.links.map(({ rid }) => rid);
    const revoked = [...new Set([...gone, ...record.revoked])].slice(0, REVOKED_MAX);
    records.set(item, { ...record, links: [link], revoked });
  });
}

/** Forgets the client's devices: each is a new one the next time. */
export async function forgetDevices(vault: Vault, item: ItemId): Promise<void> {
  await vault.change((records) => {
    const record = records.get(item);
    if (record?.t === "client") records.set(item, { ...record, devices: [] });
  });
}

/** Deletes an entry with its links; a client is taken out of all groups. */
export async function removeEntry(vault: Vault, item: ItemId): Promise<void> {
  await vault.change((records) => {
    records.delete(item);
    for (const [other, record] of records)
      if (record.t === "group" && record.clients.includes(item))
        records.set(other, { ...record, clients: record.clients.filter((client) => client !== item) });
  });
}

/** The clients of a group that are there, in its order. */
export function membersOf(records: Records, group: GroupRecord): Client[] {
  return group.clients.flatMap((item) => {
    const record = records.get(item);
    return record?.t === "client" ? [{ item, record }] : [];
  });
}

/** The groups that a client is in. */
export function groupsOf(records: Records, client: ItemId): { item: ItemId; record: GroupRecord }[] {
  return [...records].flatMap(([item, record]) =>
    record.t === "group" && record.clients.includes(client) ? [{ item, record }] : [],
  );
}
