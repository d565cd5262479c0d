/** One media session as the loop sees it, whatever carries it. Every transport keeps the same promises (PROTOCOL.md "Relay" T5–T9),
 * and one suite of tests holds each of them to these (`testing/media-contract.ts`). */
import type { Bytes } from "../../wire/bytes.ts";
import type { CloseWord } from "../../wire/close.ts";
import type { LinkKind } from "../sfu/events.ts";

/** The server's end of a session. Nothing of it throws; on a closed one everything does nothing. */
export type MediaLink = {
  readonly kind: LinkKind;
  /** From now on the session tells these; what came before waits for it. Called once. */
  listen(ears: MediaEars): void;
  /** Sound and acks: at once, may be lost. */
  loose(items: readonly Bytes[]): void;
  /** In order, never lost. */
  sure(item: Bytes): void;
  /** The next of a group of pictures: in order within the group. */
  picture(group: number, item: Bytes): void;
  /** Nothing more of this group. `cut`: what of it is not sent yet need not be. */
  groupEnd(group: number, cut: boolean): void;
  /** Bytes of what was sent that the transport holds itself. */
  held(): number;
  /** Ends the session; the other side hears the code (`wire/close.ts`). */
  close(code: number): void;
};

/** What a session tells. Nothing after `closed`. */
export type MediaEars = {
  /** One whole item; its bytes are nobody else's. */
  item(item: Bytes): void;
  /** `held()` has fallen. */
  fell(): void;
  /** The other side broke a rule of the hop: the session has to be closed. */
  broke(word: CloseWord): void;
  /** Something was dropped on the hop. */
  odd(what: HopOddity): void;
  closed(): void;
};

/** What a hop drops by itself. */
export type HopOddity =
  /** A datagram that is too long, cut short, or none of ours. */
  "datagram";
