/** One person's picture (or screen) as it comes in: a decoder for each layer that is on its way, and the one that is shown. A new layer
 * takes over with its first decoded frame, so that a change is never seen as a hole. */

import type { OpenedFrame } from "../../wasm/opener.ts";
import type { Clock } from "../call/clock.ts";
import { Age } from "./age.ts";
import { StreamDecoder } from "./decoder.ts";
import type { ShownStats, Surface } from "./messages.ts";
import { Painter } from "./painter.ts";
import { unpackPicture } from "./plain.ts";
import { holdMs } from "./sync.ts";

/** Without a new frame for so long what stands there is old and is taken away. Higher: a frozen face is taken for a person who listens.
 * Lower: a short stall blanks the picture. */
const GONE_MS = 5_000;

/** Higher: a layer whose beginning was lost is missed for longer. Lower: the tail of a layer that was left asks for a key frame. */
const STRAY_MS = 500;

export type ShowingParts = {
  readonly clock: Clock;
  readonly slot: number;
  readonly screen: boolean;
  /** Capture time in µs of this person's sound that is heard now; null where none is. */
  readonly playedUs: () => number | null;
  readonly needKey: (stream: number, isBehind: boolean) => void;
  readonly gotKey: (stream: number) => void;
  readonly shown: (isShown: boolean) => void;
};

export class Showing {
  readonly #parts: ShowingParts;
  readonly #painter: Painter;
  readonly #age = new Age();
  readonly #decoders = new Map<number, StreamDecoder>();
  /** The layer that is shown, and the one whose key frame came last. */
  #stream = -1;
  #coming = -1;
  #tookAt = -Infinity;
  #size = { width: 0, height: 0 };
  #painted = 0;
  #paintedAt = -Infinity;
  #isShown = false;
  #keysAsked = 0;

  constructor(parts: ShowingParts) {
    this.#parts = parts;
    this.#painter = new Painter(parts.clock, () => this.#wasPainted());
  }

  on(surface: Surface): void {
    this.#painter.on(surface);
  }

  /** An opened frame of this person's picture; false where it is none. */
  take({ header, plain }: OpenedFrame): boolean {
    const picture = unpackPicture(plain);
    if (picture === null) return false;
    const { meta, chunk } = picture;
    const { stream, ctr, key } = header;
    const now = this.#parts.clock.now();
    const age = this.#age.of(meta.ts, now);
    const known = this.#decoders.get(stream);
    // the rest of a layer that was left starts nothing, unless it is all that comes
    if (known === undefined && !key && now - this.#tookAt < STRAY_MS) return true;
    this.#tookAt = now;
    if (key) {
      this.#parts.gotKey(stream);
      this.#coming = stream;
    }
    (known ?? this.#begin(stream)).take({ ctr, isKey: key, meta, chunk, age });
    return true;
  }

  tick(): void {
    for (const decoder of this.#decoders.values()) decoder.tick();
    const now = this.#parts.clock.now();
    if (this.#isShown && now - this.#paintedAt > GONE_MS) this.#show(false);
  }

  /** The way is another one: its delay is not known yet. */
  newLine(): void {
    this.#age.reset();
  }

  close(): void {
    for (const decoder of this.#decoders.values()) decoder.close();
    this.#decoders.clear();
    this.#painter.close();
    if (this.#isShown) this.#show(false);
  }

  stats(): ShownStats | null {
    const decoder = this.#decoders.get(this.#stream);
    if (decoder === undefined) return null;
    const { slot, screen } = this.#parts;
    return {
      slot,
      screen,
      stream: this.#stream,
      ...this.#size,
      painted: this.#painted,
      keysAsked: this.#keysAsked,
      ...decoder.counts,
    };
  }

  #begin(stream: number): StreamDecoder {
    const decoder = new StreamDecoder(this.#parts.clock, {
      frame: (frame, { ts }) => this.#decoded(stream, frame, ts),
      needKey: (isBehind) => {
        this.#keysAsked += 1;
        this.#parts.needKey(stream, isBehind);
      },
      rebase: () => this.#age.reset(),
    });
    this.#decoders.set(stream, decoder);
    return decoder;
  }

  #decoded(stream: number, frame: VideoFrame, capturedUs: number): void {
    if (stream !== this.#stream && !this.#isNext(stream)) return void frame.close();
    this.#stream = stream;
    if (stream === this.#coming) this.#leaveOthers(stream);
    this.#size = { width: frame.displayWidth, height: frame.displayHeight };
    this.#painter.take(frame, holdMs(capturedUs, this.#parts.playedUs()));
  }

  /** The layer whose key frame came last takes over; before that anything is better than nothing. */
  #isNext(stream: number): boolean {
    return stream === this.#coming || this.#stream === -1;
  }

  #leaveOthers(stream: number): void {
    for (const [other, decoder] of this.#decoders) {
      if (other === stream) continue;
      decoder.close();
      this.#decoders.delete(other);
    }
  }

  #wasPainted(): void {
    this.#painted += 1;
    this.#paintedAt = this.#parts.clock.now();
    if (!this.#isShown) this.#show(true);
  }

  #show(isShown: boolean): void {
    this.#isShown = isShown;
    this.#parts.shown(isShown);
  }
}
