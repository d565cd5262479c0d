/** One source of pictures on its way out: which layers are encoded, which frames are left out, when a key frame is due, and what goes
 * into the sealed plain. */

import type { FrameFlags } from "../../wasm/sealer.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Clock } from "../call/clock.ts";
import { Age } from "./age.ts";
import { Chain } from "./chain.ts";
import { type Encoded, LayerEncoder } from "./encoder.ts";
import type { Layer } from "./layers.ts";
import type { SentStats } from "./messages.ts";
import { Pace } from "./pace.ts";
import { packPicture } from "./plain.ts";
import { Thrift } from "./thrift.ts";

/** A frame lost for good is mended by then even if nobody asks. Higher: never mended. Lower: key frames fill the line. */
const SAFETY_KEY_MS = 10_000;
/** Requests of several people become one key frame. Higher: who comes waits. Lower: a line full of key frames. */
const KEY_EVERY_MS = 500;
/** More frames than this in the encoder: the device is behind. */
const QUEUE_MAX = 2;
/** A screen gives a frame when something changes on it; one that stands still is said again so often, which makes it sharp and shows
 * that it is there. Higher: who comes waits for it. Lower: work for nothing. */
const STILL_MS = 1_000;
/** The same where somebody waits for a key frame. */
const STILL_KEY_MS = 200;
/** Capture times of frames in the encoder; some never come out. */
const TIMES_MAX = 64;

export type SendingParts = {
  readonly clock: Clock;
  readonly layers: readonly Layer[];
  /** Frames come only when something changes: the last one is kept and said again. */
  readonly isStill: boolean;
  /** This worker's clock minus the page's, ms. */
  readonly aheadMs: number;
  /** Whether a picture of about so many bytes may go out now. */
  readonly may: (bytes: number, now: number) => boolean;
  /** Seals and sends; false where it could not. */
  readonly send: (layer: Layer, plain: Bytes, flags: FrameFlags) => boolean;
};

export class Sending {
  readonly #parts: SendingParts;
  readonly #thrift = new Thrift();
  readonly #age = new Age();
  readonly #layers: LayerSending[];
  #last: { readonly frame: VideoFrame; readonly at: number } | null = null;
  #saidAt = -Infinity;
  captured = 0;

  constructor(parts: SendingParts) {
    this.#parts = parts;
    this.#layers = parts.layers.map((layer) => new LayerSending(layer, parts, this.#thrift));
  }

