/** For tests: a line of known rate, delay and loss, and a receiver that acknowledges as a page does. Everything comes from a seed, so a trace
 * is the same each time: constant line, loss, a step, a queue that is far too long. */
import type { Ack } from "./relay.ts";

export type LineShape = {
  /** kbit/s at a time in ms. */
  readonly kbps: (now: number) => number;
  /** One way, ms. */
  readonly delay: number;
  /** Part of packets lost. What is `lossy` is gone, the rest comes a round trip later. */
  readonly loss?: number;
  /** What is lossy and would wait longer than this is dropped. */
  readonly queueMs?: number;
  readonly seed?: number;
};

/** One direction: the clock of its far end runs 5,000 ms ahead. */
export class Line {
  readonly #shape: LineShape;
  readonly #last = new Map<number, number>();
  #freeAt = 0;
  #state: number;

  constructor(shape: LineShape) {
    this.#shape = shape;
    this.#state = shape.seed ?? 1;
  }

  /** When what is sent now arrives; null: never. `lane`: what stays in order with what. */
  send(bytes: number, now: number, lossy: boolean, lane: number): number | null {
    const { kbps, delay, loss = 0, queueMs = 400 } = this.#shape;
    const start = Math.max(now, this.#freeAt);
    if (lossy && start - now > queueMs) return null;
    this.#freeAt = start + ((bytes + 40) * 8) / kbps(start);
    const isLost = this.#random() < 1 - (1 - loss) ** Math.ceil(bytes / 1_200);
    if (isLost && lossy) return null;
    const arrival = this.#freeAt + delay + (isLost ? delay * 2 + 20 : 0);
    const inOrder = lossy ? arrival : Math.max(arrival, this.#last.get(lane) ?? 0);
    this.#last.set(lane, inOrder);
    return inOrder;
  }

  /** mulberry32, 0 to 1. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

type Arrival = { place: number; ctr: number; bytes: number; at: number };
type Heard = { ctr: number; at: number; frames: number; bytes: number };

/** What arrives, and the acks for it. */
export class Receiver {
  readonly #arrivals: Arrival[] = [];
  readonly #heard = new Map<number, Heard>();
  /** Queueing delay of sound that arrived since this was last set to 0, at the most. */
  worst = 0;

  expect(slot: number, stream: number, ctr: number, bytes: number, at: number | null): void {
    if (at !== null) this.#arrivals.push({ place: (slot << 4) | stream, ctr, bytes, at });
  }

  /** The ack that leaves at `now`, and what it is about. */
  ack(now: number): Ack {
    const due = this.#arrivals.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    for (const one of due) {
      this.#arrivals.splice(this.#arrivals.indexOf(one), 1);
      this.#take(one);
    }
    const heard = [...this.#heard].map(([place, { ctr, at, frames, bytes }]) => {
      return { slot: place >> 4, stream: place & 15, ctr, age: Math.round(now - at), frames, bytes };
    });
    return { t: "ack", at: (Math.round(now) + 5_000) >>> 0, late: 0, heard };
  }

  #take({ place, ctr, bytes, at }: Arrival): void {
    const before = this.#heard.get(place) ?? { ctr: -1, at, frames: 0, bytes: 0 };
    const isNewest = ctr > before.ctr;
    this.#heard.set(place, {
      ctr: isNewest ? ctr : before.ctr,
      at: isNewest ? at : before.at,
      frames: before.frames + 1,
      bytes: before.bytes + bytes,
    });
  }
}
