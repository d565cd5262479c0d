/** Everything between the browsers and the product goes through here, byte for byte (node's own sockets, since the runner of journeys may
 * be either program). Connections that become WebSockets are read message by message; whoever listens may change, hold back or add. */
import { connect, createServer, type Socket } from "node:net";
import { BINARY, SocketFrames, type SocketMessage, socketFrame } from "./socket-frames.ts";

export type Towards = "server" | "page";
/** What is handed on instead of a message. */
export type Told = (line: Line, message: Buffer, towards: Towards) => readonly Uint8Array[];

/** One WebSocket of a page. */
export class Line {
  readonly url: URL;
  readonly #page: Socket;
  readonly #server: Socket;

  constructor(url: URL, page: Socket, server: Socket) {
    this.url = url;
    this.#page = page;
    this.#server = server;
  }

  get isOpen(): boolean {
    return !this.#page.destroyed && !this.#server.destroyed;
  }

  /** Says this as if the other end had. */
  say(towards: Towards, payload: Uint8Array): void {
    this.pass(towards, { opcode: BINARY, payload: Buffer.from(payload) });
  }

  pass(towards: Towards, message: SocketMessage): void {
    const to = towards === "page" ? this.#page : this.#server;
    if (!to.destroyed) to.write(socketFrame(message, towards === "server"));
  }
}

const HEAD_END = "\r\n\r\n";

/** Listens on `port` for whoever wants to the product on `behind`. */
export function sitBetween(port: number, behind: () => number, told: Told): Promise<{ close(): void }> {
  const open = new Set<Socket>();
  const server = createServer((page) => {
    const product = connect(behind(), "127.0.0.1");
    for (const socket of [page, product]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        open.delete(socket);
        page.destroy();
        product.destroy();
      });
    }
    begin(page, product, told);
  });
  const close = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve({ close })));
}

/** The head of the first request says what the connection is for. */
function begin(page: Socket, product: Socket, told: Told): void {
  let bytes = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return;
    page.off("data", take);
    const head = bytes.subarray(0, end).toString("latin1");
    if (/\r\nupgrade: *websocket/i.test(head)) {
      // what is compressed could not be read
      product.write(`${head.replace(/\r\nsec-websocket-extensions:[^\r]*/i, "")}${HEAD_END}`);
      const path = head.split(" ")[1] ?? "/";
      between(new Line(new URL(path, "http://localhost"), page, product), page, product, told);
    } else {
      product.write(bytes);
      page.on("data", (more) => product.write(more));
      product.on("data", (more) => page.write(more));
    }
  };
  page.on("data", take);
}

function between(line: Line, page: Socket, product: Socket, told: Told): void {
  const readers = { server: new SocketFrames(), page: new SocketFrames() };
  const take = (towards: Towards, chunk: Buffer) => {
    for (const message of readers[towards].take(chunk)) {
      if (message.opcode !== BINARY) line.pass(towards, message);
      else for (const payload of told(line, message.payload, towards)) line.say(towards, payload);
    }
  };
  let answer: Buffer | null = Buffer.alloc(0);
  page.on("data", (chunk: Buffer) => take("server", chunk));
  product.on("data", (chunk: Buffer) => {
    if (answer === null) return take("page", chunk);
    answer = Buffer.concat([answer, chunk]);
    const end = answer.indexOf(HEAD_END);
    if (end < 0) return;
    const start = end + HEAD_END.length;
    const rest = answer.subarray(start);
    page.write(answer.subarray(0, start));
    answer = null;
    if (rest.length > 0) take("page", rest);
  });
}
