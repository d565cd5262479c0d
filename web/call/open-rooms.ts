/** Looks into the list of open rooms with what the vault knows: whose room it is, and who belongs to a link. */
import type { ItemId, Rid, RoomId } from "../../wire/ids.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import type { DeskKeys } from "./desk-types.ts";

type Rooms = readonly OpenRoom[];

/** The open room of a link. */
export function roomOfLink(rooms: Rooms, rid: Rid): OpenRoom | undefined {
  return rooms.find((room) => room.clients.some((rids) => rids.includes(rid)));
}

/** The open room of a client, by whichever link. */
export function roomOfClient(rooms: Rooms, keys: DeskKeys, record: ItemId): RoomId | null {
  const has = (rid: Rid) => keys.clientOf(rid)?.record === record;
  return rooms.find((room) => room.clients.flat().some(has))?.room ?? null;
}

/** True for a room that was opened for several clients. */
export function isGroup(rooms: Rooms, id: RoomId): boolean {
  return (rooms.find(({ room }) => room === id)?.clients.length ?? 0) > 1;
}

/** The slot of a client in a room: its place in the list, after the therapist. The same on every page and after every reload, so
 * that everybody keeps its seat. */
export function slotOf(rooms: Rooms, keys: DeskKeys, id: RoomId | null, record: ItemId): number {
  const clients = rooms.find(({ room }) => room === id)?.clients ?? [];
  const at = clients.findIndex((rids) => rids.some((rid) => keys.clientOf(rid)?.record === record));
  return at < 0 ? 1 : at + 1;
}
