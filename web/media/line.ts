/** The line of one worker: a session that is opened by race, opened again when it breaks (B6), and changes its way without a new
 * admission (A9). Passes are good once, so each try asks the page for new ones. */

import type { Bytes } from "../../wire/bytes.ts";
import { waitBeforeTry } from "../call/backoff.ts";
import type { Clock } from "../call/clock.ts";
import type { Link, LinkKind, QuicDoor } from "./link.ts";
import { type Opening, race } from "./race.ts";

/** Where this session may be opened, each door good once. `quic` null: this browser or server has no QUIC, or a socket won before. */
export type Doors = { readonly quic: QuicDoor | null; readonly socket: string };

export type LineParts = {
  readonly clock: Clock;
  /** From 0 to 1, for the spread of tries. */
  readonly chance: () => number;
  readonly doors: () => Promise<Doors>;
  readonly openQuic: (door: QuicDoor) => Opening<Link>;
  readonly openSocket: (url: string) => Opening<Link>;
  readonly onItem: (item: Bytes) => void;
  /** A session is open; everything the server knew of the one before is forgotten. */
  readonly onOpen: (link: Link) => void;
  readonly onLost: () => void;
};

export class Line {
  readonly #parts: LineParts;
  #link: Link | null = null;
  #only: LinkKind | null = null;
  #outage: { tries: number; since: number } | null = null;
  #cancel: () => void = () => {};
  #isClosed = false;
  #isOpening = false;
  /** Counts tries, so that one that was given up cannot bring its session in. */
  #turn = 0;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** The session, while there is one. */
  get link(): Link | null {
    return this.#link;
  }

  /** Begins to try. */
  open(): void {
    this.#turn += 1;
    const turn = this.#turn;
    this.#isOpening = true;
    this.#cancel();
    this.#outage ??= { tries: 0, since: this.#parts.clock.now() };
    this.#connect().then(
      (link) => (turn === this.#turn ? this.#took(link) : link.close()),
      () => {
        if (turn === this.#turn) this.#again();
      },
    );
  }

  /** Goes over to sockets and stays there; the session that runs is used until the new one is open. */
  leaveQuic(): void {
    if (this.#only === "socket" || this.#isClosed) return;
    this.#only = "socket";
    if (this.#link?.kind === "quic") this.open();
  }

  /** The session is dead although nothing said so: nothing came back for too long. */
  renew(): void {
    this.#lost(this.#link);
  }

  close(): void {
    this.#isClosed = true;
    this.#turn += 1;
    this.#cancel();
    this.#link?.close();
    this.#link = null;
  }

  async #connect(): Promise<Link> {
    const { quic, socket } = await this.#parts.doors();
    const { clock, openQuic, openSocket } = this.#parts;
    const first = quic === null || this.#only === "socket" ? null : () => openQuic(quic);
    return race(clock, first, () => openSocket(socket));
  }

  #took(link: Link): void {
    const before = this.#link;
    this.#link = link;
    this.#isOpening = false;
    this.#outage = null;
    before?.close();
    this.#parts.onOpen(link);
    link.listen({
      item: (item) => {
        if (this.#link === link) this.#parts.onItem(item);
      },
      closed: () => this.#lost(link),
    });
  }

  #lost(link: Link | null): void {
    if (link === null || this.#link !== link) return;
    this.#link = null;
    link.close();
    if (this.#isClosed) return;
    this.#parts.onLost();
    this.#outage = { tries: 0, since: this.#parts.clock.now() };
    // the server ends the old session when the new one opens, which may be known here a moment later
    if (!this.#isOpening) this.#again();
  }

  #again(): void {
    this.#isOpening = false;
    if (this.#isClosed) return;
    const { clock, chance } = this.#parts;
    const outage = this.#outage ?? { tries: 0, since: clock.now() };
    const wait = waitBeforeTry(
      { tries: outage.tries, lasted: clock.now() - outage.since, later: false },
      chance(),
    );
    this.#outage = { ...outage, tries: outage.tries + 1 };
    this.#cancel();
    this.#cancel = clock.after(wait, () => this.open());
  }
}
