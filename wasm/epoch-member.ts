/** A member's side of group keys (TP1 §2.6, A5, A6): which epochs it accepts. What it accepts becomes keys at once and E is wiped:
 * our own key goes to exactly one sealer, the others' to the opener. */
import { type Bytes, hex } from "../wire/bytes.ts";
import { type Epoch, type EpochKeys, isRosterFor, keysOfEpoch } from "./roster.ts";
import { wipe } from "./sodium.ts";

/** Why an epoch was not taken. */
export type EpochRefusal =
  /** Not newer than the one we have. */
  | "old"
  /** Of another page load of the host, but not over a newer handshake with it; or of one that is closed. */
  | "csid"
  /** Came over a channel that a newer handshake replaced. */
  | "channel"
  /** Double pids or slots, no host, or without us in our slot. */
  | "roster";

/** Our place: `pid` of the newest handshake, `slot` of the admission that came over its channel. */
export type Place = { readonly pid: Bytes; readonly slot: number };

type Current = { readonly csid: string; readonly rv: number; readonly handshake: number };

export class EpochMember {
  readonly #closed = new Set<string>();
  #handshake = 0;
  #place: Place | null = null;
  #current: Current | null = null;

  /** Admitted over the channel of a new handshake; gives the number to pass to `accept` with what comes over that channel. */
  admitted(place: Place): number {
    this.#place = place;
    this.#handshake += 1;
    return this.#handshake;
  }

  /** The keys of an epoch that came over the channel of `handshake`, or why not. Wipes the epoch's secret either way. */
  accept(epoch: Epoch, handshake: number): EpochKeys | EpochRefusal {
    try {
      const place = this.#place;
      if (place === null || handshake !== this.#handshake) return "channel";
      const refusal = this.#judge(epoch, handshake);
      if (refusal !== null) return refusal;
      if (!isRosterFor(epoch.roster, place)) return "roster";
      this.#follow(epoch, handshake);
      return keysOfEpoch(epoch, place.pid);
    } finally {
      wipe(epoch.secret);
    }
  }

  #judge({ csid, rv }: Epoch, handshake: number): EpochRefusal | null {
    const current = this.#current;
    if (current !== null && current.csid === hex(csid)) return rv <= current.rv ? "old" : null;
    const before = current !== null && handshake <= current.handshake;
    return before || this.#closed.has(hex(csid)) ? "csid" : null;
  }

  #follow({ csid, rv }: Epoch, handshake: number): void {
    const name = hex(csid);
    if (this.#current !== null && this.#current.csid !== name) this.#closed.add(this.#current.csid);
    this.#current = { csid: name, rv, handshake };
  }
}
