/** One media session as the workers see it, whatever carries it: the page's end of what the server calls a `MediaLink`. */
import type { Bytes } from "../../wire/bytes.ts";

export type LinkKind = "quic" | "socket";

/** What a session tells. Nothing after `closed`. */
export type LinkEars = {
  /** One whole item (wire/relay.ts). */
  item(item: Bytes): void;
  closed(): void;
};

/** Nothing of it throws; on a closed one everything does nothing. */
export type Link = {
  readonly kind: LinkKind;
  /** From now on the session tells these; what came before waits for it. Called once. */
  listen(ears: LinkEars): void;
  /** Sound and acks: one datagram, may be lost. */
  loose(items: readonly Bytes[]): void;
  /** In order, never lost: control messages, chat and files. */
  sure(item: Bytes): void;
  /** The next of a group of pictures, in order within the group. */
  picture(group: number, item: Bytes): void;
  /** Nothing more of this group; `cut`: what of it is not sent yet need not be. */
  groupEnd(group: number, cut: boolean): void;
  /** Bytes of pictures that wait on this side. */
  held(): number;
  close(): void;
};

/** Where to open a session, and the one-time pass for it. */
export type QuicDoor = { readonly url: string; readonly hashes: readonly Bytes[] };

/** Keeps what comes before somebody listens, which is at most what one turn of the event loop brings. */
export class Ears implements LinkEars {
  #ears: LinkEars | null = null;
  #early: Bytes[] = [];
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  listen(ears: LinkEars): void {
    this.#ears = ears;
    for (const item of this.#early) ears.item(item);
    this.#early = [];
    if (this.#isClosed) ears.closed();
  }

  item(item: Bytes): void {
    if (this.#isClosed) return;
    if (this.#ears === null) this.#early.push(item);
    else this.#ears.item(item);
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ears?.closed();
  }
}
