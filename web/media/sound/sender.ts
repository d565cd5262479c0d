/** From the microphone's blocks to the plain of sound frames, in the worker that sends. Constant size and rhythm at each step of
 * the rate (A10); a codec that fails is opened again (B2); a packet of another size than its rate has never leaves. */
import type { Bytes } from "../../../wire/bytes.ts";
import { opusCodec } from "./codec.ts";
import type { SoundBlock } from "./microphone.worklet.ts";
import { BLOCK, type OpusCodec, type OpusEncoder, packetBytes, RATES, type SoundRate } from "./opus.ts";
import { writeSound } from "./plain.ts";

/** Packets the encoder may be behind. Higher: delay on a busy device. Lower: holes where it was busy for a moment. */
const WAITING_MAX = 10;
/** Failures until the next block is not tried again at once. */
const FAILURES_MAX = 5;
const COOL_MS = 1_000;
/** libopus and what browsers build on it look ahead so far at 48 kHz: what comes out began so much earlier. */
const LOOKAHEAD_US = 6_500;
/** One and a half blocks: more is a silence between two of them. */
const GAP_US = 30_000;

export type SoundSenderStats = {
  readonly codec: "browser" | "libopus" | null;
  readonly frames: number;
  /** Blocks not encoded because the encoder was behind. */
  readonly skipped: number;
  readonly failures: number;
  readonly kbps: number;
};

export class SoundSender {
  readonly #onFrame: (plain: Bytes) => void;
  #rate: SoundRate = RATES[0] ?? { kbps: 32, durationMs: 20 };
  #wanted = this.#rate;
  #codec: OpusCodec | null = null;
  #encoder: OpusEncoder | null = null;
  #port: MessagePort | null = null;
  /** Blocks that wait until they are one packet. */
  #blocks: SoundBlock[] = [];
  /** What the encoder works on, in order. */
  #coming: { captureUs: number; rate: SoundRate }[] = [];
  #coolUntil = 0;
  #recent = 0;
  #counts = { frames: 0, skipped: 0, failures: 0 };

  /** `onFrame` gets the plain of each frame, to be sealed and sent. */
  constructor({ onFrame, codec = opusCodec }: SoundSenderOptions) {
    this.#onFrame = onFrame;
    void codec().then((found) => {
      this.#codec = found;
    });
  }

  /** Takes sound from this port (of `openMicrophone`) from now on; `null`: from none. */
  listen(port: MessagePort | null): void {
    this.#port?.close();
    this.#port = port;
    this.#blocks = [];
    if (!port) return;
    port.onmessage = ({ data }: MessageEvent<SoundBlock>) => {
      this.take(data);
    };
  }

  /** Which of `RATES` to send from the next frame on: 0 is the best. */
  setStep(step: number): void {
    this.#wanted = RATES[Math.min(RATES.length - 1, Math.max(0, step))] ?? this.#wanted;
  }

  /** One block of the microphone. */
  take(block: SoundBlock): void {
    // after a silence of the microphone what was left of before is no beginning of this
    const gap = block.captureUs - (this.#blocks.at(-1)?.captureUs ?? block.captureUs);
    if (gap > GAP_US) this.#blocks = [];
    if (this.#blocks.length === 0) this.#change();
    this.#blocks.push(block);
    if (this.#blocks.length * 20 < this.#rate.durationMs) return;
    const blocks = this.#blocks;
    this.#blocks = [];
    this.#encode(blocks);
    const buffers = blocks.map(({ samples }) => samples.buffer);
    // the audio thread fills them again instead of asking for new memory
    this.#port?.postMessage(buffers, buffers);
  }

  stats(): SoundSenderStats {
    return { ...this.#counts, codec: this.#codec?.name ?? null, kbps: this.#rate.kbps };
  }

  close(): void {
    this.listen(null);
    this.#end();
    this.#codec = null;
  }

  #change(): void {
    if (this.#wanted === this.#rate) return;
    this.#rate = this.#wanted;
    this.#guarded(() => this.#encoder?.setRate(this.#rate));
  }

  #encode(blocks: readonly SoundBlock[]): void {
    const encoder = this.#opened();
    if (!encoder || encoder.waiting >= WAITING_MAX) {
      this.#counts.skipped += blocks.length;
      return;
    }
    const samples = new Float32Array(blocks.length * BLOCK);
    for (const [at, block] of blocks.entries()) samples.set(block.samples, at * BLOCK);
    const captureUs = Math.max(0, Math.round((blocks[0]?.captureUs ?? 0) - LOOKAHEAD_US));
    this.#coming.push({ captureUs, rate: this.#rate });
    this.#guarded(() => encoder.encode(samples));
  }

  #opened(): OpusEncoder | null {
    if (this.#encoder || !this.#codec || performance.now() < this.#coolUntil) return this.#encoder;
    this.#guarded(() => {
      const opened = this.#codec?.encoder(
        this.#rate,
        (packet) => this.#out(packet),
        () => {
          // an encoder that was replaced has nothing to say any more
          if (this.#encoder === opened) this.#fail();
        },
      );
      this.#encoder = opened ?? null;
    });
    return this.#encoder;
  }

  #out(chunk: Bytes): void {
    const coming = this.#coming.shift();
    if (!coming) return;
    if (chunk.length !== packetBytes(coming.rate)) {
      this.#fail();
      return;
    }
    this.#counts.frames += 1;
    this.#recent = 0;
    this.#onFrame(
      writeSound({ captureUs: coming.captureUs, durationUs: coming.rate.durationMs * 1000, chunk }),
    );
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch {
      this.#fail();
    }
  }

  #fail(): void {
    this.#counts.failures += 1;
    this.#recent += 1;
    if (this.#recent >= FAILURES_MAX) this.#coolUntil = performance.now() + COOL_MS;
    this.#end();
  }

  #end(): void {
    const encoder = this.#encoder;
    this.#encoder = null;
    this.#coming = [];
    try {
      encoder?.close();
    } catch {
      // it was closed by its own error
    }
  }
}

export type SoundSenderOptions = {
  readonly onFrame: (plain: Bytes) => void;
  readonly codec?: () => Promise<OpusCodec>;
};
