/** One layer's encoder: VP8 with two temporal layers, made anew where the browser closes it or the camera turns. It is handed the camera's
 * own frame and scales by itself (B3). */
import { type Layer, rateFor, type Size, sizeFor } from "./layers.ts";

/** Reconfigured for a bitrate only so often and by so much, since some browsers answer with a key frame (research §1.4). */
const RATE_EVERY_MS = 1_000;
const RATE_STEP = 0.12;

export type Encoded = {
  readonly chunk: Uint8Array;
  readonly timestamp: number;
  readonly isKey: boolean;
  readonly temporal: number;
  readonly size: Size;
};

export class LayerEncoder {
  readonly #layer: Layer;
  readonly #onEncoded: (encoded: Encoded) => void;
  readonly #onBroken: () => void;
  #encoder: VideoEncoder | null = null;
  #size: Size = { width: 0, height: 0 };
  #kbps = 0;
  #fps = 0;
  #setAt = -Infinity;
  /** Falls to a plain stream where the browser knows no temporal layers. */
  #hasTemporal = true;

  /** `onBroken`: frames that went in will not come out, so a key frame is due. */
  constructor(layer: Layer, onEncoded: (encoded: Encoded) => void, onBroken: () => void) {
    this.#layer = layer;
    this.#onEncoded = onEncoded;
    this.#onBroken = onBroken;
  }

  /** Frames that wait in the encoder. */
  get waiting(): number {
    return this.#encoder?.encodeQueueSize ?? 0;
  }

  /** The frame stays the caller's. */
  encode(frame: VideoFrame, isKey: boolean, kbps: number, fps: number, now: number): void {
    try {
      this.#prepare(frame, kbps, fps, now)?.encode(frame, { keyFrame: isKey });
    } catch {
      this.#broke();
    }
  }

  /** Frees it until the next frame. */
  close(): void {
    if (this.#encoder !== null && this.#encoder.state !== "closed") this.#encoder.close();
    this.#encoder = null;
  }

  #prepare(frame: VideoFrame, kbps: number, fps: number, now: number): VideoEncoder {
    const size = sizeFor(this.#layer, { width: frame.displayWidth, height: frame.displayHeight });
    const isSameSize = size.width === this.#size.width && size.height === this.#size.height;
    const encoder = this.#encoder ?? this.#make();
    if (encoder.state === "configured" && isSameSize && !this.#isNewRate(kbps, fps, now)) return encoder;
    this.#size = size;
    this.#kbps = kbps;
    this.#fps = fps;
    this.#setAt = now;
    encoder.configure(this.#config());
    return encoder;
  }

  #isNewRate(kbps: number, fps: number, now: number): boolean {
    const isOther = Math.abs(kbps - this.#kbps) >= RATE_STEP * this.#kbps || fps !== this.#fps;
    return isOther && now - this.#setAt >= RATE_EVERY_MS;
  }

  #config(): VideoEncoderConfig {
    return {
      codec: "vp8",
      ...this.#size,
      bitrate: rateFor(this.#layer, this.#size, this.#kbps) * 1_000,
      framerate: this.#fps,
      latencyMode: "realtime",
      bitrateMode: "constant",
      ...(this.#hasTemporal ? { scalabilityMode: "L1T2" } : {}),
      ...(this.#layer.fps === 15 && this.#layer.shortSide > 720 ? { contentHint: "detail" } : {}),
    };
  }

  #make(): VideoEncoder {
    const encoder: VideoEncoder = new VideoEncoder({
      output: (chunk, metadata) => {
        if (this.#encoder === encoder) this.#output(chunk, metadata);
      },
      error: () => {
        if (this.#encoder === encoder) this.#broke();
      },
    });
    this.#encoder = encoder;
    return encoder;
  }

  #output(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata | undefined): void {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    // the metadata is trusted, not the configuration: a browser may accept L1T2 and not do it
    const temporal = metadata?.svc?.temporalLayerId ?? 0;
    const isKey = chunk.type === "key";
    this.#onEncoded({ chunk: bytes, timestamp: chunk.timestamp, isKey, temporal, size: this.#size });
  }

  #broke(): void {
    this.#hasTemporal = false;
    this.close();
    this.#onBroken();
  }
}
