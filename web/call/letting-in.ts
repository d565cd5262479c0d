/** Lets somebody in of whom it is decided: the seat on the server, the secret of a new device, keys and picture of the call. */
import { newDeviceSecret } from "../../wasm/known.ts";
import type { CallId, PeerId } from "../../wire/ids.ts";
import type { DeskOptions, DeskState } from "./desk-types.ts";
import type { Guest, Guests } from "./guests.ts";
import type { HostCall } from "./host-call.ts";
import type { Inside } from "./inside.ts";
import { slotOf } from "./open-rooms.ts";

export type LettingInParts = Pick<DeskOptions, "keys" | "post" | "reach" | "words"> & {
  readonly guests: Guests;
  readonly inside: Inside;
  readonly call: HostCall;
  readonly state: () => DeskState;
  /** Ours, for direct connections; null until it is made. */
  readonly certificate: () => RTCCertificate | null;
};

export class LettingIn {
  readonly #parts: LettingInParts;

  constructor(parts: LettingInParts) {
    this.#parts = parts;
  }

  /** Whoever has the seat of the same client gives it up. False where we cannot yet. */
  letIn(peer: PeerId, guest: Guest): boolean {
    const { guests, inside, keys, call, words } = this.#parts;
    const certificate = this.#parts.certificate();
    const { visitor, talk } = guest;
    if (!visitor || !talk || !certificate) return false;
    const holder = guests.holderOf(visitor.record, peer);
    if (holder !== undefined) guests.bye(holder, "moved");
    const ds = visitor.known ? null : newDeviceSecret();
    if (ds) {
      guest.device = { secret: ds, compared: false };
      keys.rememberDevice(visitor.record, guest.device);
    }
    guest.certificate = certificate;
    const { entered, rooms } = this.#parts.state();
    const slot = slotOf(rooms, keys, entered, visitor.record);
    guests.change(peer, { at: "in", note: null, slot });
    inside.note();
    this.seat(peer);
    call.letIn(peer, guest, { slot, ds, words: visitor.comparison?.list ?? words() });
    const text = this.#parts.reach?.() ?? "";
    if (text !== "") talk.send({ t: "reach", text });
    return true;
  }

  /** Tells the server whose place in the call it is. */
  seat(peer: PeerId): void {
    const { guests, keys, post } = this.#parts;
    const call = this.#callEntered();
    const visitor = guests.get(peer)?.visitor;
    if (!call || !visitor) return;
    post({ t: "seat", peer, seat: keys.seatOf(call, visitor.record), slot: visitor.slot });
  }

  #callEntered(): CallId | null {
    const { entered, rooms } = this.#parts.state();
    return rooms.find((room) => room.room === entered)?.call ?? null;
  }
}
