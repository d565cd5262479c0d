/** One stream's decoder: decodes on arrival what can be decoded, finds out what is missing or too late, and starts anew where the browser's
 * decoder falls silent. */
import type { Clock } from "../call/clock.ts";
import { Known } from "./chain.ts";
import { Lateness } from "./overload.ts";
import type { PictureMeta } from "./plain.ts";

/** Frames in and nothing out for so long: the decoder is dead (some fail without a word). Higher: the picture stands for longer. */
const SILENT_MS = 500;
/** A frame waits in the decoder at most; more are lost track of. */
const TIMES_MAX = 64;
/** Over how many frames means are taken. */
const MEAN_OF = 100;
/** Up to this height software decodes faster than hardware answers, and hardware has few places. */
const SOFTWARE_HEIGHT = 400;

export type Incoming = {
  readonly ctr: number;
  readonly isKey: boolean;
  readonly meta: PictureMeta;
  readonly chunk: Uint8Array;
  /** How much later than the fastest it came, ms. */
  readonly age: number;
};
export type DecoderEars = {
  /** The frame is the listener's to close. */
  frame(frame: VideoFrame, meta: PictureMeta): void;
  /** Cannot go on without a key frame; `isBehind`: because this device is too slow. */
  needKey(isBehind: boolean): void;
  /** The way has become slower for good. */
  rebase(): void;
};

export class StreamDecoder {
  readonly #clock: Clock;
  readonly #ears: DecoderEars;
  readonly #known = new Known();
  readonly #lateness = new Lateness();
  readonly #inside = new Map<
    number,
    { readonly meta: PictureMeta; readonly at: number; readonly age: number }
  >();
  #decoder: VideoDecoder | null = null;
  #shape = "";
  #lastInAt = 0;
  #lastOutAt = 0;
  #lastUs = -1;
  /** Given up, up to the next key frame. */
  #isGivenUp = false;
  readonly counts = { received: 0, decoded: 0, dropped: 0, late: 0, restarts: 0, decodeMs: 0, lateMs: 0 };

  constructor(clock: Clock, ears: DecoderEars) {
    this.#clock = clock;
    this.#ears = ears;
  }

  take(incoming: Incoming): void {
    const now = this.#clock.now();
    this.counts.received += 1;
    if (!this.#isTimely(incoming, now)) return void this.#drop(incoming);
    const fits = this.#known.fits(incoming.ctr, incoming.meta.dep);
    if (fits === "old") return void this.#drop(incoming);
    if (fits === "gap" || (this.#isGivenUp && !incoming.isKey)) {
      this.#drop(incoming);
      return void this.#ears.needKey(false);
    }
    this.#isGivenUp = false;
    this.#decode(incoming, now);
  }

  /** Finds a decoder that has fallen silent. */
  tick(): void {
    const now = this.#clock.now();
    const isSilent = this.#inside.size > 0 && now - Math.max(this.#lastOutAt, this.#oldest()) > SILENT_MS;
    if (isSilent && now - this.#lastInAt < SILENT_MS) this.#restart();
  }

  close(): void {
    if (this.#decoder !== null && this.#decoder.state !== "closed") this.#decoder.close();
    this.#decoder = null;
    this.#inside.clear();
  }

  #isTimely({ age }: Incoming, now: number): boolean {
    const verdict = this.#lateness.judge(age, this.#decoder?.decodeQueueSize ?? 0, now);
    if (verdict === "rebase") this.#ears.rebase();
    if (verdict !== "drop") return true;
    this.counts.late += 1;
    this.#isGivenUp = true;
    this.#ears.needKey(true);
    return false;
  }

  #drop(_incoming: Incoming): void {
    this.counts.dropped += 1;
  }

  #decode({ ctr, isKey, meta, chunk, age }: Incoming, now: number): void {
    // a decoder tells frames apart by their time alone
    const timestamp = Math.max(meta.ts, this.#lastUs + 1);
    if (this.#inside.size === 0) this.#lastOutAt = now;
    this.#lastUs = timestamp;
    this.#lastInAt = now;
    this.#inside.set(timestamp, { meta, at: now, age });
    if (this.#inside.size > TIMES_MAX) this.#inside.delete(this.#inside.keys().next().value ?? 0);
    this.#known.decoded(ctr);
    try {
      const decoder = this.#prepared(meta, isKey);
      decoder.decode(new EncodedVideoChunk({ type: isKey ? "key" : "delta", timestamp, data: chunk }));
    } catch {
      this.#restart();
    }
  }

  #prepared(meta: PictureMeta, isKey: boolean): VideoDecoder {
    const shape = `${meta.w} ${meta.h} ${meta.rot ?? 0}`;
    const decoder = this.#decoder ?? this.#make();
    if (decoder.state === "configured" && (!isKey || shape === this.#shape)) return decoder;
    this.#shape = shape;
    const isSmall = Math.min(meta.w, meta.h) <= SOFTWARE_HEIGHT;
    decoder.configure({
      codec: meta.codec ?? "vp8",
      codedWidth: meta.w,
      codedHeight: meta.h,
      optimizeForLatency: true,
      hardwareAcceleration: isSmall ? "prefer-software" : "no-preference",
    });
    return decoder;
  }

  #make(): VideoDecoder {
    const decoder: VideoDecoder = new VideoDecoder({
      output: (frame) => {
        if (this.#decoder === decoder) this.#output(frame);
        else frame.close();
      },
      error: () => {
        if (this.#decoder === decoder) this.#restart();
      },
    });
    this.#decoder = decoder;
    return decoder;
  }

  #output(frame: VideoFrame): void {
    const now = this.#clock.now();
    this.#lastOutAt = now;
    this.counts.decoded += 1;
    const inside = this.#inside.get(frame.timestamp);
    if (inside === undefined) return void frame.close();
    this.#inside.delete(frame.timestamp);
    this.#mean("decodeMs", now - inside.at);
    this.#mean("lateMs", inside.age + now - inside.at);
    this.#ears.frame(frame, inside.meta);
  }

  #mean(of: "decodeMs" | "lateMs", value: number): void {
    this.counts[of] += (value - this.counts[of]) / Math.min(MEAN_OF, this.counts.decoded);
  }

  #oldest(): number {
    return this.#inside.values().next().value?.at ?? 0;
  }

  #restart(): void {
    this.counts.restarts += 1;
    this.close();
    this.#shape = "";
    this.#known.forget();
    this.#ears.needKey(false);
  }
}
