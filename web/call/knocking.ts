/** The client's end of the pair: knocks, proves the link or the code, talks; a dead channel is knocked open again, within the
 * budget. By code nothing is guessed twice: each guess is one press of the person (A4). */
import { TP1Error } from "../../wasm/error.ts";
import type { Established } from "../../wasm/handshake.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ToClient, type ToTherapist, toClient } from "../../wire/sealed.ts";
import type { HandshakeBudget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { Talk } from "./talk.ts";

/** One handshake of either path; `wasm` has both. */
export type Attempt = {
  readonly m1: Bytes;
  onM2(m2: Uint8Array): Bytes;
  onM4(m4: Uint8Array): Established;
  abort(): void;
};

/** How a client proves itself. By link: as often as the budget allows. By code: until the first proof each M3 is a guess. */
export interface Proof {
  newAttempt(): Attempt;
  /** The next M3 would be a guess: it is sent only if `spend` says so. */
  isGuess(): boolean;
  /** Takes the one guess of this press; false where there is none. */
  spend(): boolean;
  /** The guess of this press was sent and not proven right: nothing more goes by itself. */
  isUsedUp(): boolean;
}

export type KnockingOptions = {
  readonly proof: Proof;
  readonly clock: Clock;
  /** Shared by all knocks of a page, so that a new host page gives no new budget. */
  readonly budget: HandshakeBudget;
  readonly send: (data: Bytes) => void;
  /** The channel is open: the first message is ours. */
  readonly onOpen: (talk: Talk<ToClient, ToTherapist>) => void;
  readonly onMessage: (message: ToClient) => void;
  /** The other end is not the therapist of this link, or somebody changed bytes on the way. */
  readonly onUnproven: () => void;
  /** By code: the guess is used up and was not proven right; only the person may try again. */
  readonly onWrong: () => void;
};

/** Higher: a lost M1 is repeated later. Lower: a slow therapist's device is knocked twice. */
const ANSWER_PATIENCE_MS = 8_000;
/** By code the server passes five knocks in ten minutes. Higher: a knock that was dropped is repeated later. Lower: it is
 * refused while the client only waits. */
export const CODE_PATIENCE_MS = 150_000;

export class Knocking {
  readonly #options: KnockingOptions;
  #handshake: Attempt | null = null;
  #proved = false;
  #talk: Talk<ToClient, ToTherapist> | null = null;
  #cancel: () => void = () => undefined;
  #closed = false;

  constructor(options: KnockingOptions) {
    this.#options = options;
  }

  /** Knocks for the first time. */
  start(): void {
    this.#knock();
  }

  /** Takes what the route brings from the therapist. */
  receive(data: Bytes): void {
    const envelope = openEnvelope(data);
    if (!envelope || this.#closed) return;
    if (envelope.kind === "handshake") this.#onHandshake(envelope.body);
    if (envelope.kind === "channel" && this.#talk && !this.#talk.receive(envelope.body)) this.#knock();
    if (envelope.kind === "restart" && this.#talk) this.#knock();
    if (envelope.kind === "wrong" && this.#handshake && this.#proved) this.#options.onWrong();
  }

  /** Gives up and forgets all keys. */
  close(): void {
    this.#closed = true;
    this.#forget();
  }

  #forget(): void {
    this.#cancel();
    this.#handshake?.abort();
    this.#talk?.close();
    this.#handshake = null;
    this.#talk = null;
  }

  #knock(): void {
    this.#forget();
    const { budget, clock, proof, send } = this.#options;
    if (!budget.take(clock.now())) {
      const wait = budget.waitFrom(clock.now());
      if (wait !== null) this.#cancel = clock.after(wait, () => this.#knock());
      return;
    }
    this.#handshake = proof.newAttempt();
    this.#proved = false;
    // M1 alone tells nobody anything: it may be repeated where nobody answers
    const patience = proof.isGuess() ? CODE_PATIENCE_MS : ANSWER_PATIENCE_MS;
    this.#cancel = clock.after(patience, () => this.#knock());
    send(wrapEnvelope("knock", this.#handshake.m1));
  }

  #onHandshake(body: Bytes): void {
    const handshake = this.#handshake;
    if (!handshake) return;
    try {
      if (this.#proved) this.#open(handshake, body);
      else this.#prove(handshake, body);
    } catch (error) {
      if (!(error instanceof TP1Error)) throw error;
      if (error.reason === "state") return;
      // the attempt is used up; by link the timer starts the next one, the person learns why it takes so long
      if (this.#options.proof.isGuess()) this.#options.onWrong();
      else this.#options.onUnproven();
    }
  }

  #prove(handshake: Attempt, m2: Bytes): void {
    const { proof, clock, onWrong, send } = this.#options;
    const isGuess = proof.isGuess();
    if (isGuess && !proof.spend()) {
      onWrong();
      return;
    }
    const m3 = handshake.onM2(m2);
    this.#proved = true;
    if (isGuess) {
      this.#cancel();
      this.#cancel = clock.after(ANSWER_PATIENCE_MS, onWrong);
    }
    send(wrapEnvelope("handshake", m3));
  }

  #open(handshake: Attempt, m4: Bytes): void {
    const established = handshake.onM4(m4);
    this.#cancel();
    this.#handshake = null;
    const { send, onMessage, onOpen } = this.#options;
    this.#talk = new Talk({ established, shape: toClient, send, onMessage });
    onOpen(this.#talk);
  }
}
