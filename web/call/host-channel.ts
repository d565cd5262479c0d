/** The client's channel to the therapist's page: one handshake at a time, with the host that the server names, and anew where it is gone. */
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { ToBrowser } from "../../wire/signal.ts";
import type { ClientCallOptions } from "./client-types.ts";
import { Knocking } from "./knocking.ts";
import type { CodeProof, LinkProof } from "./proof.ts";
import { Routes } from "./routes.ts";
import type { Talk } from "./talk.ts";

export type HostChannelParts = Pick<ClientCallOptions, "clock" | "budget" | "post"> & {
  readonly proof: LinkProof | CodeProof;
  /** The person has pressed, and the door is open. */
  readonly mayKnock: () => boolean;
  /** A handshake begins. */
  readonly onKnock: () => void;
  readonly onOpen: (talk: Talk<ToClient, ToTherapist>) => void;
  readonly onMessage: (message: ToClient) => void;
  readonly onUnproven: () => void;
  /** The code fits nowhere, or there is no try left. */
  readonly onWrong: () => void;
};

type Pair = { readonly host: PeerId; readonly knocking: Knocking };

export class HostChannel {
  readonly #parts: HostChannelParts;
  readonly #routes: Routes;
  #host: PeerId | null = null;
  #pair: Pair | null = null;
  #talk: Talk<ToClient, ToTherapist> | null = null;

  constructor(parts: HostChannelParts) {
    this.#parts = parts;
    this.#routes = new Routes({
      clock: parts.clock,
      post: parts.post,
      deliver: (peer, data) => this.#pair?.host === peer && this.#pair.knocking.receive(data),
      broke: () => this.knockAnew(),
    });
  }

  /** Null while no handshake has opened it. */
  get talk(): Talk<ToClient, ToTherapist> | null {
    return this.#talk;
  }

  /** Takes what the server says of routes. */
  take(message: ToBrowser): void {
    this.#routes.take(message);
  }

  /** The server names this host now; what belongs to another one is over. */
  setHost(host: PeerId | null): void {
    this.#host = host;
    if (host === null || !this.#pair || this.#pair.host === host) return;
    this.#routes.drop(this.#pair.host);
    this.drop();
  }

  /** True where this is the page we talk or shake hands with. */
  isWith(peer: PeerId): boolean {
    return this.#pair?.host === peer;
  }

  /** Begins where it may and has not. */
  knock(): void {
    const host = this.#host;
    const { mayKnock, proof, clock, budget, onKnock, onOpen, onMessage, onUnproven, onWrong } = this.#parts;
    if (!mayKnock() || host === null || this.#pair) return;
    if (proof.isUsedUp()) return void onWrong();
    const route = this.#routes.to(host);
    const knocking = new Knocking({
      proof,
      clock,
      budget,
      send: (data) => route?.send(data),
      onOpen: (talk) => {
        this.#talk = talk;
        onOpen(talk);
      },
      onMessage,
      onUnproven,
      onWrong,
    });
    this.#pair = { host, knocking };
    onKnock();
    knocking.start();
  }

  /** The route is gone, so is the channel on it; a call that runs goes on until the new one carries. */
  knockAnew(): void {
    this.drop();
    this.knock();
  }

  /** Forgets the keys of this handshake. */
  drop(): void {
    this.#pair?.knocking.close();
    this.#pair = null;
    this.#talk = null;
  }

  /** The page goes. */
  close(): void {
    this.drop();
    this.#routes.close();
  }
}
