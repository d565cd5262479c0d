/** How items lie on QUIC (PROTOCOL.md "Relay"): on a stream `u32be length ‖ item`, in a datagram one or more `u16be length ‖ item`.
 * On a WebSocket a message is an item, so nothing of this is needed there. */
import { type Bytes, concat } from "./bytes.ts";
import { FRAME_MAX_BYTES } from "./frame.ts";

/** Higher: more than a browser sends on a usual path (Chromium 1,211 B), so datagrams vanish. Lower: three sound frames no longer fit. */
export const DATAGRAM_MAX_BYTES = 1100;
const LONG = 4;
const SHORT = 2;
/** Pieces that are kept as they came before they are joined. Higher: a stream that comes byte by byte costs more memory. Lower: such a
 * stream costs more copying. */
const PIECES_MAX = 1024;

/** The item with its length in front, for a stream. */
export function onStream(item: Uint8Array): Bytes {
  const out = new Uint8Array(LONG + item.length);
  new DataView(out.buffer).setUint32(0, item.length);
  out.set(item, LONG);
  return out;
}

/** The items as datagrams, in their order, as many in each as fit. `tooLong`: those that fit in none. */
export function inDatagrams(items: readonly Uint8Array[]): { datagrams: Bytes[]; tooLong: number } {
  const groups: Uint8Array[][] = [];
  let left = 0;
  let tooLong = 0;
  for (const item of items) {
    const size = SHORT + item.length;
    if (size > DATAGRAM_MAX_BYTES) tooLong += 1;
    else if (size <= left) {
      groups.at(-1)?.push(withLength(item));
      left -= size;
    } else {
      groups.push([withLength(item)]);
      left = DATAGRAM_MAX_BYTES - size;
    }
  }
  return { datagrams: groups.map((parts) => concat(...parts)), tooLong };
}

function withLength(item: Uint8Array): Bytes {
  return concat(new Uint8Array([item.length >> 8, item.length]), item);
}

/** The items of a datagram, or `undefined` where it is too long or is none. */
export function ofDatagram(datagram: Uint8Array): Bytes[] | undefined {
  if (datagram.length > DATAGRAM_MAX_BYTES) return undefined;
  const items: Bytes[] = [];
  for (let at = 0; at < datagram.length; ) {
    const [high, low] = [datagram[at], datagram[at + 1]];
    if (high === undefined || low === undefined) return undefined;
    const end = at + SHORT + high * 256 + low;
    if (end > datagram.length || end === at + SHORT) return undefined;
    items.push(Uint8Array.from(datagram.subarray(at + SHORT, end)));
    at = end;
  }
  return items;
}

/** Cuts what a stream brings into items, whatever pieces it comes in. */
export class Cutter {
  #parts: Uint8Array[] = [];
  #length = 0;

  /** The items that are whole now; `undefined` where one is empty or longer than any frame: the stream is to be given up. */
  push(piece: Uint8Array): Bytes[] | undefined {
    this.#parts.push(piece);
    this.#length += piece.length;
    if (this.#parts.length > PIECES_MAX) this.#join();
    const items: Bytes[] = [];
    for (let want = this.#want(); want !== null; want = this.#want()) {
      if (want === 0 || want > FRAME_MAX_BYTES) return undefined;
      if (this.#length < LONG + want) break;
      items.push(this.#take(LONG + want).slice(LONG) as Bytes);
    }
    return items;
  }

  /** Bytes that wait for the rest of their item. */
  get held(): number {
    return this.#length;
  }

  #want(): number | null {
    if (this.#length < LONG) return null;
    const first = this.#parts[0];
    const head = first !== undefined && first.length >= LONG ? first : this.#join();
    return new DataView(head.buffer, head.byteOffset).getUint32(0);
  }

  #take(bytes: number): Uint8Array {
    const all = this.#join();
    this.#parts = all.length === bytes ? [] : [all.subarray(bytes)];
    this.#length -= bytes;
    return all.subarray(0, bytes);
  }

  #join(): Uint8Array {
    const [only] = this.#parts;
    const all = this.#parts.length === 1 && only !== undefined ? only : concat(...this.#parts);
    this.#parts = [all];
    return all;
  }
}
