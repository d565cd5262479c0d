/** The therapist's end of the pair: answers knocks of one peer by itself, shows nothing of it before link or code is proven. */
import type { CodeAnswer } from "../../wasm/code-answer.ts";
import { claimOf } from "../../wasm/code-messages.ts";
import { TP1Error } from "../../wasm/error.ts";
import type { Established } from "../../wasm/handshake.ts";
import type { Identity } from "../../wasm/identity.ts";
import { TherapistHandshake } from "../../wasm/therapist.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { ItemId, Rid } from "../../wire/ids.ts";
import { type ToClient, type ToTherapist, toTherapist } from "../../wire/sealed.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { Talk } from "./talk.ts";

/** Who has proven to be there: the client of a link, or the one whose code it was. */
export type Proven =
  | { readonly by: "link"; readonly rid: Rid }
  | { readonly by: "code"; readonly record: ItemId };

/** The code form as one knock needs it; `CodeEntry` is one. */
export interface CodeForm {
  newAnswer(): CodeAnswer<ItemId> | null;
  failed(): void;
  succeeded(): void;
}

export type AnsweringOptions = {
  readonly identity: Identity;
  readonly pskOf: (rid: Rid) => Uint8Array | null;
  /** Takes one handshake from the budget of this link; false where the minute has none left (A4). */
  readonly mayAnswer: (rid: Rid) => boolean;
  readonly codes: CodeForm;
  readonly send: (data: Bytes) => void;
  /** The client has proven itself. A new channel of the same peer replaces the old one. */
  readonly onOpen: (who: Proven, talk: Talk<ToTherapist, ToClient>) => void;
  readonly onMessage: (message: ToTherapist) => void;
};

type Handshake =
  | { readonly by: "link"; readonly rid: Rid; readonly attempt: TherapistHandshake }
  | { readonly by: "code"; readonly attempt: CodeAnswer<ItemId> };
type Finished = { readonly m4: Bytes; readonly established: Established; readonly who: Proven };

export class Answering {
  readonly #options: AnsweringOptions;
  #handshake: Handshake | null = null;
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
    const m2 = claimOf(m1).by === "code" ? this.#answerCode(m1) : this.#answerLink(m1);
    if (m2 === null) this.#refused += 1;
    else this.#options.send(wrapEnvelope("handshake", m2));
  }

  #answerLink(m1: Bytes): Bytes | null {
    const { identity, pskOf, mayAnswer } = this.#options;
    const attempt = new TherapistHandshake({ identity, linkKeyOf: pskOf });
    const { rid, m2 } = attempt.onM1(m1);
    if (!mayAnswer(rid)) {
      attempt.abort();
      return null;
    }
    this.#handshake = { by: "link", rid, attempt };
    return m2;
  }

  #answerCode(m1: Bytes): Bytes | null {
    const attempt = this.#options.codes.newAnswer();
    if (attempt === null) return null;
    const m2 = attempt.onM1(m1);
    this.#handshake = { by: "code", attempt };
    return m2;
  }

  #onProof(m3: Bytes): void {
    const handshake = this.#handshake;
    if (!handshake) return;
    this.#handshake = null;
    const { m4, established, who } = this.#finish(handshake, m3);
    const { send, onMessage, onOpen } = this.#options;
    this.#talk?.close();
    this.#talk = new Talk({ established, shape: toTherapist, send, onMessage });
    send(wrapEnvelope("handshake", m4));
    onOpen(who, this.#talk);
  }

  #finish(handshake: Handshake, m3: Bytes): Finished {
    if (handshake.by === "code") return this.#finishCode(handshake.attempt, m3);
    return { ...handshake.attempt.onM3(m3), who: { by: "link", rid: handshake.rid } };
  }

  #finishCode(attempt: CodeAnswer<ItemId>, m3: Bytes): Finished {
    const { codes, send } = this.#options;
    try {
      const { m4, established, ref } = attempt.onM3(m3);
      codes.succeeded();
      return { m4, established, who: { by: "code", record: ref } };
    } catch (error) {
      codes.failed();
      // an honest client learns it at once; who guesses would learn it from the missing M4
      send(wrapEnvelope("wrong"));
      throw error;
    }
  }

  /** Ends the channel: the client knocks anew. */
  restart(): void {
    this.#talk?.close();
    this.#talk = null;
    // what was still on its way for the dead channel must not ask a second time
    if (!this.#askedAgain) this.#options.send(wrapEnvelope("restart"));
    this.#askedAgain = true;
  }

  #onSealed(sealed: Bytes): void {
    // no channel, or one that is dead now
    if (!this.#talk?.receive(sealed)) this.restart();
  }
}
