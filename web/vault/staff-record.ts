/** The clients that are shared with one person, as their record keeps them, and what becomes of them when two devices changed them at once.
 * Pure; the ids stand sorted, so that the same clients are the same bytes on every device. */
import { concat, fromHex, hex } from "../../wire/bytes.ts";
import { ID_BYTES, type ItemId } from "../../wire/ids.ts";
import { SHARED_CLIENTS_MAX, type StaffRecord } from "./records.ts";

/** The items of the clients that are shared with this person. */
export function clientsIn({ clients }: StaffRecord): ItemId[] {
  const count = clients.length / ID_BYTES;
  return Array.from(
    { length: count },
    (_, n) => hex(clients.subarray(n * ID_BYTES, (n + 1) * ID_BYTES)) as ItemId,
  );
}

/** The record with these clients; beyond `SHARED_CLIENTS_MAX` the rest is left out. */
export function withClients(record: StaffRecord, items: Iterable<ItemId>): StaffRecord {
  const sorted = [...new Set(items)].sort().slice(0, SHARED_CLIENTS_MAX);
  return { ...record, clients: concat(...sorted.map(fromHex)) };
}

/** One record out of two: who was taken out on one side is out, who was put in on one side is in. The earlier one names the person. */
export function mergeStaff(a: StaffRecord, b: StaffRecord, base?: StaffRecord): StaffRecord {
  const [mine, theirs] = [new Set(clientsIn(a)), new Set(clientsIn(b))];
  const before = new Set(base ? clientsIn(base) : []);
  const stays = (item: ItemId) => !before.has(item) || (mine.has(item) && theirs.has(item));
  return withClients(earlier(a, b), [...mine, ...theirs].filter(stays));
}

/** Equal times are ordered by content, so that both devices find the same one. */
function earlier(a: StaffRecord, b: StaffRecord): StaffRecord {
  const word = ({ name, secret }: StaffRecord) => name + hex(secret);
  return (a.createdAt - b.createdAt || (word(a) < word(b) ? -1 : 1)) <= 0 ? a : b;
}

/** The record after some clients became part of others. */
export function withMovedClients(record: StaffRecord, moved: ReadonlyMap<ItemId, ItemId>): StaffRecord {
  const clients = clientsIn(record);
  if (!clients.some((client) => moved.has(client))) return record;
  return withClients(
    record,
    clients.map((client) => moved.get(client) ?? client),
  );
}
