/** The epochs a receiver still opens (A5): those of the last two seconds, and those of the host's page before its reload until
 * everybody was heard in the new one. */
import { hex } from "../wire/bytes.ts";
import { STREAM } from "../wire/frame.ts";
import { type Heard, ReplayWindow, Upwards } from "./replay.ts";
import type { EpochKeys, Sender } from "./roster.ts";
import { wipe } from "./sodium.ts";

/** Higher: a removed person's last frames are playable longer. Lower: frames of a slow way arrive after their key is gone. */
const KEEP_MS = 2_000;
/** The same after a reload of the host. */
const KEEP_OLD_HOST_MS = 5_000;
/** Higher: more keys in memory. Lower: a burst of epochs drops one that is still in use. */
const KEEP_MAX = 8;

/** A sender in one epoch: `id` is the pid as text, `heard` what came of each stream under this epoch's key. */
export type KeptSender = Sender & { readonly id: string; readonly heard: Map<number, Heard> };

export type KeptEpoch = {
  readonly csid: string;
  readonly rv: number;
  readonly senders: ReadonlyMap<number, KeptSender>;
  /** When a newer one replaced it; `null` while it is the newest. */
  replacedAt: number | null;
};

export class Ring {
  /** Newest first. */
  #kept: KeptEpoch[] = [];
  /** Data streams, which go on from one epoch to the next: by pid, as long as an epoch is kept that the pid is in. Whoever has left
   * is heard for two seconds more, and nothing of it twice. */
  readonly #order = new Map<string, Upwards>();
  /** Who was not heard under the newest epoch yet. */
  readonly #silent = new Set<string>();

  /** Takes the others' keys over; our own is not its business. */
  install({ csid, rv, others }: EpochKeys, now: number): void {
    const [before] = this.#kept;
    if (before !== undefined) before.replacedAt = now;
    const senders = others.map((sender) => ({ ...sender, id: hex(sender.pid), heard: new Map() }));
    const bySlot = new Map(senders.map((sender) => [sender.slot, sender]));
    this.#kept.unshift({ csid: hex(csid), rv, senders: bySlot, replacedAt: null });
    this.#followOrder(senders, before?.csid !== hex(csid));
    this.#silent.clear();
    for (const { id } of senders) this.#silent.add(id);
    this.#prune(now);
  }

  /** The newest kept epoch with this byte. Never a second one: there is no trial decryption. */
  find(byte: number, now: number): KeptEpoch | null {
    this.#prune(now);
    return this.#kept.find(({ rv }) => (rv & 255) === byte) ?? null;
  }

  /** What was heard of a sender's stream: per epoch, but for data, which counts on over all of them. */
  heardOf({ id, heard }: KeptSender, stream: number): Heard {
    if (stream === STREAM.data) return this.#order.get(id) ?? NOTHING;
    const known = heard.get(stream) ?? new ReplayWindow();
    heard.set(stream, known);
    return known;
  }

  /** How many data frames of those who are in did not come. */
  get missed(): number {
    return [...this.#order.values()].reduce((sum, { missed }) => sum + missed, 0);
  }

  /** A frame of this sender opened under that epoch. */
  spoke(epoch: KeptEpoch, { id }: KeptSender): void {
    if (epoch.replacedAt === null) this.#silent.delete(id);
  }

  /** Forgets all keys. */
  close(): void {
    for (const epoch of this.#kept) forget(epoch);
    this.#kept = [];
    this.#order.clear();
  }

  /** `first`: the others may have sent data before we came; whoever comes later starts at 0. */
  #followOrder(senders: readonly KeptSender[], first: boolean): void {
    for (const { id } of senders) {
      if (!this.#order.has(id)) this.#order.set(id, new Upwards(first ? null : 0));
    }
  }

  #prune(now: number): void {
    const newest = this.#kept[0]?.csid;
    const stays = (epoch: KeptEpoch, at: number) => {
      if (epoch.replacedAt === null) return true;
      if (at >= KEEP_MAX) return false;
      if (epoch.csid === newest) return now - epoch.replacedAt <= KEEP_MS;
      return now - epoch.replacedAt <= KEEP_OLD_HOST_MS && this.#silent.size > 0;
    };
    const gone = this.#kept.filter((epoch, at) => !stays(epoch, at));
    if (gone.length === 0) return;
    for (const epoch of gone) forget(epoch);
    this.#kept = this.#kept.filter((epoch) => !gone.includes(epoch));
    const known = new Set(this.#kept.flatMap(({ senders }) => [...senders.values()].map(({ id }) => id)));
    for (const id of this.#order.keys()) if (!known.has(id)) this.#order.delete(id);
  }
}

/** No counter gets there: fails closed. */
const NOTHING = new Upwards(Number.POSITIVE_INFINITY);

function forget({ senders }: KeptEpoch): void {
  for (const { key } of senders.values()) wipe(key);
}
