/** The code of each client (TP1 §2.3): the ID itself until a generated one replaces it; no two clients have the same. */
import { formatCode, newCode } from "../../wasm/code.ts";
import { CANDIDATES_MAX } from "../../wasm/code-messages.ts";
import type { ItemId } from "../../wire/ids.ts";
import type { NormalId } from "../../wire/names.ts";
import type { PlannedCall } from "../../wire/planned.ts";
import type { ClientCode } from "../call/code-entry.ts";
import { itemOfRid } from "./change.ts";
import type { Records } from "./merge.ts";
import { type ClientRecord, normalOf } from "./records.ts";
import type { Vault } from "./vault.ts";

/** What the client types, in its normal form. */
export function codeOf(record: ClientRecord): NormalId {
  return record.code ?? normalOf(record);
}

/** As it is shown and told. */
export function shownCode(record: ClientRecord): string {
  return record.code === null ? record.id : formatCode(record.code);
}

/** What has clients: an open room, or a planned call. */
type Clients = Pick<PlannedCall, "clients">;

/** The codes that are answered for, each once, at most 16: those of the clients of these rooms, of those whose planned call is near (A4), then of
 * the clients who were here last, so that whoever is early waits instead of being told that the code is wrong. */
export function codesOf(
  records: Records,
  rooms: readonly Clients[],
  near: readonly Clients[] = [],
): ClientCode[] {
  const expected = [...rooms, ...near].flatMap(({ clients }) => clients.flat());
  const items = expected.map((rid) => itemOfRid(records, rid));
  const codes = new Map<NormalId, ClientCode>();
  for (const item of [...items, ...latestFirst(records)]) {
    const record = item && records.get(item);
    if (!item || record?.t !== "client" || codes.size === CANDIDATES_MAX) continue;
    const code = codeOf(record);
    if (!codes.has(code)) codes.set(code, { record: item, code, isGenerated: record.code !== null });
  }
  return [...codes.values()];
}

/** Every client, the one whose entry or newest device came last first. */
function latestFirst(records: Records): ItemId[] {
  const clients = [...records].flatMap(([item, record]) => (record.t === "client" ? [{ item, record }] : []));
  const latest = ({ createdAt, devices }: ClientRecord) =>
    Math.max(createdAt, ...devices.map(({ since }) => since));
  return clients.sort((a, b) => latest(b.record) - latest(a.record)).map(({ item }) => item);
}

/** True where a client but `besides` answers to this code: by its own one, or by the ID it would fall back to. */
export function isTaken(records: Records, code: NormalId, besides?: ItemId): boolean {
  for (const [item, record] of records) {
    if (record.t !== "client" || item === besides) continue;
    if (record.code === code || normalOf(record) === code) return true;
  }
  return false;
}

/** A generated code that nobody has. */
export function freeCode(records: Records): NormalId {
  let code = newCode();
  while (isTaken(records, code)) code = newCode();
  return code;
}

/** "Code erzeugen": replaces the client's code; the one before lets nobody in any more. Throws `Refused` where it could not be
 * saved; it then holds on this device, and the pages say so. */
export async function generateCode(vault: Vault, item: ItemId): Promise<void> {
  await vault.change((records) => {
    const record = records.get(item);
    if (record?.t === "client") records.set(item, { ...record, code: freeCode(records) });
  });
}
