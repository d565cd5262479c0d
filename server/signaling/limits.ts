/** Every limit on what strangers may send or keep open, by name. Pure. */

/** Higher: a stranger holds a socket longer for nothing. Lower: slow lines never get in. */
export const HELLO_MS = 10_000;
/** Higher: one address costs more memory. Lower: a clinic behind one address is refused. */
export const CONNS_PER_ADDRESS = 128;
/** Connections that one address may open at once, and per second after it. Higher: more look-ups for nothing. Lower: a
 * clinic's pages are slow to come back after a restart. */
export const ARRIVALS = { burst: 256, perSecond: 8 } as const;
/** Tabs and devices of one client, those included whose line is lost. Higher: a stolen link costs more. Lower: a client
 * that switches devices a few times is refused. */
export const PEERS_PER_LINK = 4;
/** Peers that one practice has by user name and code, apart from those by link. Higher: strangers with a user name cost the
 * therapist's page more. Lower: they can keep an honest client out. */
export const PEERS_BY_CODE = 16;
/** How often one address may ask for user names. Higher: names are tried faster. Lower: a family that mistypes waits. */
export const NAMES = { most: 30, in: 10 * 60_000 } as const;
/** Knocks by code of one address, but of those who have a seat (A4). Higher: guesses reach the therapist's page sooner.
 * Lower: two clients behind one address are in each other's way. */
export const KNOCKS = { most: 5, in: 10 * 60_000 } as const;
/** A therapist's open pages. Higher: more copies of each change. Lower: somebody with many tabs is refused. */
export const PAGES_PER_PRACTICE = 8;
/** All sockets. Higher: memory under attack. Lower: a large practice is refused. */
export const CONNS_MAX = 10_000;
/** Addresses remembered after their last socket, until their arrivals are forgiven. Higher: memory. Lower: a stranger
 * with many addresses is forgiven early. */
export const ADDRESSES_MAX = 20_000;

/** A token bucket: `burst` at once, `perSecond` after it. */
export type Rate = { readonly burst: number; readonly perSecond: number };

/** A client sends a handshake, an answer, some dozens of candidates, and after an outage at most one route's unacked
 * messages (256, 512 KiB) at once. Higher: a flood costs the therapist's page more. Lower: a long outage ends in `flood`. */
export const CLIENT_MESSAGES: Rate = { burst: 400, perSecond: 40 };
export const CLIENT_BYTES: Rate = { burst: 1024 * 1024, perSecond: 64 * 1024 };
/** A client by code that has no seat yet: a handshake, then little beats. Whoever knows a user name gets this far, and most messages
 * are answered by the therapist's page, which has a bucket of its own. Higher: strangers together drive that page into `flood`.
 * Lower: an honest client that reloads often is cut off. */
export const STRANGER_MESSAGES: Rate = { burst: 60, perSecond: 3 };
/** A therapist's page answers up to 16 clients and resends to all of them. */
export const HOST_MESSAGES: Rate = { burst: 4500, perSecond: 300 };
export const HOST_BYTES: Rate = { burst: 10 * 1024 * 1024, perSecond: 512 * 1024 };

/** Counts what happened in the last `in` milliseconds, `most` at the most. */
export class Window {
  readonly #limit: { readonly most: number; readonly in: number };
  #at: number[] = [];

  constructor(limit: { readonly most: number; readonly in: number }) {
    this.#limit = limit;
  }

  /** Counts one more at `now` (monotonic milliseconds); false and not counted where there were `most` already. */
  take(now: number): boolean {
    if (this.#recent(now).length >= this.#limit.most) return false;
    this.#at.push(now);
    return true;
  }

  /** True where nothing has to be remembered. */
  isEmpty(now: number): boolean {
    return this.#recent(now).length === 0;
  }

  #recent(now: number): number[] {
    this.#at = this.#at.filter((at) => at > now - this.#limit.in);
    return this.#at;
  }
}

/** What is left in a token bucket. */
export class Bucket {
  readonly #rate: Rate;
  #left: number;
  #at: number;

  /** Full at `now` (monotonic milliseconds). */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#left = rate.burst;
    this.#at = now;
  }

  /** Takes `amount` out; false and nothing taken where there is less. */
  take(amount: number, now: number): boolean {
    this.#fill(now);
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }

  /** True where nothing has to be remembered: it is full. */
  isFull(now: number): boolean {
    this.#fill(now);
    return this.#left >= this.#rate.burst;
  }

  #fill(now: number): void {
    this.#left = Math.min(this.#rate.burst, this.#left + ((now - this.#at) / 1000) * this.#rate.perSecond);
    this.#at = now;
  }
}
