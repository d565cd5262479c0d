/** Chat and files of a call over the server: the data frames of the relay plane, in the shape of a data channel. */
import type { Bytes } from "../../wire/bytes.ts";
import { DATA_FRAME_MAX_BYTES } from "../../wire/data.ts";
import type { DataChannel } from "./data-line.ts";

/** How often a full line is asked again. Higher: a file is slower. Lower: wake-ups for nothing. */
export const ROOM_MS = 50;

export type RelayChannelParts = {
  readonly send: (frame: Bytes) => boolean;
  readonly after: (milliseconds: number, run: () => void) => () => void;
};

export class RelayChannel extends EventTarget implements DataChannel {
  readonly #parts: RelayChannelParts;
  #isOpen = false;
  #full: Bytes | null = null;
  #cancel: () => void = () => undefined;
  binaryType: BinaryType = "arraybuffer";
  bufferedAmountLowThreshold = 0;

  constructor(parts: RelayChannelParts) {
    super();
    this.#parts = parts;
  }

  get readyState(): RTCDataChannelState {
    return this.#isOpen ? "open" : "connecting";
  }

  /** One frame that the line did not take counts as a full buffer: nothing more is sealed before it went. */
  get bufferedAmount(): number {
    return this.#full ? 4 * DATA_FRAME_MAX_BYTES : 0;
  }

  /** The line has opened, or is away. */
  setOpen(open: boolean): void {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    if (open) this.#retry();
    this.dispatchEvent(new Event(open ? "open" : "bufferedamountlow"));
  }

  send(frame: Bytes): void {
    if (this.#parts.send(frame)) return;
    this.#full = frame;
    this.#cancel = this.#parts.after(ROOM_MS, () => this.#retry());
  }

  /** A frame has come. */
  receive(frame: Bytes): void {
    this.dispatchEvent(new MessageEvent("message", { data: frame.slice().buffer }));
  }

  close(): void {
    this.#cancel();
    this.#isOpen = false;
    this.#full = null;
    this.dispatchEvent(new Event("close"));
  }

  #retry(): void {
    this.#cancel();
    if (!this.#full || !this.#isOpen) return;
    if (!this.#parts.send(this.#full)) {
      this.#cancel = this.#parts.after(ROOM_MS, () => this.#retry());
      return;
    }
    this.#full = null;
    this.dispatchEvent(new Event("bufferedamountlow"));
  }
}