  /** Kbit/s of each stream that is to be encoded; others are switched off. */
  share(pictures: ReadonlyMap<number, number>): void {
    for (const one of this.#layers) one.share(pictures.get(one.layer.stream) ?? 0);
  }

  /** Somebody cannot go on without a key frame; false for a stream that is not ours. */
  key(stream: number): boolean {
    const one = this.#layers.find(({ layer }) => layer.stream === stream);
    one?.needKey();
    return one !== undefined;
  }

  /** Everything that goes out next must stand alone: the way was broken. */
  keys(): void {
    for (const one of this.#layers) one.needKey();
  }

  /** A captured frame; closed at once, or the camera stops. */
  frame(frame: VideoFrame): void {
    const now = this.#parts.clock.now();
    this.captured += 1;
    if (this.#parts.isStill) this.#keep({ frame: frame.clone(), at: now });
    this.#say(frame, now);
  }

  /** Every 100 ms: says a screen again that stands still. */
  tick(): void {
    if (this.#last === null) return;
    const now = this.#parts.clock.now();
    const { frame, at } = this.#last;
    const wait = this.#layers.some(({ waitsForKey }) => waitsForKey) ? STILL_KEY_MS : STILL_MS;
    if (now - this.#saidAt < wait) return;
    const timestamp = frame.timestamp + Math.round((now - at) * 1_000);
    this.#say(new VideoFrame(frame, { timestamp }), now);
  }

  #say(frame: VideoFrame, now: number): void {
    this.#saidAt = now;
    // the camera's own clock, put on the page's: the smallest difference is the one without a wait in between
    this.#age.of(frame.timestamp, now - this.#parts.aheadMs);
    const capturedUs = Math.max(0, Math.round(frame.timestamp + this.#age.lowest * 1_000));
    const { top, fps } = this.#thrift.strength(now);
    for (const one of this.#layers) {
      if (one.layer.spatial <= top) one.frame(frame, capturedUs, Math.min(one.layer.fps, fps), now);
    }
    frame.close();
  }

  /** The source is another one, or none: its clock may be too. */
  changed(): void {
    this.#keep(null);
    this.#age.reset();
    this.keys();
  }

  stats(): SentStats[] {
    return this.#layers.filter(({ stats }) => stats.encoded > 0).map(({ stats }) => stats);
  }

  close(): void {
    this.#keep(null);
    for (const one of this.#layers) one.share(0);
  }

  #keep(last: { readonly frame: VideoFrame; readonly at: number } | null): void {
    this.#last?.frame.close();
    this.#last = last;
  }
}

class LayerSending {
  readonly layer: Layer;
  readonly #parts: SendingParts;
  readonly #thrift: Thrift;
  readonly #encoder: LayerEncoder;
  readonly #pace = new Pace();
  readonly #chain = new Chain();
  readonly #times = new Map<number, number>();
  #kbps = 0;
  #isKeyDue = true;
  #keyAt = -Infinity;
  #meanBytes = 0;
  #counts = { encoded: 0, keys: 0, skippedBusy: 0, skippedFull: 0 };

  constructor(layer: Layer, parts: SendingParts, thrift: Thrift) {
    this.layer = layer;
    this.#parts = parts;
    this.#thrift = thrift;
    this.#encoder = new LayerEncoder(
      layer,
      (encoded) => this.#encoded(encoded),
      () => this.needKey(),
    );
  }

  get stats(): SentStats {
    return { stream: this.layer.stream, kbps: this.#kbps, ...this.#counts };
  }

  /** Wanted, and whoever looks sees nothing before the next key frame. */
  get waitsForKey(): boolean {
    return this.#kbps > 0 && this.#isKeyDue;
  }

  share(kbps: number): void {
    if (kbps === 0 && this.#kbps > 0) this.#encoder.close();
    if (kbps > 0 && this.#kbps === 0) this.#isKeyDue = true;
    this.#kbps = kbps;
  }

  needKey(): void {
    this.#isKeyDue = true;
  }

  frame(frame: VideoFrame, capturedUs: number, fps: number, now: number): void {
    if (this.#kbps === 0 || !this.#pace.takes(capturedUs / 1_000, fps)) return;
    if (this.#encoder.waiting > QUEUE_MAX) {
      this.#counts.skippedBusy += 1;
      return void this.#thrift.skipped(now);
    }
    if (!this.#parts.may(this.#meanBytes, now)) {
      this.#counts.skippedFull += 1;
      return;
    }
    const isKey = this.#takeKey(now);
    this.#remember(frame.timestamp, capturedUs);
    this.#encoder.encode(frame, isKey, this.#kbps, fps, now);
  }

  #takeKey(now: number): boolean {
    const since = now - this.#keyAt;
    if (since < SAFETY_KEY_MS && !(this.#isKeyDue && since >= KEY_EVERY_MS)) return false;
    this.#isKeyDue = false;
    this.#keyAt = now;
    return true;
  }

  #remember(timestamp: number, capturedUs: number): void {
    this.#times.set(timestamp, capturedUs);
    if (this.#times.size > TIMES_MAX) this.#times.delete(this.#times.keys().next().value ?? 0);
  }

  #encoded({ chunk, timestamp, isKey, temporal, size }: Encoded): void {
    this.#counts.encoded += 1;
    this.#meanBytes += (chunk.length - this.#meanBytes) / 8;
    if (isKey) this.#counts.keys += 1;
    const ts = this.#times.get(timestamp) ?? 0;
    this.#times.delete(timestamp);
    const dep = this.#chain.dep(isKey);
    // what nobody can decode is not sent
    if (dep === null) return void this.needKey();
    const codec = isKey ? { codec: "vp8" } : {};
    const plain = packPicture({ ts, dep, w: size.width, h: size.height, ...codec }, chunk);
    const flags = { key: isKey, temporal, discardable: temporal > 0, spatial: this.layer.spatial };
    if (this.#parts.send(this.layer, plain, flags)) return void this.#chain.sealed(temporal);
    if (temporal > 0) return;
    this.#chain.broken();
    this.needKey();
  }
}
