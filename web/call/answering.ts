/** The therapist's end of the pair: answers knocks of one peer by itself, shows nothing of it before the link is proven. */
import { TP1Error } from "../../wasm/error.ts";
import type { Identity } from "../../wasm/identity.ts";
import { TherapistHandshake } from "../../wasm/therapist.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Rid } from "../../wire/ids.ts";
import { type ToClient, type ToTherapist, toTherapist } from "../../wire/sealed.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { Talk } from "./talk.ts";

export type AnsweringOptions = {
  readonly identity: Identity;
  readonly pskOf: (rid: Rid) => Uint8Array | null;
  /** Takes one handshake from the budget of this link; false where the minute has none left (A4). */
  readonly mayAnswer: (rid: Rid) => boolean;
  readonly send: (data: Bytes) => void;
  /** The client has proven its link. A new channel of the same peer replaces the old one. */
  readonly onOpen: (rid: Rid, talk: Talk<ToTherapist, ToClient>) => void;
  readonly onMessage: (message: ToTherapist) => void;
};

export class Answering {
  readonly #options: AnsweringOptions;
  #handshake: { rid: Rid; attempt: TherapistHandshake } | null = null;
  #talk: Talk<ToTherapist, ToClient> | null = null;
  #refused = 0;
  #askedAgain = false;

  constructor(options: AnsweringOptions) {
    this.#options = options;
  }

  /** Knocks, proofs and messages that were not good: dropped and counted. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes what the route brings from this peer. */
  receive(data: Bytes): void {
    const envelope = openEnvelope(data);
    try {
      if (envelope?.kind === "knock") this.#onKnock(envelope.body);
      else if (envelope?.kind === "handshake") this.#onProof(envelope.body);
      else if (envelope?.kind === "channel") this.#onSealed(envelope.body);
    } catch (error) {
      if (!(error instanceof TP1Error)) throw error;
      this.#refused += 1;
    }
  }

  /** Forgets all keys of this peer. */
  close(): void {
    this.#handshake?.attempt.abort();
    this.#talk?.close();
    this.#handshake = null;
    this.#talk = null;
  }

  #onKnock(m1: Bytes): void {
    this.#handshake?.attempt.abort();
    this.#handshake = null;
    this.#askedAgain = false;
    const { identity, pskOf, mayAnswer, send } = this.#options;
    const attempt = new TherapistHandshake({ identity, linkKeyOf: pskOf });
    const { rid, m2 } = attempt.onM1(m1);
    if (!mayAnswer(rid)) {
      attempt.abort();
      this.#refused += 1;
      return;
    }
    this.#handshake = { rid, attempt };
    send(wrapEnvelope("handshake", m2));
  }

  #onProof(m3: Bytes): void {
    const handshake = this.#handshake;
    if (!handshake) return;
    this.#handshake = null;
    const { m4, established } = handshake.attempt.onM3(m3);
    const { send, onMessage, onOpen } = this.#options;
    this.#talk?.close();
    this.#talk = new Talk({ established, shape: toTherapist, send, onMessage });
    send(wrapEnvelope("handshake", m4));
    onOpen(handshake.rid, this.#talk);
  }

  #onSealed(sealed: Bytes): void {
    if (this.#talk?.receive(sealed)) return;
    // no channel, or one that is dead now: the client must knock anew
    this.#talk?.close();
    this.#talk = null;
    // what was still on its way for the dead channel must not ask a second time
    if (!this.#askedAgain) this.#options.send(wrapEnvelope("restart"));
    this.#askedAgain = true;
  }
}
