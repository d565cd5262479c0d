/** The worker's end of the way to the mixer: one ring per slot, in shared memory or, where a page has none, by messages. */
import { RINGS_BYTES, SLOTS, SoundRing } from "./ring.ts";

/** What `openMixer` gives for the worker that receives. A port is transferred. */
export type MixerLink =
  | { readonly by: "memory"; readonly memory: SharedArrayBuffer }
  | { readonly by: "messages"; readonly port: MessagePort };

/** Worker to mixer: sound of a slot, or only the question how far it is. */
export type ToMixer = { readonly slot: number; readonly samples: Float32Array<ArrayBuffer> } | "how far";
/** Mixer to worker: read and dry of each slot in turn, then the latency in µs. */
export type FromMixer = Int32Array<ArrayBuffer>;

export class Outlet {
  readonly #rings: readonly SoundRing[];
  readonly #port: MessagePort | null;

  constructor(link: MixerLink) {
    const memory = link.by === "memory" ? link.memory : new ArrayBuffer(RINGS_BYTES);
    this.#rings = Array.from({ length: SLOTS }, (_, slot) => new SoundRing(memory, slot));
    this.#port = link.by === "messages" ? link.port : null;
    if (this.#port)
      this.#port.onmessage = ({ data }: MessageEvent<FromMixer>) => {
        for (const [slot, ring] of this.#rings.entries())
          ring.set(data[slot * 2] ?? 0, data[slot * 2 + 1] ?? 0);
        this.#first.latencyUs = data[SLOTS * 2] ?? 0;
      };
  }

  /** The ring of a slot, to look at. Throws `RangeError` for a slot that is none. */
  ring(slot: number): SoundRing {
    const ring = this.#rings[slot];
    if (!ring) throw new RangeError("no such slot");
    return ring;
  }

  /** From the ring to the ear, in µs. */
  get latencyUs(): number {
    return this.#first.latencyUs;
  }

  /** Puts sound on its way; what does not fit is lost. */
  write(slot: number, samples: Float32Array): void {
    const count = this.ring(slot).write(samples);
    if (!this.#port) return;
    const copy = samples.slice(0, count);
    const message: ToMixer = { slot, samples: copy };
    this.#port.postMessage(message, [copy.buffer]);
  }

  /** Asks how far the mixer is, where that is not simply seen. To be called every few ms. */
  look(): void {
    this.#port?.postMessage("how far" satisfies ToMixer);
  }

  close(): void {
    this.#port?.close();
  }

  get #first(): SoundRing {
    return this.ring(0);
  }
}
