/** Who sits in which call, counted from the changes that billing gets too: for the API's presence, and for the moment in which a call begins.
 * Pure. */
import type { CallId, PracticeId } from "../../wire/ids.ts";
import type { PresenceChange, SeatKey } from "../signaling/events.ts";

type Attended = { readonly practice: PracticeId; readonly seats: Set<SeatKey>; hasBegun: boolean };

export class Attendance {
  readonly #calls = new Map<CallId, Attended>();

  /** Takes a change, in order. True where it begins the call: the therapist and somebody else are there for the first time. */
  take(change: PresenceChange): boolean {
    if (change.t === "ended") this.#calls.delete(change.call);
    if (change.t !== "present" && change.t !== "absent") return false;
    const call = this.#of(change);
    if (change.t === "present") call.seats.add(change.seat);
    else call.seats.delete(change.seat);
    const begins = !call.hasBegun && call.seats.has("practice") && call.seats.size > 1;
    if (begins) call.hasBegun = true;
    return begins;
  }

  /** How many seats of a call are taken. */
  present(call: CallId): number {
    return this.#calls.get(call)?.seats.size ?? 0;
  }

  /** Another node sees who is in the calls of this practice. */
  forget(practice: PracticeId): void {
    for (const [id, call] of this.#calls) if (call.practice === practice) this.#calls.delete(id);
  }

  #of({ call: id, practice }: Pick<PresenceChange, "call" | "practice">): Attended {
    const call = this.#calls.get(id) ?? { practice, seats: new Set<SeatKey>(), hasBegun: false };
    this.#calls.set(id, call);
    return call;
  }
}
