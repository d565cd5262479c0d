/** The echo of the connection check: whoever shows a ticket gets back what they send, a little of it, for a few seconds. It opens nothing
 * else, so it needs no account and no call. Pure but for the clock and the timer that are passed in. */
import { base64url } from "../../wire/bytes.ts";
import type { Clock } from "../clock.ts";

/** Higher: a ticket that leaked is worth something for longer. Lower: a page on a slow line comes too late. */
export const TICKET_MS = 30_000;
/** Unspent tickets; the oldest give way. Higher: memory under attack. Lower: checks fail while strangers ask for many. */
export const TICKETS_MAX = 2_000;
/** Sessions at once. Higher: strangers cost more sockets. Lower: a waiting room full of people that check is refused. */
export const ECHOES_MAX = 128;
/** How long one session may stay. Higher: strangers hold sockets longer for nothing. Lower: a check on a slow line fails. */
export const ECHO_MS = 10_000;
/** What one session may send. The check sends five messages of eight bytes. */
export const ECHO_MESSAGES = 16;
export const ECHO_BYTES = 64;

const TICKET_BYTES = 16;

export type EchoParts = {
  readonly clock: Pick<Clock, "monotonic">;
  /** Calls `run` once after so many milliseconds, unless it is called off. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
};

/** One session of the check. */
export type Echo = {
  /** May this message be sent back? False: the session has to be closed. */
  take(bytes: number): boolean;
  /** The session has ended, for whatever reason. A second call does nothing. */
  over(): void;
};

export class Echoes {
  readonly #parts: EchoParts;
  /** By ticket: until when it is good. */
  readonly #tickets = new Map<string, number>();
  #open = 0;

  constructor(parts: EchoParts) {
    this.#parts = parts;
  }

  /** Sessions that are open now. */
  get open(): number {
    return this.#open;
  }

  /** Tickets that are not spent. */
  get waiting(): number {
    return this.#tickets.size;
  }

  /** A ticket for one session within `TICKET_MS`. */
  issue(): string {
    const now = this.#parts.clock.monotonic();
    for (const [ticket, until] of this.#tickets) {
      if (until > now && this.#tickets.size < TICKETS_MAX) break;
      this.#tickets.delete(ticket);
    }
    const ticket = base64url(crypto.getRandomValues(new Uint8Array(TICKET_BYTES)));
    this.#tickets.set(ticket, now + TICKET_MS);
    return ticket;
  }

  /** The session of a ticket, once; null for an unknown, spent or late one, and where there are as many as may be. `late` is called where
   * it has not ended by itself after `ECHO_MS`. */
  enter(ticket: string, late: () => void): Echo | null {
    const until = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (until === undefined || until <= this.#parts.clock.monotonic()) return null;
    if (this.#open >= ECHOES_MAX) return null;
    return this.#begin(late);
  }

  #begin(late: () => void): Echo {
    this.#open += 1;
    let [messages, isOver] = [0, false];
    const callOff = this.#parts.after(ECHO_MS, late);
    return {
      take: (bytes) => {
        messages += 1;
        return !isOver && messages <= ECHO_MESSAGES && bytes > 0 && bytes <= ECHO_BYTES;
      },
      over: () => {
        if (isOver) return;
        isOver = true;
        this.#open -= 1;
        callOff();
      },
    };
  }
}
