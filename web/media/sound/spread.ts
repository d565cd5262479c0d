/** How unevenly frames arrive, and how long they must wait so that nearly all are there in time. Never from the round trip:
 * the way may be long and even. The worst of each half second goes into a histogram that forgets slowly. */

/** Higher: a change is answered later. Lower: a single late frame in a minute moves the target. */
const INTERVAL_MS = 500;
/** Share of half seconds in which no frame comes too late. Higher: more delay. Lower: more gaps. */
const QUANTILE = 0.95;
/** Kept per half second (about half a minute of memory). Higher: sees rare bursts, learns slower. Lower: the reverse. */
const KEEP = 0.983;
/** Width of a class. Higher: the target is coarse. Lower: more work for nothing one can hear. */
const CLASS_MS = 5;
const CLASSES = 100;
/** How long the fastest frame is remembered. Higher: drift of two clocks looks like delay. Lower: a queue that stays looks normal. */
const FASTEST_MS = 10_000;
/** Later than this is of no use to anybody who talks. Higher: the past is heard. Lower: a short hole in the line loses more. */
export const OLD_MS = 500;
/** Everything late for so long: not the line, the sender's clock stood still (its device slept). Begin anew. */
const STOOD_STILL_MS = 1_000;
/** For the hand-over from decoder to loudspeaker, besides the length of a frame. */
const HAND_OVER_MS = 10;
/** Below, one late wake-up of a worker is heard. */
const TARGET_MIN_MS = 40;
/** Above, two people cannot talk. */
const TARGET_MAX_MS = 400;
/** Before anything was measured. */
const TARGET_START_MS = 60;
/** Per second, and where that is more, this share of what is too much. Higher: a calm moment makes the next burst heard. Lower:
 * delay stays after a bad minute. */
const FALL_MS = 20;
const FALL_SHARE = 0.2;
/** Nothing is learned while pages and codecs still start. Higher: a bad line is heard for longer. Lower: that start is taken for
 * the line, and its delay stays for half a minute. */
const WARM_UP_MS = 1_000;

export class Spread {
  readonly #classes = new Float64Array(CLASSES);
  readonly #fastest: { at: number; transit: number }[] = [];
  #target = TARGET_START_MS;
  #intervals = 0;
  #since = Number.NaN;
  #worst = 0;
  #oldSince: number | null = null;

  /** A frame captured at `captureMs` of the sender's clock came at `now`. Returns how much later than the fastest it was. */
  add(captureMs: number, durationMs: number, now: number): number {
    const late = this.#restart(this.lateness(captureMs, now), now);
    this.#remember(now - captureMs, now);
    if (Number.isNaN(this.#since)) this.#since = now + WARM_UP_MS;
    if (now < this.#since) return late;
    this.#worst = Math.max(this.#worst, late);
    if (now - this.#since >= INTERVAL_MS) this.#close(durationMs, now);
    return late;
  }

  /** How much later than the fastest frame of the last ten seconds one captured then would be, if it came at `now`. */
  lateness(captureMs: number, now: number): number {
    const transit = now - captureMs;
    return Math.max(0, transit - (this.#fastest[0]?.transit ?? transit));
  }

  /** How long after the fastest way a frame should be played, in ms, its own length included. */
  get targetMs(): number {
    return this.#target;
  }

  #restart(late: number, now: number): number {
    if (late <= OLD_MS) this.#oldSince = null;
    else this.#oldSince ??= now;
    if (this.#oldSince === null || now - this.#oldSince < STOOD_STILL_MS) return late;
    this.#oldSince = null;
    this.#fastest.length = 0;
    return 0;
  }

  /** Ascending minima, so that the first is always the fastest of the window. */
  #remember(transit: number, now: number): void {
    while ((this.#fastest.at(-1)?.transit ?? -Infinity) >= transit) this.#fastest.pop();
    this.#fastest.push({ at: now, transit });
    while (now - (this.#fastest[0]?.at ?? now) > FASTEST_MS) this.#fastest.shift();
  }

  #close(durationMs: number, now: number): void {
    this.#intervals += 1;
    // the first half seconds weigh more: otherwise the guess at the start would stay for half a minute
    const keep = Math.min(KEEP, 1 - 2 / (this.#intervals + 1));
    const hit = Math.min(CLASSES - 1, Math.floor(this.#worst / CLASS_MS));
    for (let i = 0; i < CLASSES; i++) this.#classes[i] = (this.#classes[i] ?? 0) * keep;
    this.#classes[hit] = (this.#classes[hit] ?? 0) + 1 - keep;
    const wanted = clamp(this.#quantile() + durationMs + HAND_OVER_MS);
    const perSecond = Math.max(FALL_MS, FALL_SHARE * (this.#target - wanted));
    this.#target = Math.max(wanted, this.#target - (perSecond * (now - this.#since)) / 1000);
    this.#since = now;
    this.#worst = 0;
  }

  #quantile(): number {
    const all = this.#classes.reduce((sum, each) => sum + each, 0);
    let sum = 0;
    for (let i = 0; i < CLASSES; i++) {
      sum += this.#classes[i] ?? 0;
      if (sum >= QUANTILE * all) return (i + 1) * CLASS_MS;
    }
    return CLASSES * CLASS_MS;
  }
}

function clamp(ms: number): number {
  return Math.min(TARGET_MAX_MS, Math.max(TARGET_MIN_MS, ms));
}
