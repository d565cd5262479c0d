/** The client's end of group keys: what the host's epochs make of it (TP1 §2.6). One for each handshake. */
import type { EpochMember } from "../../wasm/epoch-member.ts";
import { Opener } from "../../wasm/opener.ts";
import type { Epoch, EpochKeys } from "../../wasm/roster.ts";
import { Sealer } from "../../wasm/sealer.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { STREAM } from "../../wire/frame.ts";
import type { Clock } from "./clock.ts";
import type { DataKeys, OpenedData } from "./data-line.ts";

export type MemberPlace = { readonly pid: Bytes; readonly slot: number };

export type MemberKeysOptions = {
  readonly clock: Clock;
  readonly member: EpochMember;
  /** The pid of this handshake and the slot of its admission. */
  readonly place: MemberPlace;
  /** False where the host is not proven to be in touch: then nothing is sealed (A3). */
  readonly maySend: () => boolean;
  /** The keys of a new epoch; what is done with them must not change them. */
  readonly onKeys: (keys: EpochKeys) => void;
};

export class MemberKeys implements DataKeys {
  readonly #options: MemberKeysOptions;
  readonly #handshake: number;
  readonly #sealer: Sealer;
  readonly #opener = new Opener();
  #others: readonly number[] = [];
  #hasKey = false;

  /** Throws `TP1Error` "state" on a pid that had its keys. */
  constructor(options: MemberKeysOptions) {
    this.#options = options;
    this.#sealer = new Sealer({ ...options.place, streams: [STREAM.data] });
    this.#handshake = options.member.admitted(options.place);
  }

  /** Takes an epoch over; false where it is not one for us. Its secret is wiped either way. */
  accept(epoch: Epoch): boolean {
    const { clock, member, onKeys } = this.#options;
    const keys = member.accept(epoch, this.#handshake);
    if (typeof keys === "string") return false;
    this.#others = keys.others.map(({ slot }) => slot);
    onKeys(keys);
    this.#sealer.use(keys);
    this.#opener.install(keys, clock.now());
    this.#hasKey = true;
    return true;
  }

  others(): readonly number[] {
    return this.#others;
  }

  isReady(): boolean {
    return this.#hasKey && this.#options.maySend();
  }

  seal(plain: Uint8Array): Bytes | null {
    return this.isReady() ? this.#sealer.seal(STREAM.data, plain) : null;
  }

  open(frame: Uint8Array): OpenedData | null {
    return openedData(this.#opener, frame, this.#options.clock.now());
  }

  /** Forgets all keys. */
  close(): void {
    this.#hasKey = false;
    this.#others = [];
    this.#sealer.stop();
    this.#opener.close();
  }
}

/** What a frame of stream 15 says, null for any other and for what does not open. */
export function openedData(opener: Opener, frame: Uint8Array, now: number): OpenedData | null {
  const opened = opener.open(frame, now);
  if (typeof opened === "string" || opened.header.stream !== STREAM.data) return null;
  return { plain: opened.plain, slot: opened.header.slot };
}
