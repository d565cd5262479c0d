/** One file on its way, out or in (TP1 §2.9): pieces in order, at most 20 MB, and at the end the hash of all of it. */
import { hash } from "../../wasm/hash.ts";
import { randomBytes } from "../../wasm/sodium.ts";
import { type Bytes, concat, sameBytes } from "../../wire/bytes.ts";
import { type DataMessage, FILE_NAME_MAX, PIECE_BYTES } from "../../wire/data.ts";

const ID_BYTES = 8;
/** Of a name that is too long, so much of its end stays. */
const ENDING = 16;
/** A fresh id of a text or a file, 8 B. */
export const newDataId = (): Bytes => randomBytes(ID_BYTES);
const hashOf = (bytes: Bytes) => hash(32, null, "tp1 file", bytes);

/** A file that we send. */
export class OutgoingFile {
  readonly id = newDataId();
  readonly name: string;
  readonly #bytes: Bytes;
  #readers: Set<number> | null = null;
  #allWhole = true;
  /** Somebody has all of it. */
  #arrived = false;
  #at = -1;
  #ended = false;

  /** `bytes`: at most `FILE_MAX_BYTES`. */
  constructor(name: string, bytes: Bytes) {
    this.name = safeName(name);
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  /** Bytes handed over so far. */
  get sent(): number {
    return Math.max(0, this.#at);
  }

  /** Who is to get it: whoever was in when it began. */
  isFor(slots: readonly number[]): void {
    this.#readers ??= new Set(slots);
  }

  /** What one of them made of it: `stopped` counts neither way. Says how it ended for all, null while others are still at it. */
  answered(
    slot: number,
    how: "whole" | "broken" | "stopped",
    here: readonly number[],
  ): "whole" | "broken" | "stopped" | null {
    this.#readers?.delete(slot);
    if (how === "broken") this.#allWhole = false;
    if (how === "whole") this.#arrived = true;
    if ([...(this.#readers ?? [])].some((reader) => here.includes(reader))) return null;
    if (!this.#allWhole) return "broken";
    return how === "stopped" && !this.#ended ? "stopped" : "whole";
  }

  /** How it ended where nobody who is still to get it is here any more, null while somebody is. */
  left(here: readonly number[]): "whole" | "broken" | null {
    if (this.#readers === null || [...this.#readers].some((reader) => here.includes(reader))) return null;
    return this.#arrived && this.#allWhole ? "whole" : "broken";
  }

  /** Hands over as much as `send` takes. */
  pump(send: (message: DataMessage) => boolean): void {
    if (this.#at < 0 && !this.#begin(send)) return;
    while (this.#at < this.size) {
      const bytes = this.#bytes.subarray(this.#at, this.#at + PIECE_BYTES);
      if (!send({ t: "piece", id: this.id, bytes })) return;
      this.#at += bytes.length;
    }
    if (!this.#ended) this.#ended = send({ t: "end", id: this.id });
  }

  #begin(send: (message: DataMessage) => boolean): boolean {
    const { id, name, size } = this;
    if (!send({ t: "file", id, name, size, hash: hashOf(this.#bytes) })) return false;
    this.#at = 0;
    return true;
  }
}

/** A file that comes. Nothing of it is shown or kept before the hash of all fits. */
export class IncomingFile {
  readonly id: Bytes;
  readonly name: string;
  readonly size: number;
  readonly #hash: Bytes;
  #pieces: Bytes[] = [];
  #got = 0;

  constructor({ id, name, size, hash: wanted }: Extract<DataMessage, { t: "file" }>) {
    this.id = id;
    this.name = safeName(name);
    this.size = size;
    this.#hash = wanted;
  }

  /** Bytes so far. */
  get got(): number {
    return this.#got;
  }

  /** False where it is more than was said: then the file is no good. */
  take(bytes: Bytes): boolean {
    if (this.#got + bytes.length > this.size) return false;
    this.#pieces.push(bytes);
    this.#got += bytes.length;
    return true;
  }

  /** All of it, or null where something is missing or other than was said. */
  finish(): Bytes | null {
    const bytes = concat(...this.#pieces);
    this.#pieces = [];
    return bytes.length === this.size && sameBytes(hashOf(bytes), this.#hash) ? bytes : null;
  }
}

/** A name to save under: no folder, nothing that hides its ending or turns the writing around, never empty. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"|?*]/gu, "").trim();
  const visible = plain.replace(/^\.+/, "");
  if (visible.length <= FILE_NAME_MAX) return visible || "datei";
  return visible.slice(0, FILE_NAME_MAX - ENDING) + visible.slice(-ENDING);
}
