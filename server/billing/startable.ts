/** Whether a call may begin in a room (TF5): the kind is that of the people it was opened for. */
import type { OpenRoom as StoredRoom } from "../../db/rooms.ts";
import type { Store } from "../../db/store.ts";
import type { PracticeId } from "../../wire/ids.ts";
import type { MinuteKind } from "../../wire/ledger.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { dayOf } from "./day.ts";
import { mayStart } from "./tariff.ts";

/** What a call with so many clients is. */
export function kindOf(clients: number): MinuteKind {
  return clients > 1 ? "group" : "single";
}

/** May a practice begin a call of this kind at `now` (Unix milliseconds)? Never where its account is gone. */
export async function canStart(
  store: Store,
  practice: PracticeId,
  kind: MinuteKind,
  now: number,
): Promise<boolean> {
  const day = dayOf(now);
  const number = await store.ledger.numberOf(practice);
  if (number === null) return false;
  const standing = await store.ledger.standing(number, day);
  return mayStart(kind, standing, await store.ledger.tariffs(day));
}

/** The open rooms of a practice with what may begin in them. */
export async function openRooms(store: Store, practice: PracticeId, now: number): Promise<OpenRoom[]> {
  const rooms = await store.rooms.openRooms(practice, now);
  return await Promise.all(rooms.map((room) => withStartable(store, practice, room, now)));
}

async function withStartable(
  store: Store,
  practice: PracticeId,
  room: StoredRoom,
  now: number,
): Promise<OpenRoom> {
  return { ...room, startable: await canStart(store, practice, kindOf(room.clients.length), now) };
}
