/** Somebody who belongs to a group call honestly, as a script: comes in by the own link with the product's own handshake, beats and acks,
 * and keeps what a person's page wipes, the secret of every epoch that the therapist's page handed to it. */
import { EpochMember } from "../../wasm/epoch-member.ts";
import { linkKeys, parseLink } from "../../wasm/link.ts";
import type { Epoch } from "../../wasm/roster.ts";
import { ready } from "../../wasm/sodium.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { ToBrowser } from "../../wire/signal.ts";
import { HandshakeBudget } from "../call/budget.ts";
import { pageClock as clock } from "../call/clock.ts";
import { SHOWS_NOTHING } from "../call/host-beats.ts";
import { Knocking } from "../call/knocking.ts";
import { MemberBeats } from "../call/member-beats.ts";
import { LinkProof } from "../call/proof.ts";
import { Routes } from "../call/routes.ts";
import { type RawSocket, SignalSocket } from "../call/socket.ts";
import type { Talk } from "../call/talk.ts";

/** Both runners' own takes headers; the types are the browser's. */
const Socket = WebSocket as unknown as new (url: string, options: { headers: object }) => RawSocket;

export class Insider {
  /** Copies of all epochs, oldest first. */
  readonly epochs: Epoch[] = [];
  slot: number | null = null;
  /** Why the therapist sent us out. */
  bye: string | null = null;
  readonly #name: string;
  readonly #socket: SignalSocket;
  readonly #routes: Routes;
  readonly #proof: LinkProof;
  readonly #member = new EpochMember();
  readonly #beats: MemberBeats;
  #knocking: Knocking | null = null;
  #talk: Talk<ToClient, ToTherapist> | null = null;
  #handshake = 0;

  /** Knocks by this link; `origin` is the product's. */
  static async at(origin: string, link: string, name: string): Promise<Insider> {
    await ready();
    return new Insider(origin, link, name);
  }

  private constructor(origin: string, link: string, name: string) {
    const parts = parseLink(link);
    if (typeof parts === "string") throw new Error(`no link: ${parts}`);
    const { rid, psk } = linkKeys(parts.secret);
    this.#name = name;
    this.#proof = new LinkProof({ rid, psk, fingerprint: parts.fingerprint });
    this.#routes = new Routes({
      clock,
      post: (message) => this.#socket.send(message),
      deliver: (_, data) => this.#knocking?.receive(data),
      broke: () => undefined,
    });
    this.#beats = new MemberBeats({
      clock,
      send: (message) => this.#talk?.send(message),
      own: () => ({ shows: SHOWS_NOTHING, ctr: null }),
      onAllowed: () => undefined,
    });
    this.#socket = new SignalSocket(
      { t: "hello", rid },
      {
        clock,
        random: Math.random,
        connect: () => new Socket(`${origin.replace("http", "ws")}/signal`, { headers: { origin } }),
        signs: () => () => undefined,
        message: (message) => this.#signalled(message),
      },
    );
  }

  /** Goes without a word. */
  close(): void {
    this.#beats.close();
    this.#knocking?.close();
    this.#routes.close();
    this.#socket.close();
  }

  #signalled(message: ToBrowser): void {
    this.#routes.take(message);
    if (message.t === "door" && message.host !== null) this.#knock(message.host);
  }

  #knock(host: Parameters<Routes["to"]>[0]): void {
    if (this.#knocking) return;
    const route = this.#routes.to(host);
    this.#knocking = new Knocking({
      proof: this.#proof,
      clock,
      budget: new HandshakeBudget(),
      send: (data) => route?.send(data),
      onOpen: (talk) => {
        this.#talk = talk;
        talk.send({ t: "join", known: null, label: this.#name, hide: false });
      },
      onMessage: (message) => this.#said(message),
      onUnproven: () => undefined,
      onWrong: () => undefined,
    });
    this.#knocking.start();
  }

  #said(message: ToClient): void {
    if (message.t === "group") this.#talk?.send({ t: "ready" });
    else if (message.t === "admit") this.#admitted(message.slot);
    else if (message.t === "epoch") this.#epoch(message);
    else if (message.t === "hb") this.#beats.echo(message.echo);
    else if (message.t === "bye") this.bye = message.reason;
  }

  #admitted(slot: number): void {
    if (!this.#talk) return;
    this.slot = slot;
    this.#handshake = this.#member.admitted({ pid: this.#talk.pid, slot });
  }

  #epoch(epoch: Epoch): void {
    const kept = { ...epoch, secret: epoch.secret.slice() };
    if (typeof this.#member.accept(epoch, this.#handshake) === "string") return;
    this.epochs.push(kept);
    this.#talk?.send({ t: "ack", rv: epoch.rv });
    this.#beats.epoch(epoch.rv);
  }
}
