/** Everybody who has knocked at the desk: the handshake, the channel, the conversation and what is shown of each. */
import type { Ask } from "../../wire/asked.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { ItemId, PeerId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { Answering } from "./answering.ts";
import type { Conversation } from "./conversation.ts";
import type { KnownDevice, Visitor } from "./desk-types.ts";
import type { Talk } from "./talk.ts";

export type Guest = {
  readonly answering: Answering;
  talk: Talk<ToTherapist, ToClient> | null;
  conversation: Conversation | null;
  /** The device that `join.known` proved, or that was given its secret here. */
  device: KnownDevice | null;
  /** `join.known` of this handshake. */
  proof: Bytes | null;
  /** Null until the link is proven: nothing of a stranger is shown. */
  visitor: Visitor | null;
  /** The therapist's tap, for this knock only. */
  tapped: boolean;
  /** Has been told to wait. */
  told: boolean;
  /** Has been told how many others belong to the group, and has pressed since. */
  toldGroup: boolean;
  ready: boolean;
  /** What it has been asked on this channel and has not answered. */
  asked: Ask | null;
  /** Wants its address hidden from us. */
  hide: boolean;
  /** Ours, for its direct connection. */
  certificate: RTCCertificate | null;
};

export class Guests {
  readonly #guests = new Map<PeerId, Guest>();
  readonly #onChange: (visitors: readonly Visitor[]) => void;

  constructor(onChange: (visitors: readonly Visitor[]) => void) {
    this.#onChange = onChange;
  }

  get(peer: PeerId): Guest | undefined {
    return this.#guests.get(peer);
  }

  /** A new guest with this end of the handshake. */
  add(peer: PeerId, answering: Answering): Guest {
    const guest = {
      answering,
      talk: null,
      conversation: null,
      device: null,
      proof: null,
      visitor: null,
      tapped: false,
      told: false,
      toldGroup: false,
      ready: false,
      asked: null,
      hide: false,
      certificate: null,
    };
    this.#guests.set(peer, guest);
    return guest;
  }

  all(): [PeerId, Guest][] {
    return [...this.#guests];
  }

  /** Those who are in the call. */
  inside(): PeerId[] {
    return this.all()
      .filter(([, guest]) => guest.visitor?.at === "in")
      .map(([peer]) => peer);
  }

  /** Another connection of the same client that is in the call. */
  holderOf(record: ItemId, besides: PeerId): PeerId | undefined {
    return this.inside().find((peer) => peer !== besides && this.get(peer)?.visitor?.record === record);
  }

  /** Shows this of a guest from now on; null shows nothing. */
  show(peer: PeerId, visitor: Visitor | null): void {
    const guest = this.#guests.get(peer);
    if (guest) guest.visitor = visitor;
    this.#onChange(this.all().flatMap(([, each]) => each.visitor ?? []));
  }

  /** Shows this much differently of a guest that is shown. */
  change(peer: PeerId, change: Partial<Visitor>): void {
    const visitor = this.get(peer)?.visitor;
    if (visitor) this.show(peer, { ...visitor, ...change });
  }

  /** Says goodbye with a reason and ends what there was. */
  bye(peer: PeerId, reason: "moved" | "ended" | "refused" | "removed"): void {
    this.get(peer)?.talk?.send({ t: "bye", reason }, true);
    this.endConversation(peer);
  }

  endConversation(peer: PeerId): void {
    const guest = this.get(peer);
    if (!guest) return;
    guest.conversation?.close();
    guest.conversation = null;
    this.show(peer, null);
  }

  /** Forgets every key of this peer. */
  forget(peer: PeerId): void {
    this.endConversation(peer);
    this.get(peer)?.answering.close();
    this.#guests.delete(peer);
  }

  forgetAll(): void {
    for (const [peer] of this.all()) this.forget(peer);
  }
}
