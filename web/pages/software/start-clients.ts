/** What the start link leads to: entries where there are none yet, and the room of all its clients. */
import { handlesOf } from "../../vault/change.ts";
import { type Client, clientFor, clientOfRid, findClient, handlesOfClient } from "../../vault/clients.ts";
import { Refused } from "../../vault/remote.ts";
import type { RoomDesk } from "../desk.ts";
import type { VaultView } from "../vault-view.ts";

type Opened = Awaited<ReturnType<RoomDesk["open"]>>;

/** Opens the room of these clients, each entry saved before the next; the one that is open for just them already is as good. Throws
 * `Refused`. */
export async function startClients(view: VaultView, desk: RoomDesk, ids: readonly string[]): Promise<Opened> {
  const clients: Client[] = [];
  for (const id of ids) clients.push(await clientFor(view.vault, id, Date.now()));
  try {
    return await desk.open(clients.map(handlesOfClient));
  } catch (error) {
    const room = error instanceof Refused && error.code === "room.client-open" ? error.room : undefined;
    const open = room === undefined ? undefined : await openOne(desk, room);
    if (open && isFor(view, open, clients)) return open;
    throw error;
  }
}

async function openOne(desk: RoomDesk, room: string): Promise<Opened | undefined> {
  await desk.refresh();
  return desk.rooms()?.find((open) => open.room === room);
}

function isFor(view: VaultView, room: Opened, clients: readonly Client[]): boolean {
  const { records } = view.vault.state.get();
  const inside = room.clients.map((rids) => rids.map((rid) => clientOfRid(records, rid)?.item).find(Boolean));
  return inside.length === clients.length && clients.every(({ item }) => inside.includes(item));
}

/** How the clients of a link are called here, and which of them have no entry yet. */
export function namesOf(view: VaultView, ids: readonly string[]): { all: string[]; fresh: string[] } {
  const { records } = view.state();
  const name = (id: string) => {
    const record = findClient(records, id)?.record;
    return record?.name ? `${record.id} · ${record.name}` : (record?.id ?? id.trim());
  };
  const isFresh = (id: string) => {
    const found = findClient(records, id);
    return !found || handlesOf(found.record).length === 0;
  };
  return { all: ids.map(name), fresh: ids.filter(isFresh).map(name) };
}
