/** The therapist's end of group keys in a direct call: a fresh epoch at every change of who is in and every ten minutes, sent to
 * the one other person; nothing of ours goes out before that person has said to hold it (TP1 §2.6). One for each page load. */
import { EpochHost } from "../../wasm/epoch-host.ts";
import { Opener } from "../../wasm/opener.ts";
import { type Epoch, HOST_SLOT, keysOfEpoch } from "../../wasm/roster.ts";
import { Sealer } from "../../wasm/sealer.ts";
import { wipe } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { STREAM } from "../../wire/frame.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient } from "../../wire/sealed.ts";
import type { Clock } from "./clock.ts";
import type { DataKeys } from "./data-line.ts";
import { openedData } from "./member-keys.ts";

/** The client's slot in a direct call. */
export const GUEST_SLOT = 1;

/** Who is in: `pid` of its handshake, the name it typed for this call, and the way to it. */
export type GroupGuest = {
  readonly peer: PeerId;
  readonly pid: Bytes;
  readonly name: string;
  readonly send: (message: ToClient) => void;
};

export class HostKeys implements DataKeys {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #host: EpochHost;
  readonly #sealer: Sealer;
  readonly #opener = new Opener();
  #guest: GroupGuest | null = null;
  #acked = -1;
  #cancel: () => void = () => undefined;

  /** `onChange` is told when sealing becomes possible, or ends. */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#host = new EpochHost({ last: null, awaited: 0, name: "", now: clock.now() });
    this.#sealer = new Sealer({ pid: this.#host.pid, slot: HOST_SLOT });
  }

  /** Names this page load, 16 B. */
  get csid(): Bytes {
    return this.#host.csid;
  }

  /** Who is in, null for nobody. */
  get peer(): PeerId | null {
    return this.#guest?.peer ?? null;
  }

  /** Admitted, in place of whoever was in before. */
  join(guest: GroupGuest): void {
    this.#guest = guest;
    this.#acked = -1;
    this.#sealer.stop();
    this.#host.join({ slot: GUEST_SLOT, pid: guest.pid, name: guest.name }, this.#clock.now());
    this.#wait();
    this.#onChange();
  }

  /** Goes; nothing happens where somebody else has taken the place. */
  leave(peer: PeerId): void {
    if (this.#guest?.peer !== peer) return;
    this.#guest = null;
    this.#host.leave(GUEST_SLOT, this.#clock.now());
    this.#cancel();
    this.#sealer.stop();
    this.#onChange();
  }

  /** The guest holds this epoch. */
  acked(peer: PeerId, rv: number): void {
    if (this.#guest?.peer !== peer || rv > this.#host.rv) return;
    this.#acked = Math.max(this.#acked, rv);
    this.#onChange();
  }

  isReady(): boolean {
    return this.#guest !== null && this.#acked === this.#host.rv;
  }

  seal(plain: Uint8Array): Bytes | null {
    return this.isReady() ? this.#sealer.seal(STREAM.data, plain) : null;
  }

  open(frame: Uint8Array): Bytes | null {
    return this.#guest ? openedData(this.#opener, frame, this.#clock.now()) : null;
  }

  /** Forgets all keys. */
  close(): void {
    this.#cancel();
    this.#guest = null;
    this.#sealer.stop();
    this.#opener.close();
  }

  #wait(): void {
    this.#cancel();
    const { due } = this.#host;
    const now = this.#clock.now();
    if (due !== null) this.#cancel = this.#clock.after(Math.max(0, due - now), () => this.#tick());
  }

  #tick(): void {
    const now = this.#clock.now();
    const epoch = this.#host.tick(now);
    if (epoch && this.#guest) this.#give(epoch, this.#guest, now);
    this.#wait();
  }

  #give(epoch: Epoch, guest: GroupGuest, now: number): void {
    const { csid, rv, secret, roster } = epoch;
    const keys = keysOfEpoch(epoch, this.#host.pid);
    this.#sealer.use(keys);
    this.#opener.install(keys, now);
    guest.send({ t: "epoch", csid, rv, secret, roster: [...roster] });
    wipe(secret);
    this.#onChange();
  }
}
