/** The client's end of group keys in a direct call: what the host's epochs make of it (TP1 §2.6). One for each handshake. */
import { EPOCH_OLD_MS } from "../../wasm/beats.ts";
import type { EpochMember } from "../../wasm/epoch-member.ts";
import { Opener } from "../../wasm/opener.ts";
import type { Epoch } from "../../wasm/roster.ts";
import { Sealer } from "../../wasm/sealer.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { STREAM } from "../../wire/frame.ts";
import type { Clock } from "./clock.ts";
import type { DataKeys } from "./data-line.ts";

export type MemberPlace = { readonly pid: Bytes; readonly slot: number };

export class MemberKeys implements DataKeys {
  readonly #clock: Clock;
  readonly #member: EpochMember;
  readonly #handshake: number;
  readonly #sealer: Sealer;
  readonly #opener = new Opener();
  #epochAt: number | null = null;

  /** `place`: the pid of this handshake and the slot of its admission. Throws `TP1Error` "state" on a pid that had its keys. */
  constructor(clock: Clock, member: EpochMember, place: MemberPlace) {
    this.#clock = clock;
    this.#member = member;
    this.#sealer = new Sealer(place);
    this.#handshake = member.admitted(place);
  }

  /** Takes an epoch over; false where it is not one for us. Its secret is wiped either way. */
  accept(epoch: Epoch): boolean {
    const keys = this.#member.accept(epoch, this.#handshake);
    if (typeof keys === "string") return false;
    const now = this.#clock.now();
    this.#sealer.use(keys);
    this.#opener.install(keys, now);
    this.#epochAt = now;
    return true;
  }

  /** Without a fresh epoch for 11 min nothing goes out: the host is not in touch (A3). */
  isReady(): boolean {
    return this.#epochAt !== null && this.#clock.now() - this.#epochAt <= EPOCH_OLD_MS;
  }

  seal(plain: Uint8Array): Bytes | null {
    return this.isReady() ? this.#sealer.seal(STREAM.data, plain) : null;
  }

  open(frame: Uint8Array): Bytes | null {
    return openedData(this.#opener, frame, this.#clock.now());
  }

  /** Forgets all keys. */
  close(): void {
    this.#epochAt = null;
    this.#sealer.stop();
    this.#opener.close();
  }
}

/** The plain bytes of a frame of stream 15, null for any other and for what does not open. */
export function openedData(opener: Opener, frame: Uint8Array, now: number): Bytes | null {
  const opened = opener.open(frame, now);
  return typeof opened !== "string" && opened.header.stream === STREAM.data ? opened.plain : null;
}
