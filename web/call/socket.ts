/** The signaling socket of a page: says who it is, notices a dead line, comes back by itself as the same peer, and never
 * gives up unless the server says "never". It resends nothing: routes and their owners do that after `resumed`. */
import type { Bytes } from "../../wire/bytes.ts";
import { CLOSE, type Close, closeOf } from "../../wire/close.ts";
import type { PeerId, Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import { decodeSignal, encodeSignal, type ToBrowser, type ToServer, toBrowser } from "../../wire/signal.ts";
import { SIGNAL_VERSION } from "../../wire/version.ts";
import { waitBeforeTry } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { type Readable, Value } from "./value.ts";

/** Higher: a dead line is noticed later. Lower: more traffic that says nothing. */
export const BEAT_MS = 5000;
/** Higher: a dead line is noticed later. Lower: a slow one counts as dead. */
export const DEAD_MS = 10_000;
/** A beat must have been out so long before silence counts: a page whose timers were frozen has not asked anybody. */
const ANSWER_MS = 3000;
/** After the page woke up the line is asked at once. Higher: a dead one holds longer. Lower: a waking phone drops a good one. */
export const PROBE_MS = 1500;
/** Higher: a server that takes the connection and says nothing holds the page longer. Lower: slow lines never get in. */
export const WELCOME_MS = 10_000;
/** A server that stays away so long is not restarting. Higher: people are told of a restart for nothing. Lower: a slow one goes without a word. */
export const RESTART_MS = 120_000;
/** How often the page looks at its line. */
const LOOK_MS = 1000;

/** `connecting`: never open yet. `away`: was open, comes back by itself; `since` is the injected clock's milliseconds.
 * `stopped`: only the person or a new page can change it. */
export type SocketState =
  | { readonly at: "connecting"; readonly since: number }
  | { readonly at: "open"; readonly peer: PeerId; readonly resumed: boolean }
  | { readonly at: "away"; readonly since: number }
  | { readonly at: "stopped"; readonly close: Close };

/** What is used of the browser's `WebSocket`. */
export type RawSocket = {
  binaryType: string;
  send(bytes: Bytes): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
};

/** `network`: another network or online again, the old line is most likely dead. `awake`: the page is seen again. */
export type Sign = "network" | "awake";

/** The server is about to restart: by then at the latest, by the injected clock. */
export type Restart = { readonly by: number };

export type SocketDeps = {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** A new connection to `/signal` of this node; null: of any. */
  readonly connect: (node: string | null) => RawSocket;
  /** Tells signs of the browser until the returned function is called. */
  readonly signs: (tell: (sign: Sign) => void) => () => void;
  /** Every message of the server but beats and tokens. `welcome` comes after the state is open. */
  readonly message: (message: ToBrowser) => void;
};

/** Who a page is when it has no token: a client with a link or with a code, or a therapist whose cookie says the rest. */
export type Who =
  | { readonly t: "hello"; readonly rid: Rid }
  | { readonly t: "helloCode"; readonly user: UserName }
  | { readonly t: "host" };

export class SignalSocket {
  readonly state: Readable<SocketState>;
  /** Null: nothing is known of a restart, or it is behind us. */
  readonly restart: Readable<Restart | null>;
  readonly #who: Who;
  readonly #deps: SocketDeps;
  readonly #state: Value<SocketState>;
  readonly #restart = new Value<Restart | null>(null);
  readonly #unsign: () => void;
  #raw: RawSocket | null = null;
  #cancel: (() => void) | null = null;
  #forget: (() => void) | null = null;
  #token: Bytes | null = null;
  /** Of several nodes the one that answers for us, as far as we were told; it is asked first, and any other after it failed. */
  #node: string | null = null;
  #tries = 0;
  #later = false;
  #heard = 0;
  #asked: number | null = null;
  #patience = ANSWER_MS;

  /** Starts to connect at once. */
  constructor(who: Who, deps: SocketDeps) {
    this.#who = who;
    this.#deps = deps;
    this.#state = new Value<SocketState>({ at: "connecting", since: deps.clock.now() });
    this.state = this.#state;
    this.restart = this.#restart;
    this.#unsign = deps.signs((sign) => this.#sign(sign));
    this.#connect();
  }

  /** Sends now, or not at all: false while the line is not open. What must hold after an outage its owner says again
   * when the state is open with `resumed`. */
  send(message: ToServer): boolean {
    if (this.#state.get().at !== "open") return false;
    this.#raw?.send(encodeSignal(message));
    return true;
  }

  /** Goes for good. */
  close(): void {
    this.#drop(CLOSE.done.code);
    this.#stop(CLOSE.done);
  }

  #connect(): void {
    this.#drop();
    const raw = this.#deps.connect(this.#node);
    this.#node = null;
    raw.binaryType = "arraybuffer";
    raw.onopen = () => raw.send(encodeSignal(this.#first()));
    raw.onmessage = ({ data }) => this.#got(data);
    raw.onclose = ({ code }) => this.#closed(code);
    this.#raw = raw;
    this.#timer(WELCOME_MS, () => this.#lost());
  }

  #first(): ToServer {
    if (this.#token) return { t: "resume", v: SIGNAL_VERSION, token: this.#token };
    return { v: SIGNAL_VERSION, ...this.#who };
  }

  #got(data: unknown): void {
    const message = data instanceof ArrayBuffer ? decodeSignal(toBrowser, new Uint8Array(data)) : undefined;
    // A server of a newer build may say what this page does not know; that it speaks still counts as heard.
    this.#heard = this.#deps.clock.now();
    this.#asked = null;
    if (message === undefined || message.t === "beat") return;
    if (message.t === "token") this.#token = message.token;
    else if (message.t === "welcome") this.#welcome(message);
    else if (message.t === "draining") this.#restarts(message.seconds);
    else {
      if (message.t === "stopping") this.#restarts(0);
      if (message.t === "at") this.#node = message.node;
      this.#deps.message(message);
    }
  }

  /** The next `welcome` ends it: it comes from the next server, or says anew what is left. */
  #restarts(seconds: number): void {
    const { clock } = this.#deps;
    this.#restarted();
    this.#restart.set({ by: clock.now() + seconds * 1000 });
    this.#forget = clock.after(seconds * 1000 + RESTART_MS, () => this.#restarted());
  }

  #restarted(): void {
    this.#forget?.();
    this.#forget = null;
    this.#restart.set(null);
  }

  #welcome(message: Extract<ToBrowser, { t: "welcome" }>): void {
    this.#token = message.token;
    this.#tries = 0;
    this.#later = false;
    this.#restarted();
    this.#state.set({ at: "open", peer: message.peer, resumed: message.resumed });
    this.#timer(LOOK_MS, () => this.#look());
    this.#deps.message(message);
  }

  #look(): void {
    const now = this.#deps.clock.now();
    const asked = this.#asked === null ? 0 : now - this.#asked;
    if (asked >= this.#patience && (now - this.#heard >= DEAD_MS || this.#patience < ANSWER_MS)) {
      this.#lost();
    } else {
      if (this.#asked === null && now - this.#heard >= BEAT_MS) this.#ask(ANSWER_MS);
      this.#timer(LOOK_MS, () => this.#look());
    }
  }

  #ask(patience: number): void {
    this.#asked = this.#deps.clock.now();
    this.#patience = patience;
    this.send({ t: "beat" });
  }

  #sign(sign: Sign): void {
    const { at } = this.#state.get();
    if (at === "open" && sign === "awake") this.#probe();
    else if (at !== "stopped") this.#again();
  }

  /** At once over a new connection: waiting for the old one to be found dead costs ten seconds of the call. */
  #again(): void {
    this.#away();
    this.#tries = 0;
    this.#connect();
  }

  #away(): void {
    if (this.#state.get().at === "open") this.#state.set({ at: "away", since: this.#deps.clock.now() });
  }

  #probe(): void {
    this.#ask(PROBE_MS);
    this.#timer(PROBE_MS, () => this.#look());
  }

  #lost(): void {
    this.#closed(CLOSE.lost.code);
  }

  #closed(code: number): void {
    const close = closeOf(code);
    this.#drop();
    if (close.again === "never") this.#stop(close);
    else this.#retry(close);
  }

  #retry(close: Close): void {
    if (close === CLOSE.expired) this.#token = null;
    this.#later = close.again === "later" && close !== CLOSE.expired;
    this.#away();
    const state = this.#state.get();
    const lasted = "since" in state ? this.#deps.clock.now() - state.since : 0;
    const outage = { tries: this.#tries, lasted, later: this.#later };
    // to the node that was named there is nothing to wait for, but two that name each other are not asked without a pause
    const isNamed = close === CLOSE.elsewhere && this.#tries === 0;
    const wait = isNamed ? 0 : waitBeforeTry(outage, this.#deps.random());
    this.#tries += 1;
    this.#timer(wait, () => this.#connect());
  }

  #stop(close: Close): void {
    this.#drop();
    this.#unsign();
    this.#restarted();
    this.#token = null;
    this.#state.set({ at: "stopped", close });
  }

  #timer(milliseconds: number, run: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#deps.clock.after(milliseconds, run);
  }

  /** Lets go of the connection; what it may still say is not ours any more. By default the server is told that the line
   * is lost and not left, so that it keeps this peer. */
  #drop(code: number = CLOSE.lost.code): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#asked = null;
    const raw = this.#raw;
    this.#raw = null;
    if (!raw) return;
    raw.onopen = raw.onmessage = raw.onclose = null;
    raw.close(code);
  }
}
