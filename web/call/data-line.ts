/** Stream 15 of a direct call: sealed frames over one ordered data channel. Lives as long as the call; connections and keys
 * come and go under it. What is too large, does not open or is no message is dropped and counted. */
import { sodium } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import {
  DATA_BLOCK_BYTES,
  DATA_FRAME_MAX_BYTES,
  type DataMessage,
  decodeData,
  encodeData,
} from "../../wire/data.ts";
import { type Readable, Value } from "./value.ts";

/** Higher: a text waits longer behind a file, and more is sealed under a key that is about to go. Lower: a file is slower. */
export const BUFFER_MAX_BYTES = 2 * DATA_FRAME_MAX_BYTES;

/** What somebody in the call said, and in which slot it sits. */
export type OpenedData = { readonly plain: Bytes; readonly slot: number };

/** What seals and opens; null where it may not, or does not. */
export interface DataKeys {
  seal(plain: Uint8Array): Bytes | null;
  open(frame: Uint8Array): OpenedData | null;
  /** Slots of the others that are in. */
  others(): readonly number[];
  /** True where `seal` would seal. */
  isReady(): boolean;
}

/** What we need of an RTCDataChannel. */
export type DataChannel = Pick<
  RTCDataChannel,
  "readyState" | "bufferedAmount" | "bufferedAmountLowThreshold" | "binaryType" | "addEventListener"
> & { send(data: Bytes): void };

export class DataLine {
  readonly #onMessage: (message: DataMessage, slot: number) => void;
  readonly #onRoom: () => void;
  readonly #isOpen = new Value(false);
  #channel: DataChannel | null = null;
  #keys: DataKeys | null = null;
  #dropped = 0;

  /** `onRoom` is called whenever `send` may have become possible again. */
  constructor(onMessage: (message: DataMessage, slot: number) => void, onRoom: () => void) {
    this.#onMessage = onMessage;
    this.#onRoom = onRoom;
  }

  /** How many frames were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Slots of the others that are in. */
  others(): readonly number[] {
    return this.#keys?.others() ?? [];
  }

  /** True where messages go through now. */
  get isOpen(): Readable<boolean> {
    return this.#isOpen;
  }

  /** Talks over this channel from now on, and no longer over the one before. */
  attach(channel: DataChannel): void {
    this.#channel = channel;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = DATA_FRAME_MAX_BYTES;
    channel.addEventListener("open", () => this.refresh());
    channel.addEventListener("close", () => this.refresh());
    channel.addEventListener("bufferedamountlow", () => this.refresh());
    channel.addEventListener("message", ({ data }: MessageEvent) => this.#receive(channel, data));
    this.refresh();
  }

  /** True while this is the channel we talk over. */
  isAttached(channel: DataChannel): boolean {
    return channel === this.#channel;
  }

  /** Seals under these keys from now on; null: under none. */
  use(keys: DataKeys | null): void {
    this.#keys = keys;
    this.refresh();
  }

  /** Looks anew whether messages go through: keys or channel have changed. */
  refresh(): void {
    this.#isOpen.set(this.#channel?.readyState === "open" && this.#keys?.isReady() === true);
    if (this.#isOpen.get()) this.#onRoom();
  }

  /** Seals and sends. False where it does not go now; then nothing was counted and the caller may come again on `onRoom`. */
  send(message: DataMessage): boolean {
    const [channel, keys] = [this.#channel, this.#keys];
    if (channel?.readyState !== "open" || !keys) return false;
    const plain = sodium.pad(encodeData(message), DATA_BLOCK_BYTES);
    const size = plain.length + DATA_BLOCK_BYTES;
    if (channel.bufferedAmount + size > BUFFER_MAX_BYTES + DATA_BLOCK_BYTES) return false;
    const frame = keys.seal(plain);
    if (frame === null) return false;
    channel.send(frame);
    return true;
  }

  /** The connection is gone: nothing goes out or is heard until the next `attach`. */
  detach(): void {
    this.#channel = null;
    this.refresh();
  }

  #receive(channel: DataChannel, data: unknown): void {
    if (channel !== this.#channel) return;
    const opened = this.#opened(data);
    const message = opened && messageOf(opened.plain);
    if (message) this.#onMessage(message, opened.slot);
    else this.#dropped += 1;
  }

  #opened(data: unknown): OpenedData | null {
    if (!(data instanceof ArrayBuffer) || data.byteLength > DATA_FRAME_MAX_BYTES) return null;
    return this.#keys?.open(new Uint8Array(data)) ?? null;
  }
}

function messageOf(padded: Bytes): DataMessage | undefined {
  try {
    return decodeData(sodium.unpad(padded, DATA_BLOCK_BYTES));
  } catch {
    return undefined;
  }
}
