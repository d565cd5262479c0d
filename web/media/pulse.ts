/** Whether a session is alive although nothing else travels: the server answers each beat (PROTOCOL.md "Relay"). Pure. */

/** Higher: a line that has died is noticed late. Lower: traffic for nothing. */
const BEAT_MS = 2_000;
/** Nothing at all came for so long: the session is dead, whatever the browser thinks (QUIC itself takes 30 s). Higher: longer silence in
 * a change of network. Lower: a stall of a weak line costs a new session. */
const DEAD_MS = 6_000;

export class Pulse {
  #heardAt: number;
  #beatAt = -Infinity;

  constructor(now: number) {
    this.#heardAt = now;
  }

  /** Something came. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** True where a beat is to be sent now. */
  beats(now: number): boolean {
    if (now - this.#beatAt < BEAT_MS) return false;
    this.#beatAt = now;
    return true;
  }

  isDead(now: number): boolean {
    return now - this.#heardAt >= DEAD_MS;
  }
}
