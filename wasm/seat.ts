/** The name under which the server counts a person's place (A6): the same record gets the same seat in one call,
 * and the server cannot tell which record it is, nor recognise it in another call. */
import { type CallId, type ItemId, idOf, type RoomId, type SeatId } from "../wire/ids.ts";
import { hash } from "./hash.ts";

/** The seat of a client's record in a call; ids enter the hash as their 32 hex characters. */
export function seatOf(vaultKey: Uint8Array, call: CallId | RoomId, record: ItemId): SeatId {
  return idOf<SeatId>(hash(16, vaultKey, "tp1 seat", call, record));
}
