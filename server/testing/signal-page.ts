/** A page's signaling with a real server, message by message. For tests. */
import type { Bytes } from "../../wire/bytes.ts";
import { decodeSignal, encodeSignal, type ToBrowser, type ToServer, toBrowser } from "../../wire/signal.ts";
import { ORIGIN } from "./rig.ts";

type Heard<T extends ToBrowser["t"]> = Extract<ToBrowser, { t: T }>;

export class SignalPage {
  readonly heard: ToBrowser[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  #waiting: (() => void)[] = [];

  /** Says `first` as soon as the socket is open. `header` is sent with the upgrade. */
  constructor(port: number, first: ToServer, cookie = "", origin = ORIGIN, header = {}) {
    const options = { headers: { origin, cookie, ...header } } as never;
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/signal`, options);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.addEventListener("open", () => this.send(first));
    this.#socket.addEventListener("message", ({ data }) => {
      const message = decodeSignal(toBrowser, new Uint8Array(data as ArrayBuffer));
      if (message) this.heard.push(message);
      for (const look of this.#waiting.splice(0)) look();
    });
    this.closed = new Promise((done) => this.#socket.addEventListener("close", ({ code }) => done(code)));
  }

  send(message: ToServer): this {
    this.#socket.send(encodeSignal(message));
    return this;
  }

  close(): void {
    this.#socket.close();
  }

  /** The next message of this kind that nobody has asked for yet. */
  next<T extends ToBrowser["t"]>(t: T): Promise<Heard<T>> {
    return this.nextThat((message) => message.t === t) as Promise<Heard<T>>;
  }

  /** The next message that fits and that nobody has asked for yet. */
  async nextThat(fits: (message: ToBrowser) => boolean): Promise<ToBrowser> {
    for (;;) {
      const at = this.heard.findIndex(fits);
      const [found] = at < 0 ? [] : this.heard.splice(at, 1);
      if (found) return found;
      await new Promise<void>((look) => this.#waiting.push(look));
    }
  }

  /** The newest token that it was given. */
  async token(): Promise<Bytes> {
    const all = this.heard.filter((message) => message.t === "token" || message.t === "welcome");
    return all.at(-1)?.token ?? (await this.next("welcome")).token;
  }
}
