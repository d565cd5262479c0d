/** An independent reader of sealed frames (TP1 §3.5), on another crypto library and from the text of PROTOCOL.md alone: it shares nothing
 * with the code it checks, not even the reading of a header. For tests. */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { blake2b } from "@noble/hashes/blake2.js";

export const text = (value: string) => new TextEncoder().encode(value);
export const u32 = (n: number) => new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);

export function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** `lv(…)`. */
export function lv(...fields: (string | Uint8Array)[]): Uint8Array {
  const all = fields.map((field) => (typeof field === "string" ? text(field) : field));
  return join(...all.flatMap((field) => [u32(field.length), field]));
}

/** `H(n,key,…)`. */
export function H(n: number, key: Uint8Array | null, ...fields: (string | Uint8Array)[]): Uint8Array {
  return blake2b(lv(...fields), key === null ? { dkLen: n } : { dkLen: n, key });
}

/** What a member of the call was handed: E, and who is in. */
export type ReadableEpoch = {
  readonly csid: Uint8Array;
  readonly rv: number;
  readonly secret: Uint8Array;
  readonly roster: readonly { readonly slot: number; readonly pid: Uint8Array }[];
};

export type ReadFrame = {
  readonly slot: number;
  readonly stream: number;
  readonly rv: number;
  readonly ctr: number;
  readonly plain: Uint8Array;
};

/** The key of this person in this epoch. */
export function keyOf({ secret, csid, rv }: ReadableEpoch, pid: Uint8Array): Uint8Array {
  return H(32, secret, "tp1 sender", csid, u32(rv), pid);
}

/** The plain of a frame. Throws where key or person is another. */
export function openFrame(key: Uint8Array, pid: Uint8Array, frame: Uint8Array): Uint8Array {
  const header = frame.slice(0, 8);
  return xchacha20poly1305(key, join(header, pid), header).decrypt(frame.slice(8));
}

/** Reads whatever of a recording these epochs open. */
export class FrameReader {
  readonly #people = new Map<
    string,
    { readonly key: Uint8Array; readonly pid: Uint8Array; readonly rv: number }
  >();

  constructor(epochs: readonly ReadableEpoch[]) {
    for (const epoch of epochs) {
      for (const { slot, pid } of epoch.roster) {
        const person = { key: keyOf(epoch, pid), pid, rv: epoch.rv };
        this.#people.set(`${epoch.rv & 255} ${slot}`, person);
      }
    }
  }

  /** The frame, or null where none of the epochs opens it. */
  read(frame: Uint8Array): ReadFrame | null {
    const [, place = 0, byte = 0] = frame;
    const [slot, stream] = [place >> 4, place & 15];
    const person = this.#people.get(`${byte} ${slot}`);
    if (person === undefined) return null;
    const ctr = new DataView(frame.buffer, frame.byteOffset, 8).getUint32(4);
    try {
      return { slot, stream, rv: person.rv, ctr, plain: openFrame(person.key, person.pid, frame) };
    } catch {
      return null;
    }
  }
}
