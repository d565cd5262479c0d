/** One person of a room under load: two sessions, a speaker, a listener, and the control messages that a page sends. */
import type { EpochKeys } from "../../wasm/roster.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { kindOf, readHeader } from "../../wire/frame.ts";
import { decodeControl, encodeControl, fromRelay, isControl } from "../../wire/relay.ts";
import type { Listener } from "./listener.ts";
import type { Session, SessionEars } from "./session.ts";
import type { Speaker } from "./speaker.ts";

const ACK_EVERY_MS = 50;
const BEAT_EVERY_MS = 5_000;
/** CSS pixels × device ratio of a tile of five. */
const TILE_HEIGHT = 360;

/** How a session is opened, whatever carries it. */
export type OpenSession = (token: Bytes, ears: SessionEars) => Promise<Session>;

export type MemberParts = {
  readonly slot: number;
  readonly speaker: Speaker;
  readonly listener: Listener;
  /** The server ended a session that nobody here closed. */
  readonly onLost: (code: number) => void;
};

export class Member {
  readonly slot: number;
  readonly speaker: Speaker;
  readonly #listener: Listener;
  readonly #onLost: (code: number) => void;
  #up: Session | null = null;
  #down: Session | null = null;
  #isGone = false;
  #ackDue = 0;
  #beatDue = 0;

  constructor({ slot, speaker, listener, onLost }: MemberParts) {
    this.slot = slot;
    this.speaker = speaker;
    this.#listener = listener;
    this.#onLost = onLost;
  }

  /** Opens both sessions by their tokens. */
  async join(open: OpenSession, [up, down]: readonly [Bytes, Bytes]): Promise<void> {
    const closed = (code: number) => {
      if (!this.#isGone) this.#onLost(code);
    };
    [this.#up, this.#down] = await Promise.all([
      open(up, { item: (item) => this.#control(item), closed }),
      open(down, { item: (item) => this.#received(item), closed }),
    ]);
  }

  /** Shows these slots, all of them in tiles of the same size. */
  view(slots: readonly number[]): void {
    const wants = slots
      .filter((slot) => slot !== this.slot)
      .map((slot, rank) => ({ slot, screen: 0, height: TILE_HEIGHT, rank }));
    this.#down?.sure(encodeControl({ t: "view", wants }));
  }

  install({ speak, listen }: { readonly speak: EpochKeys; readonly listen: EpochKeys }, now: number): void {
    this.#listener.install(listen, now);
    this.speaker.use(speak);
  }

  forget(slot: number): void {
    this.#listener.forget(slot);
  }

  /** Sends what is due. */
  step(now: number): void {
    if (this.#up === null || this.#isGone) return;
    for (const frame of this.speaker.due(now)) {
      const header = readHeader(frame);
      if (header !== null && kindOf(header.stream) === "video") this.#up.picture(frame);
      else this.#up.loose(frame);
    }
    if (now >= this.#ackDue) this.#ack(now);
    if (now >= this.#beatDue) this.#beat(now);
  }

  leave(): void {
    this.#isGone = true;
    this.#up?.close();
    this.#down?.close();
  }

  #ack(now: number): void {
    this.#ackDue = now + ACK_EVERY_MS;
    const ack = this.#listener.ack(now);
    if (ack !== null) this.#down?.loose(encodeControl(ack));
  }

  #beat(now: number): void {
    this.#beatDue = now + BEAT_EVERY_MS;
    for (const session of [this.#up, this.#down]) session?.sure(encodeControl({ t: "beat" }));
  }

  #received(item: Bytes): void {
    if (isControl(item)) this.#control(item);
    else if (!this.#isGone) this.#listener.take(item, performance.now());
  }

  #control(item: Bytes): void {
    const message = decodeControl(fromRelay, item);
    if (message?.t === "want") {
      this.speaker.want(
        message.streams.map(({ stream }) => stream),
        performance.now(),
      );
    } else if (message?.t === "key") this.speaker.key(message.stream);
  }
}
