/** Everybody heard, in the worker that receives: opened sound frames in, sound out to the mixer. */
import { opusCodec } from "./codec.ts";
import type { OpusCodec } from "./opus.ts";
import { type MixerLink, Outlet } from "./outlet.ts";
import { readSound } from "./plain.ts";
import { Voice, type VoiceStats } from "./voice.ts";

/** Higher: holes are filled too late. Lower: work for nothing. */
const TICK_MS = 8;

export type SoundStats = VoiceStats & { readonly slot: number };

export class SoundReceiver {
  readonly #outlet: Outlet;
  readonly #voices = new Map<number, Voice>();
  readonly #timer: ReturnType<typeof setInterval>;
  #codec: OpusCodec | null = null;
  /** Frames that are no sound frames: a changed client of a member sends them. */
  refused = 0;

  constructor({ link, codec = opusCodec }: { link: MixerLink; codec?: () => Promise<OpusCodec> }) {
    this.#outlet = new Outlet(link);
    this.#timer = setInterval(() => this.tick(performance.now()), TICK_MS);
    void codec().then((found) => {
      this.#codec = found;
    });
  }

  get codec(): OpusCodec["name"] | null {
    return this.#codec?.name ?? null;
  }

  /** The plain of an opened frame of `slot` that arrived at `now` (`performance.now()` when it was read). */
  push(slot: number, ctr: number, plain: Uint8Array, now: number): void {
    const frame = readSound(plain);
    if (!frame) {
      this.refused += 1;
      return;
    }
    this.#voice(slot)?.push(ctr, frame, now);
  }

  /** Does what is due; called by itself every few ms. */
  tick(now: number): void {
    this.#outlet.look();
    for (const voice of this.#voices.values()) voice.tick(now);
  }

  /** Somebody left, or came back as somebody new: the next frame of this slot begins with nothing. */
  remove(slot: number): void {
    this.#voices.get(slot)?.close();
    this.#voices.delete(slot);
  }

  /** Who is how loud, 0 to 1, since the last question; to be asked every 100 ms. */
  levels(): { slot: number; level: number }[] {
    return [...this.#voices].map(([slot, voice]) => ({ slot, level: voice.level.take() }));
  }

  /** When the sound of `slot` that reaches the ear now was captured, in µs of its sender's clock; `null` while nothing plays.
   * A picture may lead it a little (`sync.ts`). */
  playedUs(slot: number): number | null {
    return this.#voices.get(slot)?.playedUs(this.#outlet.latencyUs) ?? null;
  }

  stats(): SoundStats[] {
    return [...this.#voices].map(([slot, voice]) => ({ slot, ...voice.stats() }));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const slot of [...this.#voices.keys()]) this.remove(slot);
    this.#outlet.close();
  }

  #voice(slot: number): Voice | null {
    const known = this.#voices.get(slot);
    if (known || !this.#codec) return known ?? null;
    const ring = this.#outlet.ring(slot);
    const write = (samples: Float32Array) => this.#outlet.write(slot, samples);
    const voice = new Voice({ ring, write, decoder: this.#codec.decoder });
    this.#voices.set(slot, voice);
    return voice;
  }
}
