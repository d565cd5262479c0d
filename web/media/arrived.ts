/** How much arrives at the other side, from its acks. Pure. */
import type { Ack } from "../../wire/relay.ts";

/** Higher: a dip is seen late. Lower: one key frame looks like a fast line. */
const WINDOW_MS = 1_000;
const U32 = 2 ** 32;

export class Arrived {
  readonly #totals = new Map<number, number>();
  #seen: { readonly at: number; readonly bytes: number }[] = [];

  ack({ heard }: Ack, now: number): void {
    let sum = 0;
    for (const { slot, stream, bytes } of heard) {
      const place = slot * 16 + stream;
      sum += (bytes - (this.#totals.get(place) ?? 0) + U32) % U32;
      this.#totals.set(place, bytes);
    }
    this.#seen.push({ at: now, bytes: sum });
  }

  /** Over the last second. */
  kbps(now: number): number {
    this.#seen = this.#seen.filter(({ at }) => now - at < WINDOW_MS);
    return (this.#seen.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / WINDOW_MS;
  }

  reset(): void {
    this.#totals.clear();
    this.#seen = [];
  }
}
