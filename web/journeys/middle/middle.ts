/** The product as a server of bad faith would run it (TP1 §3.3): an honest one behind, and in front of it somebody who keeps every byte
 * of signaling and media, and may change, hold back or invent whatever crosses. QUIC is off, so that all of it crosses here. */
import { decode, encode } from "@msgpack/msgpack";
import { base64url } from "../../../wire/bytes.ts";
import { isControl } from "../../../wire/relay.ts";
import type { Message } from "../liar.ts";
import { freePort, type Product, startProduct } from "../product.ts";
import { test as stage } from "../stage.ts";
import { type Line, sitBetween, type Towards } from "./line.ts";

/** One item of a media session. */
export type Carried = {
  /** Counts all that was carried, in its order. */
  readonly n: number;
  readonly slot: number;
  readonly way: "up" | "down";
  readonly towards: Towards;
  readonly item: Buffer;
};

/** One message of signaling; `slot` of the page whose line it is, once it has asked for media. */
export type Signalled = {
  readonly message: Message;
  readonly slot: number | null;
  readonly towards: Towards;
};

type Place = { readonly slot: number; readonly way: "up" | "down" };

export class Middle {
  readonly product: Product;
  /** Everything, in its order. */
  readonly carried: Carried[] = [];
  readonly signalled: Buffer[] = [];
  /** What is handed on instead; null: the thing itself. */
  lieInMedia: ((carried: Carried) => readonly Uint8Array[]) | null = null;
  lieInSignaling: ((signalled: Signalled) => readonly Message[]) | null = null;
  readonly #close: () => void;
  readonly #places = new Map<string, Place>();
  readonly #slots = new Map<Line, number>();
  readonly #peers = new Map<Line, unknown>();
  readonly #lanes = new Map<string, Line>();

  private constructor(product: Product, close: () => void) {
    this.product = product;
    this.#close = close;
  }

  static async open(): Promise<Middle> {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const behind = await startProduct("localhost", { TPC_ORIGIN: origin, TPC_MEDIA_PORT: "off" });
    const behindPort = Number(new URL(behind.origin).port);
    const { close } = await sitBetween(
      port,
      () => behindPort,
      (line, message, towards) => middle.#through(line, message, towards),
    );
    const middle: Middle = new Middle({ ...behind, origin }, close);
    return middle;
  }

  /** Sealed frames that pages sent up; those that came first in this order have the lower `n`. */
  sent(slot?: number): Carried[] {
    return this.carried.filter(
      (one) => one.towards === "server" && !isControl(one.item) && (slot === undefined || one.slot === slot),
    );
  }

  /** Puts an item into the session by which this slot receives. */
  sayMedia(slot: number, item: Uint8Array, lane: "a" | "b" = "a"): void {
    this.#lanes.get(`${slot} down ${lane}`)?.say("page", item);
  }

  /** Says this to the page of this slot. */
  saySignal(slot: number, message: Message): void {
    for (const [line, of] of this.#slots) if (of === slot && line.isOpen) line.say("page", encode(message));
  }

  /** By what name signaling knows the page of this slot. */
  peerOf(slot: number): unknown {
    for (const [line, of] of this.#slots) if (of === slot && line.isOpen) return this.#peers.get(line);
    return undefined;
  }

  async close(): Promise<void> {
    this.#close();
    await this.product.close();
  }

  #through(line: Line, bytes: Buffer, towards: Towards): readonly Uint8Array[] {
    return line.url.pathname === "/media"
      ? this.#media(line, bytes, towards)
      : this.#signaling(line, bytes, towards);
  }

  #media(line: Line, item: Buffer, towards: Towards): readonly Uint8Array[] {
    const place = this.#places.get(line.url.searchParams.get("pass") ?? "");
    if (!place) return [item];
    this.#lanes.set(`${place.slot} ${place.way} ${line.url.searchParams.get("lane")}`, line);
    const carried = { n: this.carried.length, ...place, towards, item };
    this.carried.push(carried);
    return this.lieInMedia?.(carried) ?? [item];
  }

  #signaling(line: Line, bytes: Buffer, towards: Towards): readonly Uint8Array[] {
    this.signalled.push(bytes);
    const message = decode(bytes) as Message;
    if (message.t === "media" && towards === "page") this.#note(line, message);
    if (message.t === "welcome" && towards === "page") this.#peers.set(line, message.peer);
    const slot = this.#slots.get(line) ?? null;
    return this.lieInSignaling?.({ message, slot, towards }).map((told) => encode(told)) ?? [bytes];
  }

  #note(line: Line, { slot, up, down }: Message): void {
    this.#slots.set(line, slot as number);
    const tokens = { up: up as Uint8Array[], down: down as Uint8Array[] };
    for (const way of ["up", "down"] as const)
      for (const token of tokens[way]) this.#places.set(base64url(token), { slot: slot as number, way });
  }
}

/** The stage of every journey, with somebody in the middle. */
export const test = stage.extend<{ middle: Middle }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  middle: async ({}, use) => {
    const middle = await Middle.open();
    await use(middle);
    await middle.close();
  },
  product: async ({ middle }, use) => use(middle.product),
});
