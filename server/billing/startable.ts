/** Whether a call may begin in a room (TF5): the kind is that of the people it was opened for. */
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
  return (await startable(store, practice, now))(kind);
}

/** The open rooms of a practice with what may begin in them. */
export async function openRooms(store: Store, practice: PracticeId, now: number): Promise<OpenRoom[]> {
  const rooms = await store.rooms.openRooms(practice, now);
  if (rooms.length === 0) return [];
  const may = await startable(store, practice, now);
  return rooms.map((room) => ({ ...room, startable: may(kindOf(room.clients.length)) }));
}

/** What the practice has is read once for all kinds. */
async function startable({ ledger }: Store, practice: PracticeId, now: number) {
  const day = dayOf(now);
  const number = await ledger.numberOf(practice);
  if (number === null) return () => false;
  const standing = await ledger.standing(number, day);
  const tariffs = await ledger.tariffs(day);
  return (kind: MinuteKind) => mayStart(kind, standing, tariffs);
}
