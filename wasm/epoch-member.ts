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
      return this.#judge(epoch, handshake) ?? this.#take(epoch, handshake);
    } finally {
      wipe(epoch.secret);
    }
  }

  #judge({ csid, rv, roster }: Epoch, handshake: number): EpochRefusal | null {
    const [current, place] = [this.#current, this.#place];
    if (place === null || handshake !== this.#handshake) return "channel";
    if (current !== null && current.csid === hex(csid)) {
      if (rv <= current.rv) return "old";
    } else if (this.#closed.has(hex(csid)) || (current !== null && handshake <= current.handshake)) {
      return "csid";
    }
    return isRosterFor(roster, place) ? null : "roster";
  }

  #take(epoch: Epoch, handshake: number): EpochKeys {
    const csid = hex(epoch.csid);
    if (this.#current !== null && this.#current.csid !== csid) this.#closed.add(this.#current.csid);
    this.#current = { csid, rv: epoch.rv, handshake };
    return keysOfEpoch(epoch, this.#place?.pid ?? epoch.csid);
  }
}
