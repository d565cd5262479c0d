/** One WebSocket of the connection check, as Bun calls it: what comes in goes out again, within the echo's limits. */
import { CLOSE } from "../../wire/close.ts";
import type { Echo, Echoes } from "./echo.ts";

type RawSocket = { sendBinary(bytes: Uint8Array): number; close(code?: number): void; binaryType?: string };

export class EchoLane {
  #echo: Echo | null = null;
  #socket: RawSocket | null = null;

  /** Null where the ticket opens nothing. */
  static of(echoes: Echoes, ticket: string): EchoLane | null {
    const lane = new EchoLane();
    lane.#echo = echoes.enter(ticket, () => lane.#end(CLOSE.done.code));
    return lane.#echo && lane;
  }

  open(socket: RawSocket): void {
    socket.binaryType = "uint8array";
    this.#socket = socket;
  }

  message(socket: RawSocket, message: unknown): void {
    const isGood = message instanceof Uint8Array && this.#echo?.take(message.length) === true;
    if (isGood) socket.sendBinary(message);
    else this.#end(CLOSE.flood.code);
  }

  drain(): void {}

  close(): void {
    this.#echo?.over();
    this.#socket = null;
  }

  #end(code: number): void {
    this.#echo?.over();
    this.#socket?.close(code);
  }
}
