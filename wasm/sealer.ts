/** Seals one person's frames (TP1 §2.7, A6). The counters live here and never start again while the pid lives: encoders may
 * restart, epochs may change, no (key, nonce) comes twice. */
import { type Bytes, concat, hex } from "../wire/bytes.ts";
import {
  CTR_MAX,
  FRAME_MAX_BYTES,
  FRAME_OVERHEAD_BYTES,
  kindOf,
  STREAM,
  type Stream,
  writeHeader,
} from "../wire/frame.ts";
import { TP1Error } from "./error.ts";
import type { EpochKeys } from "./roster.ts";
import { sodium, wipe } from "./sodium.ts";

/** What a frame is, besides its stream. */
export type FrameFlags = {
  readonly key?: boolean;
  readonly discardable?: boolean;
  readonly temporal?: number;
  readonly spatial?: number;
};

/** Whose sealer one is, and which of its streams it seals: all of them, unless the streams are shared out between workers. */
export type SealerPlace = {
  readonly pid: Bytes;
  readonly slot: number;
  readonly streams?: readonly Stream[];
};

/** The streams of each pid that had their sealer in this program; a handshake gives a new pid, so none needs a second one.
 * Grows by one pid per handshake, and those are bounded per call (A4). */
const used = new Map<string, Set<Stream>>();

export class Sealer {
  readonly #pid: Bytes;
  readonly #slot: number;
  readonly #streams: ReadonlySet<Stream>;
  readonly #counters = new Map<number, number>();
  #csid: string | null = null;
  #rv = -1;
  #key: Bytes | null = null;

  /** Throws `TP1Error` "state" where one of the streams had a sealer for this pid: a second one would repeat nonces. After a
   * crash: a new handshake. */
  constructor({ pid, slot, streams = Object.values(STREAM) }: SealerPlace) {
    const taken = used.get(hex(pid)) ?? new Set();
    if (streams.some((stream) => taken.has(stream))) throw new TP1Error("state");
    used.set(hex(pid), new Set([...taken, ...streams]));
    this.#pid = pid;
    this.#slot = slot;
    this.#streams = new Set(streams);
  }

  /** Seals under this epoch from now on, and takes its own key over. Throws `TP1Error` "state" on another pid or slot, another
   * page load of the host, and an epoch that is not newer. */
  use({ csid, rv, own }: EpochKeys): void {
    const ours = hex(own.pid) === hex(this.#pid) && own.slot === this.#slot;
    if (!ours || (this.#csid ?? hex(csid)) !== hex(csid) || rv <= this.#rv) throw new TP1Error("state");
    this.stop();
    this.#csid = hex(csid);
    this.#rv = rv;
    this.#key = own.key;
  }

  /** The next frame of `stream`. Throws `TP1Error` "dead" without a key (fail closed), for a stream that is not this sealer's and
   * where the counter is at its end, "size" above 1 MiB; then nothing is counted. */
  seal(stream: Stream, plain: Uint8Array, flags: FrameFlags = {}): Bytes {
    const [key, kind] = [this.#key, kindOf(stream)];
    const ctr = this.#counters.get(stream) ?? 0;
    if (key === null || kind === null || !this.#streams.has(stream) || ctr >= CTR_MAX)
      throw new TP1Error("dead");
    if (plain.length + FRAME_OVERHEAD_BYTES > FRAME_MAX_BYTES) throw new TP1Error("size");
    const { key: whole = false, discardable = false, temporal = 0, spatial = 0 } = flags;
    const place = { slot: this.#slot, stream, rv: this.#rv & 255 };
    const header = writeHeader({ kind, key: whole, discardable, temporal, spatial, ctr, ...place });
    this.#counters.set(stream, ctr + 1);
    const nonce = concat(header, this.#pid);
    return concat(header, sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, header, null, nonce, key));
  }

  /** Forgets the key until the next epoch: stop-send, or the end. The counters stay. */
  stop(): void {
    if (this.#key !== null) wipe(this.#key);
    this.#key = null;
  }
}
