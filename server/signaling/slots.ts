/** Who has which slot in which call, and what the relay is told of it. A slot belongs to a peer: it outlives a lost line, and ends with
 * the peer, its seat, its page's place in the room, or the call (amendment A6; ledger: media dies with presence). */
import type { CallId, PeerId } from "../../wire/ids.ts";
import type { Place } from "../sfu/events.ts";
import type { Lobby } from "./lobby.ts";
import type { Client } from "./peer.ts";

/** The therapist's, in every call (TP1 §2.6). */
export const HOST_SLOT = 0;

type Slot = { readonly call: CallId; readonly slot: number };

export class Slots {
  readonly #calls = new Map<CallId, Map<number, PeerId>>();
  readonly #held = new Map<PeerId, Slot>();
  readonly #tell: (place: Place) => void;

  constructor(tell: (place: Place) => void) {
    this.#tell = tell;
  }

  /** The peer has this slot from now and no other; whoever had it before has none. Again for the same: nothing. */
  hold({ call, slot }: Slot, peer: PeerId): void {
    if (this.holder(call, slot) === peer) return;
    this.free(peer);
    const before = this.holder(call, slot);
    if (before) this.free(before);
    const slots = this.#calls.get(call) ?? new Map<number, PeerId>();
    this.#calls.set(call, slots.set(slot, peer));
    this.#held.set(peer, { call, slot });
    this.#tell({ t: "seated", call, slot });
  }

  /** The peer has no slot any more. */
  free(peer: PeerId): void {
    const held = this.#held.get(peer);
    if (!held) return;
    this.#held.delete(peer);
    this.#calls.get(held.call)?.delete(held.slot);
    this.#tell({ t: "unseated", ...held });
  }

  /** The call is over: nobody has a slot in it. */
  end(call: CallId): void {
    for (const peer of this.#calls.get(call)?.values() ?? []) this.#held.delete(peer);
    this.#calls.delete(call);
    this.#tell({ t: "ended", call });
  }

  /** What this peer has. */
  of(peer: PeerId): Slot | undefined {
    return this.#held.get(peer);
  }

  holder(call: CallId, slot: number): PeerId | undefined {
    return this.#calls.get(call)?.get(slot);
  }

  /** Every slot that is held, for tests and gauges. */
  get all(): ReadonlyMap<PeerId, Slot> {
    return this.#held;
  }
}

/** Changes a client's place, its slot with it. */
export function sit(lobby: Lobby, client: Client, place: Client["place"]): void {
  client.place = place;
  if (place.state === "joined" && place.slot !== null)
    lobby.slots.hold({ call: place.call, slot: place.slot }, client.id);
  else lobby.slots.free(client.id);
}
