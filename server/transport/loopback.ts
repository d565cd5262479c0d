/** A transport without sockets: browsers' and server's ends in one process, with delay, lost lines and lost pings as a
 * test wants them. Like a real line it keeps the order, delivers nothing twice, and loses what was on its way when it is
 * cut; an end may learn of a cut late or never. */
import type { ConnId } from "../signaling/events.ts";
import type { Login, Runner } from "./runner.ts";

/** The browser's end; what is used of `WebSocket`. */
export type LoopbackSocket = {
  binaryType: string;
  send(bytes: Uint8Array): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
};

export type LoopbackDeps = {
  /** The server as it is now; null: nobody listens. */
  readonly runner: () => Runner | null;
  /** Monotonic milliseconds, and something to be done later. */
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => unknown;
  /** Milliseconds that the next message takes; order is kept whatever it says. */
  readonly delay: () => number;
  readonly login: Login | null;
  readonly address: string;
};

/** How long an end takes to notice that a line was cut; null: never by itself. */
export type Cut = { readonly browser: number | null; readonly server: number | null };

export class Loopback {
  readonly #deps: LoopbackDeps;
  #runner: Runner | null = null;
  #conn: ConnId | null = null;
  #isUp = true;
  /** When the last message that is on its way arrives. */
  #last = 0;
  readonly socket: LoopbackSocket = {
    binaryType: "blob",
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (bytes) => {
      const copy = Uint8Array.from(bytes);
      this.#carry(() => this.#conn && this.#runner?.handle({ t: "received", conn: this.#conn, bytes: copy }));
    },
    close: (code = 1005) => this.#carry(() => this.#end(code)),
  };

  /** A line that is being connected. */
  constructor(deps: LoopbackDeps) {
    this.#deps = deps;
    this.#carry(() => this.#open());
  }

  /** The line breaks: what is on its way is lost. */
  cut({ browser, server }: Cut): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    if (browser !== null) this.#deps.after(browser, () => this.socket.onclose?.({ code: 1006 }));
    if (server !== null) this.#deps.after(server, () => this.#tellServer(1006));
  }

  #open(): void {
    this.#runner = this.#deps.runner();
    if (this.#runner) this.#greet(this.#runner);
    else this.cut({ browser: 0, server: null });
  }

  #greet(runner: Runner): void {
    this.#conn = runner.open(
      {
        login: async () => this.#deps.login,
        send: (bytes) => this.#carry(() => this.socket.onmessage?.({ data: Uint8Array.from(bytes).buffer })),
        ping: () => this.#carry(() => this.#pong()),
        close: (code) => this.#carry(() => this.#closed(code)),
      },
      this.#deps.address,
    );
    this.#carry(() => this.socket.onopen?.());
  }

  #pong(): void {
    this.#carry(() => this.#conn && this.#runner?.handle({ t: "heard", conn: this.#conn }));
  }

  #closed(code: number): void {
    this.#isUp = false;
    this.socket.onclose?.({ code });
  }

  #end(code: number): void {
    this.#isUp = false;
    this.#tellServer(code);
  }

  #tellServer(code: number): void {
    if (this.#conn !== null) this.#runner?.handle({ t: "closed", conn: this.#conn, code });
  }

  /** After the delay, and never before what was sent earlier; not at all once the line is down. */
  #carry(run: () => unknown): void {
    const now = this.#deps.now();
    this.#last = Math.max(this.#last, now + this.#deps.delay());
    this.#deps.after(this.#last - now, () => {
      if (this.#isUp) run();
    });
  }
}
