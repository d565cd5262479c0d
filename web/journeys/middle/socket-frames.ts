/** The frames of RFC 6455 as whoever sits in the middle of a connection needs them: whole messages out of bytes, and bytes out of
 * messages. No extensions: the middle has them not negotiated. Pure. */

const FIN = 0x80;
const MASKED = 0x80;
const CONTINUED = 0;
/** From here on opcodes are control frames, which may stand between the parts of a message. */
const CONTROL = 8;
export const BINARY = 2;

export type SocketMessage = { readonly opcode: number; readonly payload: Buffer };

/** Takes the bytes of one direction as they come. */
export class SocketFrames {
  #bytes: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #opcode = BINARY;

  /** The messages that are whole now. */
  take(chunk: Buffer): SocketMessage[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const messages: SocketMessage[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) {
      const message = this.#whole(frame.first, frame.payload);
      if (message) messages.push(message);
    }
    return messages;
  }

  #whole(first: number, payload: Buffer): SocketMessage | null {
    const opcode = first & 15;
    if (opcode >= CONTROL) return { opcode, payload };
    if (opcode !== CONTINUED) this.#opcode = opcode;
    this.#parts.push(payload);
    if ((first & FIN) === 0) return null;
    return { opcode: this.#opcode, payload: Buffer.concat(this.#parts.splice(0)) };
  }

  #next(): { first: number; payload: Buffer } | null {
    const bytes = this.#bytes;
    if (bytes.length < 2) return null;
    const [first = 0, second = 0] = bytes;
    const short = second & 127;
    const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + ((second & MASKED) === 0 ? 0 : 4);
    if (bytes.length < start) return null;
    const length =
      short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < start + length) return null;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    if ((second & MASKED) !== 0) {
      const mask = bytes.subarray(start - 4, start);
      for (let i = 0; i < length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0);
    }
    this.#bytes = bytes.subarray(start + length);
    return { first, payload };
  }
}

/** The bytes of one message. What goes to a server is masked, here by zeros. */
export function socketFrame({ opcode, payload }: SocketMessage, masked: boolean): Buffer {
  const mask = masked ? MASKED : 0;
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([FIN | opcode, mask | length])
      : length < 65_536
        ? Buffer.from([FIN | opcode, mask | 126, length >> 8, length & 255])
        : Buffer.from([
            FIN | opcode,
            mask | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            length >>> 16,
            length >>> 8,
            length,
          ]);
  return Buffer.concat([head, Buffer.alloc(masked ? 4 : 0), payload]);
}
