/** The therapist's end of group keys: a fresh epoch at every change of who is in and every ten minutes, sent to everybody who is
 * (TP1 §2.6). Chat and files are sealed and opened here; sound and picture of a call over the server get the keys handed over. */
import { EpochHost } from "../../wasm/epoch-host.ts";
import { Opener } from "../../wasm/opener.ts";
import { type Epoch, type EpochKeys, HOST_SLOT, keysOfEpoch } from "../../wasm/roster.ts";
import { Sealer } from "../../wasm/sealer.ts";
import { wipe } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { STREAM } from "../../wire/frame.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient } from "../../wire/sealed.ts";
import type { Clock } from "./clock.ts";
import type { DataKeys, OpenedData } from "./data-line.ts";
import { openedData } from "./member-keys.ts";

/** How long the chat of a group waits for whoever has not said to hold the newest epoch. Higher: one weak line silences the chat.
 * Lower: what that one cannot open yet is said once more. */
export const ACK_PATIENCE_MS = 3_000;

/** Who is in: `pid` of its handshake, the name it typed for this call, and the way to it. */
export type GroupGuest = {
  readonly peer: PeerId;
  readonly slot: number;
  readonly pid: Bytes;
  readonly name: string;
  readonly send: (message: ToClient) => void;
};

export type HostKeysOptions = {
  readonly clock: Clock;
  /** Sealing has become possible, or ends. */
  readonly onChange: () => void;
  /** The keys of a new epoch; what is done with them must not change them. */
  readonly onKeys: (keys: EpochKeys) => void;
};

export class HostKeys implements DataKeys {
  readonly #options: HostKeysOptions;
  readonly #host: EpochHost;
  readonly #sealer: Sealer;
  readonly #opener = new Opener();
  readonly #guests = new Map<PeerId, GroupGuest>();
  readonly #acked = new Map<PeerId, number>();
  #gaveAt: number | null = null;
  #cancel: () => void = () => undefined;
  #cancelPatience: () => void = () => undefined;

  constructor(options: HostKeysOptions) {
    this.#options = options;
    this.#host = new EpochHost({ last: null, awaited: 0, name: "", now: this.#now });
    this.#sealer = new Sealer({ pid: this.#host.pid, slot: HOST_SLOT, streams: [STREAM.data] });
  }

  /** Names this host, 16 B. */
  get csid(): Bytes {
    return this.#host.csid;
  }

  /** The therapist's own id in media keys, 16 B. */
  get pid(): Bytes {
    return this.#host.pid;
  }

  /** The newest epoch. */
  get rv(): number {
    return this.#host.rv;
  }

  /** Everybody who is in. */
  get guests(): readonly GroupGuest[] {
    return [...this.#guests.values()];
  }

  /** So many are expected back after a reload: they get one epoch together (A5). */
  expect(count: number): void {
    this.#host.expect(count, this.#now);
  }

  /** A fresh epoch for everybody who is in: the way of picture and sound has changed, and its sealer has no keys yet. */
  renew(): void {
    this.#host.renew(this.#now);
    this.#wait();
  }

  /** Admitted, in place of whoever had the slot before. */
  join(guest: GroupGuest): void {
    for (const { peer, slot } of this.guests) if (slot === guest.slot) this.#guests.delete(peer);
    this.#guests.set(guest.peer, guest);
    this.#acked.delete(guest.peer);
    this.#host.join({ slot: guest.slot, pid: guest.pid, name: guest.name }, this.#now);
    // nothing is said under an epoch that the newcomer does not have, while it is alone with us
    if (this.#guests.size === 1) this.#sealer.stop();
    this.#wait();
    this.#options.onChange();
  }

  /** Goes; nothing happens where somebody else has taken the place. */
  leave(peer: PeerId): void {
    const guest = this.#guests.get(peer);
    if (!guest) return;
    this.#guests.delete(peer);
    this.#acked.delete(peer);
    this.#sealer.stop();
    this.#gaveAt = null;
    this.#host.leave(guest.slot, this.#now);
    this.#wait();
    this.#options.onChange();
  }

  /** The guest holds this epoch. */
  acked(peer: PeerId, rv: number): void {
    if (!this.#guests.has(peer) || rv > this.#host.rv) return;
    this.#acked.set(peer, Math.max(this.#acked.get(peer) ?? -1, rv));
    this.#options.onChange();
  }

  others(): readonly number[] {
    return this.guests.map(({ slot }) => slot);
  }

  isReady(): boolean {
    if (this.#gaveAt === null || this.#guests.size === 0) return false;
    const missing = this.guests.filter(({ peer }) => this.#acked.get(peer) !== this.#host.rv);
    if (missing.length === 0) return true;
    return missing.length < this.#guests.size && this.#now - this.#gaveAt >= ACK_PATIENCE_MS;
  }

  seal(plain: Uint8Array): Bytes | null {
    return this.isReady() ? this.#sealer.seal(STREAM.data, plain) : null;
  }

  open(frame: Uint8Array): OpenedData | null {
    return this.#guests.size > 0 ? openedData(this.#opener, frame, this.#now) : null;
  }

  /** Forgets all keys. */
  close(): void {
    this.#cancel();
    this.#cancelPatience();
    this.#guests.clear();
    this.#gaveAt = null;
    this.#sealer.stop();
    this.#opener.close();
  }

  get #now(): number {
    return this.#options.clock.now();
  }

  #wait(): void {
    this.#cancel();
    const { due } = this.#host;
    if (due === null || this.#guests.size === 0) return;
    const { clock } = this.#options;
    this.#cancel = clock.after(Math.max(0, due - this.#now), () => this.#tick());
  }

  #tick(): void {
    const epoch = this.#host.tick(this.#now);
    if (epoch && this.#guests.size > 0) this.#give(epoch);
    this.#wait();
  }

  #give(epoch: Epoch): void {
    const { csid, rv, secret, roster } = epoch;
    const keys = keysOfEpoch(epoch, this.#host.pid);
    this.#options.onKeys(keys);
    this.#sealer.use(keys);
    this.#opener.install(keys, this.#now);
    this.#gaveAt = this.#now;
    for (const { send } of this.guests) send({ t: "epoch", csid, rv, secret, roster: [...roster] });
    wipe(secret);
    const { clock, onChange } = this.#options;
    this.#cancelPatience();
    this.#cancelPatience = clock.after(ACK_PATIENCE_MS, onChange);
    onChange();
  }
}
