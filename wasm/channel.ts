/** The sealed channel (TP1 §2.4): one libsodium secretstream per direction, strictly in order; any failure ends it for good. */
import type { Bytes } from "../wire/bytes.ts";
import { RELAY_MAX_BYTES } from "../wire/signal.ts";
import { TP1Error } from "./error.ts";
import { type StreamState, sodium } from "./sodium.ts";

/** `rekey` ratchets the direction after this message; `final` is the last one, its absence means "connection cut". */
export type ChannelTag = "message" | "rekey" | "final";
/** An opened message. */
export type Opened = { readonly payload: Bytes; readonly tag: ChannelTag };

/** Higher: sizes tell less, small messages cost more. Lower: lengths of names and labels show through the seal. */
const BLOCK_BYTES = 64;
/** One tag byte and the Poly1305 tag. */
const SEAL_BYTES = 17;
const STATE_BYTES = 52;
/** A sealed message travels in `relay.data` behind one byte that names its kind. */
export const SEALED_MAX_BYTES = RELAY_MAX_BYTES - 1;
/** Largest payload: padding adds at least one byte and fills whole blocks. */
export const PAYLOAD_MAX_BYTES = Math.floor((SEALED_MAX_BYTES - SEAL_BYTES) / BLOCK_BYTES) * BLOCK_BYTES - 1;

/** Our half: the state and the 24 B header the other side needs. */
export type SendHalf = { readonly state: StreamState; readonly header: Bytes };

/** Starts our direction under `key` (32 B). The caller wipes the key. */
export function startSending(key: Uint8Array): SendHalf {
  return sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
}

/** Starts the other direction from the header that came with the handshake. */
export function startReceiving(header: Uint8Array, key: Uint8Array): StreamState {
  return sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
}

/** Overwrites and frees a state; libsodium's wrapper does neither. The address must not be used again. */
export function freeStream(state: StreamState): void {
  sodium.libsodium.HEAPU8.fill(0, state, state + STATE_BYTES);
  sodium.libsodium._free(state);
}

/** Both directions of one handshake's channel. */
export class Channel {
  #send: StreamState | null;
  #receive: StreamState | null;
  #heardFinal = false;
  #saidFinal = false;

  /** Owns both states from here on. */
  constructor(send: StreamState, receive: StreamState) {
    this.#send = send;
    this.#receive = receive;
  }

  /** False after `close`, or after a message that did not open: only a new handshake helps then. */
  get alive(): boolean {
    return this.#send !== null;
  }

  /** The other side said goodbye; a line that ends without it was cut. */
  get heardFinal(): boolean {
    return this.#heardFinal;
  }

  /** The next sealed message. `payload` ≤ `PAYLOAD_MAX_BYTES`, else `TP1Error` "size" and the channel lives on;
   * "dead" after the end or after `final`. Sealed messages must be delivered all and in order. */
  seal(payload: Uint8Array, tag: ChannelTag = "message"): Bytes {
    if (this.#send === null || this.#saidFinal) throw new TP1Error("dead");
    if (payload.length > PAYLOAD_MAX_BYTES) throw new TP1Error("size");
    this.#saidFinal = tag === "final";
    const padded = sodium.pad(payload, BLOCK_BYTES);
    return sodium.crypto_secretstream_xchacha20poly1305_push(this.#send, padded, null, numberOf(tag));
  }

  /** The payload of the next sealed message. Throws `TP1Error` "channel" on anything else and is dead from then on. */
  open(sealed: Uint8Array): Opened {
    if (this.#receive === null) throw new TP1Error("dead");
    const opened = this.#heardFinal ? null : pull(this.#receive, sealed);
    if (opened === null) {
      this.close();
      throw new TP1Error("channel");
    }
    this.#heardFinal = opened.tag === "final";
    return opened;
  }

  /** Forgets the keys. May be called twice. */
  close(): void {
    if (this.#send !== null) freeStream(this.#send);
    if (this.#receive !== null) freeStream(this.#receive);
    this.#send = null;
    this.#receive = null;
  }
}

function pull(state: StreamState, sealed: Uint8Array): Opened | null {
  if (sealed.length < SEAL_BYTES || sealed.length > SEALED_MAX_BYTES) return null;
  const got = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, null);
  if (got === false) return null;
  const tag = tagOf(got.tag);
  const payload = unpadded(got.message);
  return tag === null || payload === null ? null : { payload, tag };
}

function unpadded(padded: Bytes): Bytes | null {
  try {
    return sodium.unpad(padded, BLOCK_BYTES);
  } catch {
    return null;
  }
}

function numberOf(tag: ChannelTag): number {
  if (tag === "rekey") return sodium.crypto_secretstream_xchacha20poly1305_TAG_REKEY;
  if (tag === "final") return sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
}

const TAGS: readonly ChannelTag[] = ["message", "rekey", "final"];

function tagOf(value: number): ChannelTag | null {
  return TAGS.find((tag) => numberOf(tag) === value) ?? null;
}
