/** One person heard: frames in, sound out to the ring, in the worker that receives. Joins the jitter buffer, the decoder, what
 * makes up holes and what bends time; knows when the sound that is heard now was captured. */
import { Concealer } from "./conceal.ts";
import { type Break, Jitter, type Warp } from "./jitter.ts";
import { Level } from "./level.ts";
import type { OpenDecoder, OpusDecoder } from "./opus.ts";
import { RATE } from "./opus.ts";
import type { SoundPlain } from "./plain.ts";
import { Playing } from "./playing.ts";
import type { SoundRing } from "./ring.ts";
import { Stretch } from "./stretch.ts";

/** A decoder that says nothing for so long is opened anew (B2). Higher: longer silence. Lower: a busy device throws away what it
 * has nearly decoded. */
const HUNG_MS = 1_000;
/** Steps in one go: a burst is decoded bit by bit, picture waits in the same worker. */
const STEPS_MAX = 16;
const MS = RATE / 1000;

export type VoiceStats = {
  readonly concealedMs: number;
  readonly late: number;
  readonly underruns: number;
  readonly old: number;
  readonly jumpedMs: number;
  readonly warpedMs: number;
  readonly targetMs: number;
  readonly bufferedMs: number;
  readonly decoded: number;
  readonly failures: number;
};

type Work =
  | {
      readonly do: "decode";
      readonly ms: number;
      readonly since: number;
      readonly captureUs: number;
      readonly warp: Warp;
    }
  | { readonly do: "conceal"; readonly ms: number; readonly since: number };

export class Voice {
  readonly #ring: SoundRing;
  readonly #write: (samples: Float32Array) => void;
  readonly #openDecoder: OpenDecoder;
  readonly #jitter = new Jitter();
  readonly #concealer = new Concealer();
  readonly #stretch = new Stretch();
  readonly #playing = new Playing();
  readonly level = new Level();
  #decoder: OpusDecoder | null = null;
  /** What the decoder works on, and what comes after that, in order. */
  #work: Work[] = [];
  #dry: number;
  #counts = { concealedMs: 0, warpedMs: 0, decoded: 0, failures: 0 };

  constructor(o: { ring: SoundRing; write: (samples: Float32Array) => void; decoder: OpenDecoder }) {
    this.#ring = o.ring;
    this.#write = o.write;
    this.#openDecoder = o.decoder;
    this.#dry = o.ring.dry;
  }

  push(ctr: number, plain: SoundPlain, now: number): void {
    this.#jitter.push({ ctr, ...plain }, now, this.#ringMs());
    this.tick(now);
  }

  /** Does what is due. To be called every few ms and after each frame. */
  tick(now: number): void {
    const oldest = this.#work[0];
    if (oldest && now - oldest.since > HUNG_MS) this.#fail();
    for (let i = 0; i < STEPS_MAX; i++) {
      const step = this.#jitter.step(now, this.#ringMs());
      if (step.do === "wait") return;
      if (step.do === "conceal") this.#work.push({ ...step, since: now });
      else {
        const { frame, warp, after } = step;
        if (after !== null) this.#settle(after);
        const { captureUs, durationUs } = frame;
        this.#work.push({ do: "decode", ms: durationUs / 1000, since: now, captureUs, warp });
        this.#decode(frame.chunk);
      }
      this.#concealDue();
    }
  }

  /** When the sample that leaves the ring now was captured, in µs; `null` while nothing plays. */
  playedUs(latencyUs: number): number | null {
    const captured = this.#playing.at(this.#ring.read);
    return captured === null ? null : captured - latencyUs;
  }

  stats(): VoiceStats {
    const { late, underruns, old, jumpedMs } = this.#jitter.counts;
    return {
      ...this.#counts,
      ...{ late, underruns, old, jumpedMs },
      targetMs: this.#jitter.targetMs,
      bufferedMs: this.#ringMs() + this.#jitter.heldMs,
    };
  }

  close(): void {
    this.#end();
  }

  /** Decoded or being decoded, before the loudspeaker. */
  #ringMs(): number {
    return this.#work.reduce((sum, { ms }) => sum + ms, this.#ring.level / MS);
  }

  /** What the audio thread made up meanwhile was a hole, unless nobody spoke. */
  #settle(after: Break): void {
    const dry = (this.#ring.dry - this.#dry) | 0;
    this.#dry = this.#ring.dry;
    if (after === "underrun") this.#counts.concealedMs += dry / MS;
  }

  #decode(chunk: Uint8Array): void {
    try {
      this.#decoder ??= this.#opened();
      this.#decoder.decode(chunk);
    } catch {
      this.#fail();
    }
  }

  #opened(): OpusDecoder {
    const opened: OpusDecoder = this.#openDecoder(
      (samples) => this.#heard(samples),
      () => {
        if (this.#decoder === opened) this.#fail();
      },
    );
    return opened;
  }

  #heard(decoded: Float32Array): void {
    const work = this.#work.shift();
    if (work?.do !== "decode") return;
    this.#counts.decoded += 1;
    this.level.hear(decoded);
    const samples = this.#bent(decoded, work.warp);
    this.#concealer.hear(samples);
    this.#out(samples, work.captureUs);
    this.#concealDue();
  }

  #bent(samples: Float32Array, warp: Warp): Float32Array {
    if (warp === null) return this.#stretch.pass(samples);
    const bent = warp === "cut" ? this.#stretch.cut(samples) : this.#stretch.grow(samples);
    const ms = (bent.length - samples.length) / MS;
    this.#jitter.warped(ms);
    this.#counts.warpedMs += Math.abs(ms);
    return bent;
  }

  /** Holes that no decoder is before any more. */
  #concealDue(): void {
    for (let work = this.#work[0]; work?.do === "conceal"; work = this.#work[0]) {
      this.#work.shift();
      const samples = new Float32Array(work.ms * MS);
      this.#concealer.speak(samples);
      this.#counts.concealedMs += work.ms;
      this.#out(samples, null);
    }
  }

  #out(samples: Float32Array, captureUs: number | null): void {
    this.#playing.wrote(this.#ring.written, samples.length, captureUs);
    this.#write(samples);
  }

  #fail(): void {
    this.#counts.failures += 1;
    for (const { ms } of this.#work) this.#counts.concealedMs += ms;
    this.#end();
  }

  #end(): void {
    const decoder = this.#decoder;
    this.#decoder = null;
    this.#work = [];
    try {
      decoder?.close();
    } catch {
      // it was closed by its own error
    }
  }
}
