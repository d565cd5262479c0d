/** The rate that a line is taken to carry: falls when a queue stands, rises while none does, remembers what failed and what was carried
 * (PROTOCOL.md "Relay", S22). Pure. */

/** Part of the arrived rate that is kept after a cut. Higher: the queue drains slowly. Lower: a cut costs more picture than needed. */
const CUT = 0.85;
/** The same of the target, where nothing is known of what arrives. */
const BLIND_CUT = 0.7;
/** Nothing grows for so long after a cut. Higher: slow back. Lower: the queue that caused it has not drained. */
const HOLD_MS = 1_000;
/** Growth per second: at the start, after a clean second, near a rate that failed before, and there once it is
 * tried again. Higher: overshoot. Lower: long in small pictures. */
const GROWTH = { start: 2.5, clean: 2, near: 1.08, again: 1.3 } as const;
/** One ack lets it grow for no more than this, however long it was awaited. */
const GROWN_MS = 200;
/** While nothing has ever failed the estimate may rise to this unproven, kbit/s. Higher: a weak line is flooded once. Lower: five
 * people start in small pictures. */
const START_TOP = 4_000;
/** Later it may stand at so many times what arrives, so that one more layer can be tried. */
const UNPROVEN = { times: 3, plus: 300 } as const;
const TOP_KBPS = 20_000;
/** Two people's sound at its smallest. */
export const MIN_KBPS = 40;
/** How long a rate that failed is avoided: first, and at the most after it failed again and again. Where much more was carried not long
 * ago the line is in a dip, and is tried sooner. Higher: long in small pictures. Lower: up and down. */
const AVOID_MS = { first: 15_000, most: 120_000 } as const;
const DIP_MS = { first: 2_500, most: 4_000 } as const;
const DIP = 0.6;
/** From so much of a rate that failed one goes carefully; so far above it, it has not failed after all. */
const NEAR = 0.9;
const DISPROVED = 1.15;
/** What was carried fades over so long. */
const PROVEN_MS = 90_000;
/** A rate that fails again within this is the same failure. */
const AGAIN_MS = 5_000;

/** What the acks of the last half second say. */
export type Evidence = {
  /** kbit/s that arrived; negative where it is not known yet. While a queue stands, that of the last quarter of a second. */
  readonly acked: number;
  /** Less is sent than would be let through: what arrives says nothing about what the line carries. */
  readonly isAppLimited: boolean;
};

/** kbit/s of one direction. */
export class Target {
  kbps: number;
  /** When it fell last. */
  cutAt = -Infinity;
  #isStart = true;
  #grownAt: number;
  /** A rate that failed, until when it is avoided, and how long that is. */
  #limit = { kbps: Infinity, until: -Infinity, span: AVOID_MS.first as number };
  /** The most that arrived while no queue stood, fading. */
  #proven = 0;

  constructor(kbps: number, now: number) {
    this.kbps = kbps;
    this.#grownAt = now;
  }

  /** Whether a cut was so lately that what arrives is still from before it. */
  isHeld(now: number): boolean {
    return now - this.cutAt < HOLD_MS;
  }

  /** The line is full: under what it carries. */
  cut({ acked, isAppLimited }: Evidence, now: number): void {
    if (!isAppLimited && acked > 0) this.#avoid(acked, now);
    const kept = acked < 0 ? this.kbps * BLIND_CUT : acked * CUT;
    this.kbps = Math.max(MIN_KBPS, Math.min(this.kbps, kept));
    this.#isStart = false;
    this.cutAt = now;
    this.#grownAt = now;
  }

  /** No ack for some time. */
  fall(kbps: number): void {
    this.kbps = Math.max(MIN_KBPS, kbps);
  }

  /** An ack came, and `isClean` where no queue stands: up by as much as the time since the last one allows. */
  grow({ acked, isAppLimited }: Evidence, isClean: boolean, now: number): void {
    const seconds = Math.min(now - this.#grownAt, GROWN_MS) / 1000;
    this.#grownAt = now;
    if (!isClean || this.isHeld(now)) return;
    const came = Math.max(0, acked);
    this.#proven = Math.max(this.#proven * (1 - (seconds * 1000) / PROVEN_MS), came);
    if (Math.max(came * 1.1, this.kbps) > this.#limit.kbps * DISPROVED) this.#limit.kbps = Infinity;
    const top = this.#isStart ? START_TOP : came * UNPROVEN.times + UNPROVEN.plus;
    const grown = this.kbps * this.#factor(isAppLimited, now) ** seconds;
    this.kbps = Math.max(this.kbps, Math.min(grown, top, TOP_KBPS));
  }

  #factor(isAppLimited: boolean, now: number): number {
    if (this.#isStart) return GROWTH.start;
    if (this.kbps < NEAR * this.#limit.kbps) return GROWTH.clean;
    if (!isAppLimited) return GROWTH.near;
    return now < this.#limit.until ? 1 : GROWTH.again;
  }

  /** Remembers a rate that failed: for longer each time it fails again soon after it was tried again. */
  #avoid(kbps: number, now: number): void {
    const { until, span } = this.#limit;
    const { first, most } = kbps < DIP * this.#proven ? DIP_MS : AVOID_MS;
    const isSame = now - this.cutAt < HOLD_MS * 2;
    const longer = isSame ? span : now < until + AGAIN_MS ? span * 2 : first;
    const next = Math.max(first, Math.min(longer, most));
    this.#limit = { kbps, until: now + next, span: next };
  }
}
