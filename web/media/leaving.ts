/** When a running call leaves QUIC for the sockets (A9): under loss one QUIC connection carries little whatever it is asked for, and
 * TCP may do better. Pure. */

/** The line carries less than this part of what is wanted: it is poor. Higher: leaves a line that is merely full. */
const PART = 0.8;
/** Higher: pictures suffer for longer. Lower: a moment in a lift changes the way. */
const FOR_MS = 5_000;
/** Without loss it is the line that is small, and no other way is larger. */
const LOSS = 0.01;

/** True where this much less than wanted gets through. */
export function isPoor(carriedKbps: number, wantedKbps: number): boolean {
  return carriedKbps < PART * wantedKbps;
}

export class Leaving {
  #since: number | null = null;

  /** True once the line has been poor under loss for long enough. */
  seen(poor: boolean, loss: number, now: number): boolean {
    this.#since = poor && loss > LOSS ? (this.#since ?? now) : null;
    return this.#since !== null && now - this.#since >= FOR_MS;
  }
}
