/** Runs in the audio thread: gathers the microphone's sound into blocks of 20 ms with the time of their first sample, and hands
 * them to the worker that sends. Takes its buffers back, so that the audio thread asks for no memory while it runs. */
import { BLOCK, RATE } from "./opus.ts";

// what an audio thread has besides the rest of the language
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare const currentFrame: number;

/** 20 ms of sound; `captureUs` by the page's `performance.now()`. */
export type SoundBlock = { readonly captureUs: number; readonly samples: Float32Array<ArrayBuffer> };
/** From the page: the worker's port, what to add to the context's time, or whether to send nothing. */
export type MicrophoneOrder =
  | { readonly t: "port"; readonly port: MessagePort }
  | { readonly t: "clock"; readonly offsetUs: number }
  | { readonly t: "mute"; readonly muted: boolean }
  | { readonly t: "close" };

/** Buffers on their way. Higher: memory. Lower: new memory where the worker is late. */
const SPARE = 16;

class Microphone extends AudioWorkletProcessor {
  readonly #spare: ArrayBuffer[] = [];
  #to: MessagePort | null = null;
  #offsetUs = 0;
  #muted = false;
  #closed = false;
  #block = new Float32Array(BLOCK);
  #filled = 0;
  #captureUs = 0;

  constructor() {
    super();
    for (let i = 0; i < SPARE; i++) this.#spare.push(new ArrayBuffer(BLOCK * 4));
    this.port.onmessage = ({ data }: MessageEvent<MicrophoneOrder>) => this.#order(data);
  }

  /** One render quantum. Returns false once the page has closed it. */
  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    if (this.#muted || !this.#to) {
      this.#filled = 0;
      return !this.#closed;
    }
    const count = input?.length ?? 128;
    for (let i = 0; i < count; i++) {
      if (this.#filled === 0) this.#captureUs = ((currentFrame + i) * 1e6) / RATE + this.#offsetUs;
      this.#block[this.#filled++] = input?.[i] ?? 0;
      if (this.#filled === BLOCK) this.#hand();
    }
    return !this.#closed;
  }

  #hand(): void {
    const block: SoundBlock = { captureUs: this.#captureUs, samples: this.#block };
    this.#to?.postMessage(block, [this.#block.buffer]);
    this.#block = new Float32Array(this.#spare.pop() ?? new ArrayBuffer(BLOCK * 4));
    this.#filled = 0;
  }

  #order(order: MicrophoneOrder): void {
    if (order.t === "clock") this.#offsetUs = order.offsetUs;
    else if (order.t === "mute") this.#muted = order.muted;
    else if (order.t === "close") this.#closed = true;
    else {
      this.#to = order.port;
      this.#to.onmessage = ({ data }: MessageEvent<ArrayBuffer[]>) => {
        if (this.#spare.length < SPARE) this.#spare.push(...data);
      };
    }
  }
}

registerProcessor("microphone", Microphone);
