/** A server that sits between two real browsers and knows the code (TP1 §3.3): towards the client it plays the therapist, towards
 * the therapist the client. Every relayed message goes through its hands, one for one, so the routes notice nothing. */
import { decode, encode } from "@msgpack/msgpack";
import type { Page } from "@playwright/test";
import type { Channel } from "../../wasm/channel.ts";
import { CodeAnswer } from "../../wasm/code-answer.ts";
import { CodeHandshake } from "../../wasm/code-client.ts";
import { Identity } from "../../wasm/identity.ts";
import { ready } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { NormalId, UserName } from "../../wire/names.ts";

export type Message = { t: string; data?: Uint8Array; [name: string]: unknown };
export type Way = "to the page" | "to the server";

/** Sits in the signaling line of a page; `lie` says what is handed on instead of a message. */
export async function lies(page: Page, lie: (message: Message, way: Way) => Message[]): Promise<void> {
  await page.routeWebSocket(/\/signal$/, (socket) => {
    const server = socket.connectToServer();
    const through = (bytes: string | Buffer, way: Way, send: (bytes: Buffer) => void) => {
      const message = decode(Buffer.from(bytes as Buffer)) as Message;
      for (const told of lie(message, way)) send(Buffer.from(encode(told)));
    };
    socket.onMessage((bytes) => through(bytes, "to the server", (out) => server.send(out)));
    server.onMessage((bytes) => through(bytes, "to the page", (out) => socket.send(out)));
  });
}

const KNOCK = 0;
const HANDSHAKE = 1;
const CHANNEL = 2;

/** What the liar read, by `t`. */
export class Liar {
  readonly read: string[] = [];
  readonly #identity = new Identity(crypto.getRandomValues(new Uint8Array(32)));
  readonly #user: UserName;
  readonly #code: NormalId;
  #toClient: { answer: CodeAnswer<null>; m2: Bytes } | null = null;
  #toTherapist: CodeHandshake | null = null;
  #held: Bytes | null = null;
  #channels: { client: Channel; therapist: Channel } | null = null;
  #clientChannel: Channel | null = null;

  constructor(user: string, code: string) {
    this.#user = user as UserName;
    this.#code = code as NormalId;
  }

  static async at(page: Page, user: string, code: string): Promise<Liar> {
    await ready();
    const liar = new Liar(user, code);
    await lies(page, (message, way) => [liar.through(message, way)]);
    return liar;
  }

  through(message: Message, way: Way): Message {
    const [kind, body] = [message.data?.[0], message.data?.slice(1)];
    if (message.t !== "relay" || kind === undefined || !body) return message;
    const out = way === "to the server" ? this.#fromClient(kind, body) : this.#fromTherapist(kind, body);
    return { ...message, data: Uint8Array.from([kind, ...(out ?? body)]) };
  }

  #fromClient(kind: number, body: Bytes): Uint8Array | null {
    if (kind === KNOCK) {
      const codes = [{ code: this.#code, ref: null }];
      const answer = new CodeAnswer({ identity: this.#identity, user: this.#user, codes });
      this.#toClient = { answer, m2: answer.onM1(body) };
      this.#toTherapist = new CodeHandshake({ user: this.#user, code: this.#code, pinned: null });
      return this.#toTherapist.m1;
    }
    if (kind === HANDSHAKE && this.#toClient && this.#held) {
      const { m4, established } = this.#toClient.answer.onM3(body);
      const m3 = this.#held;
      this.#held = m4;
      this.#clientChannel = established.channel;
      return m3;
    }
    return kind === CHANNEL && this.#channels
      ? this.#again(this.#channels.client, this.#channels.therapist, body)
      : null;
  }

  #fromTherapist(kind: number, body: Bytes): Uint8Array | null {
    if (kind === HANDSHAKE && this.#toTherapist && this.#toClient && !this.#clientChannel) {
      this.#held = this.#toTherapist.onM2(body);
      return this.#toClient.m2;
    }
    if (kind === HANDSHAKE && this.#toTherapist && this.#clientChannel && this.#held) {
      const { channel } = this.#toTherapist.onM4(body);
      this.#channels = { client: this.#clientChannel, therapist: channel };
      return this.#held;
    }
    return kind === CHANNEL && this.#channels
      ? this.#again(this.#channels.therapist, this.#channels.client, body)
      : null;
  }

  /** Opens with the one, reads, seals for the other. */
  #again(from: Channel, to: Channel, body: Bytes): Uint8Array {
    const { payload, tag } = from.open(body);
    this.read.push((decode(payload) as Message).t);
    return to.seal(payload, tag);
  }
}
