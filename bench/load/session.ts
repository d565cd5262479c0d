/** One media session of a person, as a page opens it: what carries it is hidden from who uses it. */
import { type Bytes, base64url } from "../../wire/bytes.ts";

export type Session = {
  /** Control messages. */
  sure(item: Bytes): void;
  /** Sound and acks. */
  loose(item: Bytes): void;
  picture(item: Bytes): void;
  close(): void;
};

export type SessionEars = { item(item: Bytes): void; closed(code: number): void };

/** Bun's own takes headers; the types here are the browser's. */
const BunSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string>; tls: { rejectUnauthorized: boolean } },
) => WebSocket;

/** Two sockets. Resolves when both are open; throws where the server refuses. */
export async function openSockets(origin: string, token: Bytes, ears: SessionEars): Promise<Session> {
  const lanes = ["a", "b"].map((lane) => {
    const url = `${origin.replace("http", "ws")}/media?pass=${base64url(token)}&lane=${lane}`;
    // the server's certificate was made a moment ago, for this run
    const socket = new BunSocket(url, { headers: { origin }, tls: { rejectUnauthorized: false } });
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => ears.item(new Uint8Array(data));
    socket.onclose = ({ code }) => ears.closed(code);
    return socket;
  });
  await Promise.all(lanes.map(opened));
  const [a, b] = lanes;
  return {
    sure: (item) => void a?.send(item),
    loose: (item) => void a?.send(item),
    picture: (item) => void b?.send(item),
    close: () => {
      for (const socket of lanes) socket.close(1000);
    },
  };
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("close", ({ code }) => reject(new Error(`a session was refused: ${code}`)), {
      once: true,
    });
  });
}
