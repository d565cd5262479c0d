/** How late one's own clockwork runs: a page or a server that is short of processors takes what came only when it gets to it, and that
 * must not be read as a slow line. Pure. */

/** What was in the way when the clock was late is taken within this. Higher: a line that fills is seen later. Lower: what waited behind
 * the clock is read as a queue. */
const REMEMBERED_MS = 150;

export class Ticks {
  readonly #everyMs: number;
  readonly #late: { at: number; ms: number }[] = [];
  #at: number | null = null;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** To be called at each tick; how many ms the latest of the last ones was late. */
  late(now: number): number {
    const ms = this.#at === null ? 0 : Math.max(0, now - this.#at - this.#everyMs);
    this.#at = now;
    // what is later than one before it makes that one nothing
    while ((this.#late.at(-1)?.ms ?? Infinity) <= ms) this.#late.pop();
    this.#late.push({ at: now, ms });
    while (now - (this.#late[0]?.at ?? now) > REMEMBERED_MS) this.#late.shift();
    return this.#late[0]?.ms ?? 0;
  }
}
