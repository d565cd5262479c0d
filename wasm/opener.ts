/** Opens the others' frames (TP1 §2.7). Nothing of a header is used for more than looking up before the tag has verified;
 * no key is tried twice, and what does not open is dropped and counted. */
import { type Bytes, concat } from "../wire/bytes.ts";
import { FRAME_HEADER_BYTES, type FrameHeader, kindOf, readHeader } from "../wire/frame.ts";
import { type KeptSender, Ring } from "./ring.ts";
import type { EpochKeys, Sender } from "./roster.ts";
import { sodium } from "./sodium.ts";
import { Waiting } from "./waiting.ts";

/** A frame whose tag verified. */
export type OpenedFrame = { readonly header: FrameHeader; readonly pid: Bytes; readonly plain: Bytes };

/** Why a frame was dropped. `epoch` ones wait up to a second for their key first. */
export type FrameRefusal = "header" | "epoch" | "slot" | "replay" | "seal" | "kind";

export class Opener {
  readonly #ring = new Ring();
  readonly #waiting = new Waiting();
  readonly #refused = new Map<FrameRefusal, number>();

  /** How many frames were dropped, and why. */
  get refused(): ReadonlyMap<FrameRefusal, number> {
    return this.#refused;
  }

  /** How many data frames of those who are in never came: withheld, or lost with a line. */
  get missed(): number {
    return this.#ring.missed;
  }

  /** Takes the keys of a newer epoch over, and opens what waited for them. */
  install(keys: EpochKeys, now: number): OpenedFrame[] {
    this.#ring.install(keys, now);
    const opened = this.#waiting.take(keys.rv & 255, now).map((frame) => this.open(frame, now));
    return opened.filter((result) => typeof result !== "string");
  }

  /** The frame, or why not. One AEAD at most; one with an unknown epoch is kept for a second (A5). */
  open(frame: Uint8Array, now: number): OpenedFrame | FrameRefusal {
    const result = this.#try(frame, now);
    if (typeof result === "string") this.#refused.set(result, (this.#refused.get(result) ?? 0) + 1);
    return result;
  }

  /** Forgets all keys. */
  close(): void {
    this.#ring.close();
    this.#waiting.close();
  }

  #try(frame: Uint8Array, now: number): OpenedFrame | FrameRefusal {
    const header = readHeader(frame);
    if (header === null) return "header";
    const epoch = this.#ring.find(header.rv, now);
    if (epoch === null) {
      this.#waiting.add(frame, header, now);
      return "epoch";
    }
    const sender = epoch.senders.get(header.slot);
    if (sender === undefined) return "slot";
    const opened = this.#unseal(frame, header, sender);
    if (typeof opened !== "string") this.#ring.spoke(epoch, sender);
    return opened;
  }

  #unseal(frame: Uint8Array, header: FrameHeader, sender: KeptSender): OpenedFrame | FrameRefusal {
    const heard = this.#ring.heardOf(sender, header.stream);
    if (!heard.allows(header.ctr)) return "replay";
    const plain = unsealed(frame, sender);
    if (plain === null) return "seal";
    heard.mark(header.ctr);
    if (kindOf(header.stream) !== header.kind) return "kind";
    return { header, pid: sender.pid, plain };
  }
}

function unsealed(frame: Uint8Array, { key, pid }: Sender): Bytes | null {
  const [header, sealed] = [frame.slice(0, FRAME_HEADER_BYTES), frame.subarray(FRAME_HEADER_BYTES)];
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, header, concat(header, pid), key);
  } catch {
    return null;
  }
}
