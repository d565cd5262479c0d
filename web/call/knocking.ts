/** The client's end of the pair: knocks, proves the link, talks; a dead channel is knocked open again, within the budget (A4). */
import { ClientHandshake, type ClientLink } from "../../wasm/client.ts";
import { TP1Error } from "../../wasm/error.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ToClient, type ToTherapist, toClient } from "../../wire/sealed.ts";
import type { HandshakeBudget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { openEnvelope, wrapEnvelope } from "./envelope.ts";
import { Talk } from "./talk.ts";

export type KnockingOptions = {
  readonly link: ClientLink;
  readonly clock: Clock;
  /** Shared by all knocks of a page, so that a new host page gives no new budget. */
  readonly budget: HandshakeBudget;
  readonly send: (data: Bytes) => void;
  /** The channel is open: the first message is ours. */
  readonly onOpen: (talk: Talk<ToClient, ToTherapist>) => void;
  readonly onMessage: (message: ToClient) => void;
  /** The other end is not the therapist of this link, or somebody changed bytes on the way. */
  readonly onUnproven: () => void;
};

/** Higher: a lost M1 is repeated later. Lower: a slow therapist's device is knocked twice. */
const ANSWER_PATIENCE_MS = 8_000;

export class Knocking {
  readonly #options: KnockingOptions;
  #handshake: ClientHandshake | null = null;
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
    const { budget, clock, link, send } = this.#options;
    if (!budget.take(clock.now())) {
      const wait = budget.waitFrom(clock.now());
      if (wait !== null) this.#cancel = clock.after(wait, () => this.#knock());
      return;
    }
    this.#handshake = new ClientHandshake(link);
    this.#proved = false;
    this.#cancel = clock.after(ANSWER_PATIENCE_MS, () => this.#knock());
    send(wrapEnvelope("knock", this.#handshake.m1));
  }

  #onHandshake(body: Bytes): void {
    const handshake = this.#handshake;
    if (!handshake) return;
    try {
      if (!this.#proved) {
        const m3 = handshake.onM2(body);
        this.#proved = true;
        this.#options.send(wrapEnvelope("handshake", m3));
      } else this.#open(handshake, body);
    } catch (error) {
      // the attempt is used up; the timer starts the next one, the person learns why it takes so long
      if (error instanceof TP1Error && error.reason !== "state") this.#options.onUnproven();
      else if (!(error instanceof TP1Error)) throw error;
    }
  }

  #open(handshake: ClientHandshake, m4: Bytes): void {
    const established = handshake.onM4(m4);
    this.#cancel();
    this.#handshake = null;
    const { send, onMessage, onOpen } = this.#options;
    this.#talk = new Talk({ established, shape: toClient, send, onMessage });
    onOpen(this.#talk);
  }
}
