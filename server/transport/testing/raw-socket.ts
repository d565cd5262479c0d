/** A WebSocket client by hand, for tests: unlike the platform's it can stop reading, and send what no client should. */
import { connect, type Socket } from "node:net";
import { type Bytes, concat } from "../../../wire/bytes.ts";

const BINARY = 2;
const CLOSE = 8;

export class RawSocket {
  readonly got: Bytes[] = [];
  /** What the server closed it with; 1006 where the line just ended. */
  code: number | null = null;
  readonly #tcp: Socket;
  readonly #changed: () => void;
  #rest: Bytes = new Uint8Array();
  #isOpen = false;

  /** Asks for `path`; `changed` is called whenever something was heard. */
  constructor(port: number, path: string, headers: Record<string, string>, changed: () => void) {
    this.#changed = changed;
    this.#tcp = connect(port, "127.0.0.1");
    const all = {
      Host: "praxis.test",
      Upgrade: "websocket",
      Connection: "Upgrade",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#tcp.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    this.#tcp.on("data", (piece) => piece instanceof Uint8Array && this.#received(piece));
    this.#tcp.on("error", () => undefined);
    this.#tcp.on("close", () => this.#closed(1006));
  }

  /** The status that the request was answered with, once it is: 101 is an open socket. */
  status: number | null = null;

  /** Sends one message. */
  send(item: Uint8Array, opcode = BINARY): void {
    const long = item.length > 65_535;
    const head = new Uint8Array(long ? 14 : item.length > 125 ? 8 : 6);
    const view = new DataView(head.buffer);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (long ? 127 : item.length > 125 ? 126 : item.length);
    if (long) view.setBigUint64(2, BigInt(item.length));
    else if (item.length > 125) view.setUint16(2, item.length);
    // the last four bytes are the mask: zero, so the payload goes as it is
    this.#tcp.write(concat(head, item));
  }

  /** Sends bytes that may be no frame. */
  sendRaw(bytes: Uint8Array): void {
    this.#tcp.write(bytes);
  }

  close(code: number): void {
    this.send(new Uint8Array([code >> 8, code & 255]), CLOSE);
  }

  /** The line ends without a word. */
  destroy(): void {
    this.#tcp.destroy();
  }

  pause(): void {
    this.#tcp.pause();
  }

  resume(): void {
    this.#tcp.resume();
  }

  #received(piece: Uint8Array): void {
    this.#rest = concat(this.#rest, piece);
    if (!this.#isOpen && !this.#readHead()) return;
    while (this.#readFrame());
    this.#changed();
  }

  #readHead(): boolean {
    const text = new TextDecoder("latin1").decode(this.#rest.subarray(0, 4096));
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return false;
    this.status = Number(text.slice(9, 12));
    this.#rest = this.#rest.slice(end + 4);
    this.#isOpen = this.status === 101;
    this.#changed();
    return this.#isOpen;
  }

  #readFrame(): boolean {
    const rest = this.#rest;
    const [first = 0, short = 0] = rest;
    const view = new DataView(rest.buffer, rest.byteOffset);
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.length < head) return false;
    const size = short === 127 ? Number(view.getBigUint64(2)) : short === 126 ? view.getUint16(2) : short;
    if (rest.length < head + size) return false;
    const payload = rest.slice(head, head + size);
    this.#rest = rest.subarray(head + size);
    if ((first & 15) === BINARY) this.got.push(payload);
    if ((first & 15) === CLOSE) this.#closed(size >= 2 ? (payload[0] ?? 0) * 256 + (payload[1] ?? 0) : 1005);
    return true;
  }

  #closed(code: number): void {
    this.code ??= code;
    this.#tcp.end();
    this.#changed();
  }
}
