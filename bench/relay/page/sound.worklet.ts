/** The voice that is measured and the ear that hears it, on the audio thread. The wall clock is read where samples are made and
 * where they are heard, so no buffer between them is left out. */
import { BURST_EVERY_MS, BURST_MS, type Burst, LOUDNESS, loudnessOf, tonesOf, WINDOW } from "../sound.ts";
import type { Heard } from "./ears.ts";

declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new (options: VoiceOptions) => Processor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
type VoiceOptions = { readonly processorOptions: { readonly who: number } };
type EarOptions = { readonly processorOptions: { readonly people: readonly number[] } };
type Processor = { process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean };

class Voice extends AudioWorkletProcessor {
  readonly #who: number;
  #at = 0;
  #second = Math.floor(Date.now() / BURST_EVERY_MS);
  #burstLeft = 0;

  constructor({ processorOptions }: VoiceOptions) {
    super();
    this.#who = processorOptions.who;
  }

  process(_: Float32Array[][], [output]: Float32Array[][]): boolean {
    const { steady, burst } = tonesOf(this.#who);
    this.#startBurst();
    for (const channel of output ?? []) {
      for (let i = 0; i < channel.length; i++) {
        const turn = (2 * Math.PI * (this.#at + i)) / sampleRate;
        const loud = i < this.#burstLeft ? Math.sin(turn * burst) : 0;
        channel[i] = LOUDNESS * (Math.sin(turn * steady) + loud);
      }
    }
    const length = output?.[0]?.length ?? 0;
    this.#at = (this.#at + length) % sampleRate;
    this.#burstLeft = Math.max(0, this.#burstLeft - length);
    return true;
  }

  #startBurst(): void {
    const now = Date.now();
    const second = Math.floor(now / BURST_EVERY_MS);
    if (second === this.#second) return;
    this.#second = second;
    this.#burstLeft = (BURST_MS * sampleRate) / 1000;
    this.port.postMessage({ who: this.#who, ms: now } satisfies Burst);
  }
}

/** Half of a window is full when a tone reaches half its loudness: so much later than its beginning it is heard. */
const LATE_MS = (WINDOW / 2 / 48_000) * 1000;
/** Of the loudest that was heard of a tone. Higher: what a codec smears counts as a gap. Lower: a gap is heard too late. */
const THERE = 0.35;
/** Softer than this a tone was never there at all. */
const SILENT = 0.012;
const REPORT_EVERY = 100;

class Ear extends AudioWorkletProcessor {
  readonly #people: readonly number[];
  readonly #window = new Float32Array(WINDOW);
  #filled = 0;
  #windows = 0;
  readonly #loudest = new Map<number, number>();
  readonly #bursting = new Set<number>();
  readonly #silentMs = new Map<number, number>();
  #heard: Burst[] = [];
  #gaps: { who: number; ms: number }[] = [];

  constructor({ processorOptions }: EarOptions) {
    super();
    this.#people = processorOptions.people;
  }

  process([input]: Float32Array[][]): boolean {
    const mono = input?.[0];
    const length = mono?.length ?? 128;
    // hops of half a window: the older half moves down
    for (let i = 0; i < length; i++) {
      this.#window[this.#filled++] = mono?.[i] ?? 0;
      if (this.#filled === WINDOW) this.#listen();
    }
    return true;
  }

  #listen(): void {
    for (const who of this.#people) this.#listenFor(who, Date.now());
    this.#window.copyWithin(0, WINDOW / 2);
    this.#filled = WINDOW / 2;
    this.#windows += 1;
    if (this.#windows % REPORT_EVERY !== 0) return;
    this.port.postMessage({ bursts: this.#heard, gaps: this.#gaps } satisfies Heard);
    [this.#heard, this.#gaps] = [[], []];
  }

  #listenFor(who: number, now: number): void {
    const { steady, burst } = tonesOf(who);
    const there = this.#isThere(steady);
    if (there === null) return;
    const silent = this.#silentMs.get(who) ?? 0;
    const hopMs = (WINDOW / 2 / sampleRate) * 1000;
    this.#silentMs.set(who, there ? 0 : silent + hopMs);
    if (there && silent > 0) this.#gaps.push({ who, ms: silent });
    const isBurst = this.#isThere(burst) === true;
    if (isBurst && !this.#bursting.has(who)) this.#heard.push({ who, ms: now - LATE_MS });
    if (isBurst) this.#bursting.add(who);
    else this.#bursting.delete(who);
  }

  /** `null` while it never was. */
  #isThere(hertz: number): boolean | null {
    const loud = loudnessOf(this.#window, hertz, sampleRate);
    const most = Math.max(loud, this.#loudest.get(hertz) ?? 0);
    if (most < SILENT) return null;
    this.#loudest.set(hertz, most);
    return loud > THERE * most;
  }
}

registerProcessor("bench-voice", Voice);
registerProcessor("bench-ear", Ear as unknown as new (options: VoiceOptions) => Processor);
