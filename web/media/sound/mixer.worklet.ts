/** Runs in the audio thread: adds up everybody's ring, makes up what is missing there, and keeps the sum from clipping.
 * `process` asks for no memory. */
import { Concealer } from "./conceal.ts";
import { Limiter } from "./limiter.ts";
import type { FromMixer, ToMixer } from "./outlet.ts";
import { RINGS_BYTES, SLOTS, SoundRing } from "./ring.ts";

// what an audio thread has besides the rest of the language
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: MixerOptions }) => AudioWorkletProcessor,
): void;

/** Without `memory` sound comes by messages of the port that `MixerOrder` brings. */
export type MixerOptions = { readonly memory: SharedArrayBuffer | null };
export type MixerOrder =
  | { readonly t: "port"; readonly port: MessagePort }
  | { readonly t: "latency"; readonly us: number }
  | { readonly t: "close" };

const QUANTUM = 128;

class Mixer extends AudioWorkletProcessor {
  readonly #rings: SoundRing[] = [];
  readonly #concealers: Concealer[] = [];
  readonly #part = new Float32Array(QUANTUM);
  readonly #limiter = new Limiter();
  #closed = false;

  constructor({ processorOptions: { memory } }: { processorOptions: MixerOptions }) {
    super();
    const rings = memory ?? new ArrayBuffer(RINGS_BYTES);
    for (let slot = 0; slot < SLOTS; slot++) {
      this.#rings.push(new SoundRing(rings, slot));
      this.#concealers.push(new Concealer());
    }
    this.port.onmessage = ({ data }: MessageEvent<MixerOrder>) => this.#order(data);
  }

  /** One render quantum of 128 samples. Returns false once the page has closed it. */
  process(_: Float32Array[][], outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (!out || out.length !== QUANTUM) return !this.#closed;
    out.fill(0);
    for (let slot = 0; slot < SLOTS; slot++) this.#add(slot, out);
    this.#limiter.apply(out);
    return !this.#closed;
  }

  #add(slot: number, out: Float32Array): void {
    const ring = this.#rings[slot];
    const concealer = this.#concealers[slot];
    if (!ring || !concealer || ring.written === 0) return;
    const count = ring.take(this.#part);
    if (count > 0) concealer.hear(this.#part, 0, count);
    if (count < QUANTUM) {
      ring.addDry(QUANTUM - count);
      if (concealer.silent && count === 0) return;
      concealer.speak(this.#part, count, QUANTUM);
    }
    for (let i = 0; i < QUANTUM; i++) out[i] = (out[i] ?? 0) + (this.#part[i] ?? 0);
  }

  #order(order: MixerOrder): void {
    if (order.t === "close") this.#closed = true;
    else if (order.t === "latency") {
      const first = this.#rings[0];
      if (first) first.latencyUs = order.us;
    } else order.port.onmessage = ({ data }: MessageEvent<ToMixer>) => this.#heard(data, order.port);
  }

  #heard(message: ToMixer, port: MessagePort): void {
    if (message !== "how far") this.#rings[message.slot]?.write(message.samples);
    const answer: FromMixer = new Int32Array(SLOTS * 2 + 1);
    for (let slot = 0; slot < SLOTS; slot++) {
      answer[slot * 2] = this.#rings[slot]?.read ?? 0;
      answer[slot * 2 + 1] = this.#rings[slot]?.dry ?? 0;
    }
    answer[SLOTS * 2] = this.#rings[0]?.latencyUs ?? 0;
    port.postMessage(answer, [answer.buffer]);
  }
}

registerProcessor("mixer", Mixer);
