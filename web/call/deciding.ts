/** Whether somebody who has proven its link or code comes in, waits, or needs the therapist's tap, decided anew whenever
 * something has changed (product.md "Rules that decide who meets whom"). */
import type { ItemId, PeerId } from "../../wire/ids.ts";
import { type Admission, admissionOf } from "./admission.ts";
import type { Asking } from "./asking.ts";
import type { CodeEntry } from "./code-entry.ts";
import type { DeskOptions, DeskState, Visitor } from "./desk-types.ts";
import type { Guest, Guests } from "./guests.ts";

export type DecidingParts = Pick<DeskOptions, "keys" | "oneByOne"> & {
  readonly guests: Guests;
  readonly codes: CodeEntry;
  readonly asking: Asking;
  readonly state: () => DeskState;
  /** The call page of an open room is here, and its call may begin. */
  readonly letIn: (peer: PeerId, guest: Guest) => void;
};

export class Deciding {
  readonly #parts: DecidingParts;
  /** Sent out of this call: they come in again by a tap only. */
  readonly #removed = new Set<ItemId>();

  constructor(parts: DecidingParts) {
    this.#parts = parts;
  }

  /** This client was sent out of the call. */
  removed(record: ItemId): void {
    this.#removed.add(record);
  }

  /** This client was let in. */
  admitted(record: ItemId): void {
    this.#removed.delete(record);
  }

  /** The call is over: nobody is sent out of the next one. */
  end(): void {
    this.#removed.clear();
  }

  /** About everybody who is not in. */
  decideAll(): void {
    for (const [peer, { visitor }] of this.#parts.guests.all()) {
      if (visitor && visitor.at !== "in") this.decide(peer);
    }
  }

  decide(peer: PeerId): void {
    const { asking, guests, state, letIn } = this.#parts;
    const guest = guests.get(peer);
    const visitor = guest?.visitor;
    // before `join` nobody has said which device it is
    if (!guest?.talk || !visitor?.comparison || state().lease !== "here") return;
    if (!asking.isDone(peer, guest)) return void this.#waits(peer, guest, "waits");
    if (!this.#knowsGroup(guest, visitor)) return void this.#letWait(peer, guest, "waits");
    const admission = guest.tapped ? "enter" : this.#admissionOf(visitor);
    if (admission === "enter" && this.#hasCall()) letIn(peer, guest);
    else this.#letWait(peer, guest, admission === "ask" ? "asks" : "waits");
  }

  /** Before anybody comes into a group it is told, sealed, how many others belong to it, and presses (product.md). */
  #knowsGroup(guest: Guest, { room }: Visitor): boolean {
    const { rooms } = this.#parts.state();
    const others = rooms.find((each) => each.room === room)?.clients.length ?? 0;
    if (others < 2 || guest.ready) return true;
    if (!guest.toldGroup) guest.talk?.send({ t: "group", others });
    guest.toldGroup = true;
    return false;
  }

  #letWait(peer: PeerId, guest: Guest, at: "asks" | "waits"): void {
    if (!guest.told) guest.talk?.send({ t: "wait" });
    if (!guest.told) this.#tellPlanned(guest);
    guest.told = true;
    this.#waits(peer, guest, at);
  }

  #waits(peer: PeerId, guest: Guest, at: "asks" | "waits"): void {
    if (guest.visitor?.at !== at) this.#parts.guests.change(peer, { at });
  }

  /** Only we know whose code it was; whoever has a link is told by the server. */
  #tellPlanned({ visitor, talk }: Guest): void {
    if (visitor?.by !== "code" || visitor.room !== null) return;
    const at = this.#parts.codes.plannedAt(visitor.record);
    if (at !== null) talk?.send({ t: "planned", at });
  }

  #admissionOf({ by, room, known, record, peer }: Visitor): Admission {
    const { guests, keys, oneByOne, state } = this.#parts;
    const { entered } = state();
    if (this.#removed.has(record)) return "ask";
    const seatTaken = guests.holderOf(record, peer) !== undefined;
    const recent = room !== null && keys.admitted.isRecent(room, record);
    return admissionOf({ by, oneByOne: oneByOne(), room, entered, known, recent, seatTaken });
  }

  #hasCall(): boolean {
    const { entered, rooms } = this.#parts.state();
    return rooms.some(({ room, call }) => room === entered && call !== null);
  }
}
