/** What came down, for the acks from which the server learns what our line carries (PROTOCOL.md "Relay"). Pure. */
import type { FrameHeader } from "../../wire/frame.ts";
import { type Ack, LATE_MAX_MS } from "../../wire/relay.ts";

/** Acks get lost: each stream is named for so long after its last frame. Higher: larger acks. Lower: a lost ack looks like a dead line. */
const NAMED_MS = 300;
/** How often: higher, the server reacts late; lower, acks cost more than sound. */
const EVERY_MS = 50;
const IDLE_MS = 100;
/** As many as an ack may name. */
const STREAMS_MAX = 64;
const U32 = 2 ** 32;

type Count = { slot: number; stream: number; ctr: number; at: number; frames: number; bytes: number };

export class HeardStreams {
  readonly #counts = new Map<number, Count>();
  #fresh = 0;
  #ackedAt = -Infinity;

  /** A frame came that did not come before. */
  frame({ slot, stream, ctr }: FrameHeader, bytes: number, now: number): void {
    const place = slot * 16 + stream;
    const known = this.#counts.get(place) ?? { slot, stream, ctr: -1, at: now, frames: 0, bytes: 0 };
    if (ctr > known.ctr) Object.assign(known, { ctr, at: now });
    known.frames = (known.frames + 1) % U32;
    known.bytes = (known.bytes + bytes) % U32;
    this.#counts.set(place, known);
    this.#fresh += 1;
  }

  /** The ack that is due now, else null. `late`: see `Ack`. */
  ack(now: number, late: number): Ack | null {
    const wait = this.#fresh > 0 ? EVERY_MS : IDLE_MS;
    if (now - this.#ackedAt < wait) return null;
    const named = [...this.#counts.values()].filter(({ at }) => now - at <= NAMED_MS).slice(0, STREAMS_MAX);
    if (named.length === 0) return null;
    this.#ackedAt = now;
    this.#fresh = 0;
    const heard = named.map(({ at, ...count }) => ({ ...count, age: Math.max(0, Math.round(now - at)) }));
    return { t: "ack", at: Math.floor(now) % U32, late: Math.min(LATE_MAX_MS, Math.round(late)), heard };
  }

  /** A slot is somebody else's now. */
  forget(slot: number): void {
    for (const [place, count] of this.#counts) if (count.slot === slot) this.#counts.delete(place);
  }

  /** A new session counts from nothing. */
  reset(): void {
    this.#counts.clear();
    this.#fresh = 0;
    this.#ackedAt = -Infinity;
  }
}
