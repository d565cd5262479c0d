/** One end of a numbered route of sealed messages to one other peer (PROTOCOL.md "Route", amendment A6): every message
 * arrives exactly once and in order, across lost lines and restarts of the server, or both ends say that the route broke. */
import type { Bytes } from "../../wire/bytes.ts";
import type { PeerId } from "../../wire/ids.ts";
import { COUNTER_MAX, type ToServer } from "../../wire/signal.ts";
import type { Clock } from "./clock.ts";

/** Higher: more is resent at once after an outage. Lower: a busy route breaks in a short one. */
export const UNACKED_MAX = 256;
/** Higher: memory, and a resend that looks like a flood to the server. Lower: a few offers fill the route. */
export const UNACKED_BYTES_MAX = 512 * 1024;
/** Higher: a page believes longer in an end that never answers. Lower: a slow way back costs a new handshake. */
export const UNACKED_MS = 60_000;
/** Higher: the other end keeps more unacked. Lower: more messages that say nothing else. */
export const ACK_DELAY_MS = 200;
/** So many in a row are acked at once, far below `UNACKED_MAX`: a burst never fills the sender's store. */
export const ACK_EVERY = 64;

/** `full`: more unacked than the limits. `stale`: the oldest one is unacked for too long. `spent`: the counter is used up.
 * `other`: one of these at the other end. */
export type Broken = "full" | "stale" | "spent" | "other";

/** Dropped because they were got before (`doubled`), came too early (`gaps`), were sent before the other end knew that the
 * route broke (`late`), or acked what was never sent (`wrongAcks`). */
export type RouteCounts = { doubled: number; gaps: number; late: number; wrongAcks: number };

export type RouteDeps = {
  readonly clock: Clock;
  /** Hands a message to the socket; may drop it silently while the line is away. */
  readonly post: (message: ToServer) => unknown;
  /** Gets every message once, in order. May send and may close the route. */
  readonly deliver: (data: Bytes) => void;
  /** What was sent before is lost and both ends count anew: what stood on the route has to start again, over the same
   * route and at once if it likes. */
  readonly broke: (why: Broken) => void;
};

type Unacked = { readonly n: number; readonly data: Bytes; readonly since: number };
/** `anew`: broken here, and the other end has not yet said that it knows. */
type State = "open" | "anew" | "closed";

export class Route {
  readonly peer: PeerId;
  readonly counts: RouteCounts = { doubled: 0, gaps: 0, late: 0, wrongAcks: 0 };
  readonly #deps: RouteDeps;
  #state: State = "open";
  #unacked: Unacked[] = [];
  #bytes = 0;
  #sent = 0;
  #got = 0;
  /** The highest `ack` told to the other end. */
  #told = 0;
  #cancelAck: (() => void) | null = null;
  #cancelStale: (() => void) | null = null;

  constructor(peer: PeerId, deps: RouteDeps) {
    this.peer = peer;
    this.#deps = deps;
  }

  /** Sends `data` (at most `RELAY_MAX_BYTES`) and keeps it until it is acked. False: the route is closed or just broke. */
  send(data: Bytes): boolean {
    if (this.#state === "closed") return false;
    const broken = this.#limit(data);
    if (broken) this.#break(broken);
    if (broken) return false;
    this.#sent += 1;
    const message = { n: this.#sent, data, since: this.#deps.clock.now() };
    this.#unacked.push(message);
    this.#bytes += data.length;
    this.#watchStale();
    if (this.#state === "open") this.#post(message);
    return true;
  }

  /** Takes a message of the other end. */
  onRelay(message: { readonly n: number; readonly ack: number; readonly data: Bytes }): void {
    if (this.#state !== "open") this.counts.late += 1;
    else if (message.n <= this.#got) this.#doubled(message.ack);
    else if (message.n > this.#got + 1) this.counts.gaps += 1;
    else this.#next(message);
  }

  /** Forgets what the other end has got. */
  onAck(ack: number): void {
    if (this.#state !== "open") return;
    if (ack > this.#sent) this.counts.wrongAcks += 1;
    else this.#forget(ack);
  }

  /** The other end broke, or knows now that this one did. */
  onAnew(): void {
    if (this.#state === "open") {
      this.#reset("open");
      this.#postAnew();
      this.#deps.broke("other");
    } else if (this.#state === "anew") {
      this.#state = "open";
      this.#postAll();
    }
  }

  /** This line or the other one was lost and is back: what was on its way may be gone, so all of it goes again. */
  onBack(): void {
    if (this.#state === "anew") this.#postAnew();
    if (this.#state !== "open") return;
    this.#postAll();
    if (this.#unacked.length === 0) this.#ackNow();
  }

  /** Forgets everything; nothing is sent or delivered any more. Idempotent. */
  close(): void {
    this.#reset("closed");
  }

  #next(message: { readonly n: number; readonly ack: number; readonly data: Bytes }): void {
    this.#got = message.n;
    this.onAck(message.ack);
    this.#ackSoon();
    this.#deps.deliver(message.data);
  }

  #doubled(ack: number): void {
    this.counts.doubled += 1;
    this.onAck(ack);
    this.#ackNow();
  }

  #forget(ack: number): void {
    while (this.#unacked[0] && this.#unacked[0].n <= ack) {
      this.#bytes -= this.#unacked.shift()?.data.length ?? 0;
    }
  }

  #limit(data: Bytes): Broken | undefined {
    if (this.#sent >= COUNTER_MAX) return "spent";
    const full = this.#unacked.length >= UNACKED_MAX || this.#bytes + data.length > UNACKED_BYTES_MAX;
    return full ? "full" : undefined;
  }

  #break(why: Broken): void {
    this.#reset("anew");
    this.#postAnew();
    this.#deps.broke(why);
  }

  #reset(state: State): void {
    this.#state = state;
    this.#unacked = [];
    this.#bytes = this.#sent = this.#got = this.#told = 0;
    this.#cancelAck?.();
    this.#cancelStale?.();
    this.#cancelAck = this.#cancelStale = null;
  }

  #postAnew(): void {
    this.#deps.post({ t: "anew", to: this.peer });
  }

  #postAll(): void {
    for (const message of [...this.#unacked]) this.#post(message);
  }

  #post({ n, data }: Unacked): void {
    this.#acked();
    this.#deps.post({ t: "relay", to: this.peer, n, ack: this.#got, data });
  }

  #acked(): void {
    this.#cancelAck?.();
    this.#cancelAck = null;
    this.#told = this.#got;
  }

  #ackNow(): void {
    this.#acked();
    this.#deps.post({ t: "ack", to: this.peer, ack: this.#got });
  }

  #ackSoon(): void {
    if (this.#got - this.#told >= ACK_EVERY) this.#ackNow();
    else this.#cancelAck ??= this.#deps.clock.after(ACK_DELAY_MS, () => this.#ackNow());
  }

  /** One timer, for the oldest message that is not acked. */
  #watchStale(): void {
    const oldest = this.#unacked[0];
    if (this.#cancelStale || !oldest) return;
    const left = Math.max(0, oldest.since + UNACKED_MS - this.#deps.clock.now());
    this.#cancelStale = this.#deps.clock.after(left, () => this.#checkStale());
  }

  #checkStale(): void {
    this.#cancelStale = null;
    const oldest = this.#unacked[0];
    if (oldest && this.#deps.clock.now() - oldest.since >= UNACKED_MS) this.#break("stale");
    else this.#watchStale();
  }
}
