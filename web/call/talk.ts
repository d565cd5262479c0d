/** An open sealed channel as messages: what does not open ends it, what is no message of ours is ignored and counted. */
import type { Established, Sas } from "../../wasm/handshake.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { decodeSealed, encodeSealed, type ToClient, type ToTherapist } from "../../wire/sealed.ts";
import type { Shape } from "../../wire/shape.ts";
import { wrapEnvelope } from "./envelope.ts";

type Message = ToClient | ToTherapist;

export type TalkEnd<In extends Message> = {
  readonly established: Established;
  readonly shape: Shape<In>;
  /** Puts an envelope on the route. */
  readonly send: (data: Bytes) => void;
  readonly onMessage: (message: In) => void;
};

export class Talk<In extends Message, Out extends Message> {
  readonly #end: TalkEnd<In>;
  #ignored = 0;

  constructor(end: TalkEnd<In>) {
    this.#end = end;
  }

  /** Messages that opened but are not of this version. */
  get ignored(): number {
    return this.#ignored;
  }

  /** The hash of this handshake; proofs are bound to it. */
  get th(): Bytes {
    return this.#end.established.th;
  }

  /** The four words of this handshake, as places in the list. */
  get sas(): Sas {
    return this.#end.established.sas;
  }

  /** Names the one who knocked in media keys, 16 B. */
  get pid(): Bytes {
    return this.#end.established.pid;
  }

  /** Seals and sends; `last` says goodbye. Silent where the channel is dead: the caller is about to learn of it. */
  send(message: Out, last = false): void {
    const { channel } = this.#end.established;
    if (!channel.alive) return;
    // what was sealed before an epoch must not open with what is stolen after it
    const tag = message.t === "epoch" ? "rekey" : "message";
    this.#end.send(wrapEnvelope("channel", channel.seal(encodeSealed(message), last ? "final" : tag)));
  }

  /** Opens what came. False where it did not open: the channel is dead then, only a new handshake helps. */
  receive(sealed: Bytes): boolean {
    let payload: Bytes;
    try {
      ({ payload } = this.#end.established.channel.open(sealed));
    } catch {
      return false;
    }
    const message = decodeSealed(this.#end.shape, payload);
    if (message) this.#end.onMessage(message);
    else this.#ignored += 1;
    return true;
  }

  /** Forgets the keys. */
  close(): void {
    this.#end.established.channel.close();
  }
}
