/** The way out that leaves people their calls: no room opens any more, those inside go on until they are done or the time is over. */
import type { Clock } from "./clock.ts";

/** Higher: the server stays up after the last call. Lower: more looks for nothing. */
const LOOK_MS = 250;

export type DrainDeps = {
  readonly clock: Clock;
  /** 0: not at all. */
  readonly seconds: number;
  readonly wait: (ms: number) => Promise<unknown>;
};

export class Drain {
  readonly #deps: DrainDeps;
  /** Monotonic; null while nobody asked for a stop. */
  #until: number | null = null;

  constructor(deps: DrainDeps) {
    this.#deps = deps;
  }

  get isOn(): boolean {
    return this.#until !== null;
  }

  /** Seconds until the server goes at the latest; null: it stays. */
  secondsLeft(): number | null {
    if (this.#until === null) return null;
    return Math.max(1, Math.ceil((this.#until - this.#deps.clock.monotonic()) / 1000));
  }

  /** Resolves when no call is left by `calls`, when the time is over, or after `hurry`. */
  async run(calls: () => number): Promise<void> {
    const { clock, seconds, wait } = this.#deps;
    if (seconds === 0) return;
    this.#until ??= clock.monotonic() + seconds * 1000;
    while (clock.monotonic() < this.#until && calls() > 0) await wait(LOOK_MS);
  }

  /** Ends the waiting. */
  hurry(): void {
    if (this.#until !== null) this.#until = this.#deps.clock.monotonic();
  }
}
