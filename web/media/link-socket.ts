/** A media session over two WebSockets: `a` for sound, control, chat and files, `b` for pictures, so that a large picture never stands
 * in front of sound. One message is one item. */
import type { Bytes } from "../../wire/bytes.ts";
import { Ears, type Link, type LinkEars } from "./link.ts";
import type { Opening } from "./race.ts";

/** Where the lanes open: `wss://host/media?pass=…`, without the lane. */
export function openSocket(url: string): Opening<Link> {
  const ears = new Ears();
  const [a, b] = ["a", "b"].map((lane) => new WebSocket(`${url}&lane=${lane}`)) as [WebSocket, WebSocket];
  const link = new SocketLink(a, b, ears);
  const ready = Promise.all([opened(a, ears), opened(b, ears)]).then(
    () => link,
    (error: unknown) => {
      link.close();
      throw error;
    },
  );
  return { ready, drop: () => link.close() };
}

function opened(socket: WebSocket, ears: Ears): Promise<void> {
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) ears.item(new Uint8Array(data));
  };
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onclose = () => {
      ears.closed();
      reject(new Error("the socket closed"));
    };
  });
}

class SocketLink implements Link {
  readonly kind = "socket";
  readonly #a: WebSocket;
  readonly #b: WebSocket;
  readonly #ears: Ears;

  constructor(a: WebSocket, b: WebSocket, ears: Ears) {
    this.#a = a;
    this.#b = b;
    this.#ears = ears;
  }

  listen(ears: LinkEars): void {
    this.#ears.listen({
      item: (item) => ears.item(item),
      closed: () => {
        // half a session is none
        this.close();
        ears.closed();
      },
    });
  }

  loose(items: readonly Bytes[]): void {
    for (const item of items) send(this.#a, item);
  }

  sure(item: Bytes): void {
    send(this.#a, item);
  }

  picture(_group: number, item: Bytes): void {
    send(this.#b, item);
  }

  /** What was handed to TCP cannot be taken back. */
  groupEnd(): void {}

  held(): number {
    return this.#b.bufferedAmount;
  }

  close(): void {
    this.#a.close();
    this.#b.close();
  }
}

function send(socket: WebSocket, item: Bytes): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(item);
}
