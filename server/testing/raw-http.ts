/** An HTTP client by hand, for tests: it can send a byte at a time, nothing at all, or more than anybody should. */
import { connect, type Socket } from "node:net";

export class RawHttp {
  /** Everything that came back, as text. */
  got = "";
  /** Milliseconds from the start until the server ended the connection; null while it has not. */
  endedAfter: number | null = null;
  readonly ended: Promise<void>;
  readonly #tcp: Socket;
  #drip: Timer | undefined;

  /** Connects and sends `head`. */
  constructor(port: number, head = "") {
    const began = performance.now();
    const ended = Promise.withResolvers<void>();
    this.ended = ended.promise;
    this.#tcp = connect(port, "127.0.0.1");
    this.#tcp.on("data", (piece) => {
      this.got += piece.toString("latin1");
    });
    this.#tcp.on("error", () => undefined);
    this.#tcp.on("close", () => {
      clearInterval(this.#drip);
      this.endedAfter ??= performance.now() - began;
      ended.resolve();
    });
    if (head !== "") this.#tcp.write(head, "latin1");
  }

  send(text: string): this {
    this.#tcp.write(text, "latin1");
    return this;
  }

  /** Sends this again and again. */
  drip(text: string, everyMs: number): this {
    this.#drip = setInterval(() => this.#tcp.write(text, "latin1"), everyMs);
    return this;
  }

  close(): void {
    this.#tcp.destroy();
  }

  /** The statuses of the answers so far, in order. */
  get statuses(): number[] {
    return [...this.got.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }
}
