/** The therapist's side of "Vier Wörter": what follows from the words being the same, or not (TP1 §2.5, amendments C). */
import { newDeviceSecret } from "../../wasm/known.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { DeskKeys } from "./desk-types.ts";
import type { Guest, Guests } from "./guests.ts";

export class Comparing {
  readonly #guests: Guests;
  readonly #keys: DeskKeys;

  constructor(guests: Guests, keys: DeskKeys) {
    this.#guests = guests;
    this.#keys = keys;
  }

  /** What the therapist found. */
  say(peer: PeerId, same: boolean): void {
    const guest = this.#guests.get(peer);
    const comparison = guest?.visitor?.comparison;
    if (!guest?.talk || !comparison) return;
    guest.talk.send({ t: "compared", same });
    if (same) this.#renewDevice(guest);
    else this.#distrust(guest);
    this.#guests.change(peer, { comparison: { ...comparison, mine: same } });
  }

  /** What the client says. A "yes" came over the line that is being checked and proves nothing; a "no" is reason enough. */
  hear(peer: PeerId, same: boolean): void {
    const guest = this.#guests.get(peer);
    const comparison = guest?.visitor?.comparison;
    if (!guest || !comparison) return;
    if (!same) this.#distrust(guest);
    this.#guests.change(peer, { comparison: { ...comparison, theirs: same } });
  }

  /** Whoever may have sat between when the device got its secret does not know the fresh one. */
  #renewDevice(guest: Guest): void {
    if (!guest.visitor) return;
    const fresh = { secret: newDeviceSecret(), compared: true };
    this.#keys.rememberDevice(guest.visitor.record, fresh, guest.device?.secret);
    guest.device = fresh;
    guest.talk?.send({ t: "device", ds: fresh.secret });
  }

  /** The words differ: at its next knock the device is new, and new devices are never on the list of the admitted. */
  #distrust(guest: Guest): void {
    const { device, visitor } = guest;
    if (device && visitor) this.#keys.forgetDevice(visitor.record, device.secret);
    guest.device = null;
  }
}
