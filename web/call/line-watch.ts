/** Looks at a direct line once a second: what is left of our picture, and how good the line is on both sides. */
import type { Clock } from "./clock.ts";
import { figuresOf, type Totals } from "./figures.ts";
import { type PictureStep, PictureThrift } from "./picture-thrift.ts";
import { GOOD, type Quality, QualityRule } from "./quality.ts";

/** Higher: sound suffers longer before the picture gives way. Lower: figures of fewer packets jump. */
const LOOK_MS = 1_000;

export type LineWatchOptions = {
  readonly clock: Clock;
  readonly stats: () => Promise<{ values(): Iterable<unknown> }>;
  readonly onStep: (step: PictureStep) => void;
  /** Told only when it changes. */
  readonly onQuality: (quality: Quality) => void;
};

export class LineWatch {
  readonly #options: LineWatchOptions;
  readonly #thrift = new PictureThrift();
  readonly #rule = new QualityRule();
  #totals: Totals | null = null;
  #step: PictureStep = "full";
  #quality = GOOD;
  #cancel: (() => void) | null = null;
  #closed = false;

  constructor(options: LineWatchOptions) {
    this.#options = options;
  }

  /** The line is open. A second call does nothing. */
  start(): void {
    this.#cancel ??= this.#options.clock.after(LOOK_MS, () => void this.#look());
  }

  /** The line is away: nothing is judged until it is back. */
  pause(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#totals = null;
    this.#thrift.pause();
    this.#rule.pause();
  }

  close(): void {
    this.#closed = true;
    this.pause();
  }

  async #look(): Promise<void> {
    const mine = this.#cancel;
    const report = await this.#options.stats().catch(() => null);
    // paused or closed meanwhile
    if (this.#closed || this.#cancel !== mine) return;
    this.#cancel = null;
    if (report) this.#judge(report);
    this.start();
  }

  #judge(report: { values(): Iterable<unknown> }): void {
    const at = this.#options.clock.now();
    const { figures, totals } = figuresOf(report, this.#totals, at);
    this.#totals = totals;
    const step = this.#thrift.take(figures, at);
    if (step !== this.#step) this.#options.onStep(step);
    this.#step = step;
    const quality = this.#rule.take(figures, step, at);
    const before = this.#quality;
    this.#quality = quality;
    if (quality.out !== before.out || quality.in !== before.in || quality.still !== before.still)
      this.#options.onQuality(quality);
  }
}
