/** Beats with echo (A3): a server that delivers the host's messages late, but in order, must not keep a member sending under a key
 * that somebody else still holds. Pure: the member's own monotonic time (ms) goes in. */

/** A beat every … ms, from a worker. Higher: silence is noticed later. Lower: more messages, phones sleep less. */
export const BEAT_MS = 3_000;
/** Higher: a removed person plus a lying server hears a delayed member longer. Lower: an outage shorter than a resume silences. */
export const STOP_SEND_MS = 15_000;
/** The host makes a new epoch every 10 min; without one for a minute longer the member stops. */
export const EPOCH_OLD_MS = 660_000;
/** Beats kept until their echo: three times what may count. Higher: more is remembered for nothing. Lower: where a busy page sends
 * beats in a bunch, one that would still count is forgotten. */
const KEPT = 3 * Math.ceil(STOP_SEND_MS / BEAT_MS);

/** The member's side. */
export class MemberBeat {
  #n = 0;
  readonly #sent: { readonly n: number; readonly at: number }[] = [];
  #echoed: number;
  #epochAt: number;

  /** `now`: the moment of the first epoch, which is itself the proof of a live host. */
  constructor(now: number) {
    this.#echoed = now;
    this.#epochAt = now;
  }

  /** `n` of the next beat, sent at `now`. */
  next(now: number): number {
    this.#n += 1;
    this.#sent.push({ n: this.#n, at: now });
    if (this.#sent.length > KEPT) this.#sent.shift();
    return this.#n;
  }

  /** The host echoes the highest `n` it saw. Counts from when *we* sent that beat; unknown and old ones change nothing. */
  echo(n: number): void {
    const beat = this.#sent.find((sent) => sent.n === n);
    if (beat !== undefined) this.#echoed = Math.max(this.#echoed, beat.at);
  }

  /** A newer epoch was accepted. */
  epoch(now: number): void {
    this.#epochAt = now;
  }

  /** False where the host is not proven to be in touch: no frame may be sealed. */
  maySend(now: number): boolean {
    return now - this.#echoed <= STOP_SEND_MS && now - this.#epochAt <= EPOCH_OLD_MS;
  }
}

/** Higher: a member that vanished stays in the roster longer. Lower: a line that resumes in 15 s costs everyone an epoch. */
export const DROP_MS = 20_000;
/** Higher: a member that missed an epoch stays deaf longer. Lower: one weak line forces new epochs on all. */
export const ACK_MS = 15_000;

/** The host's side, for one member. */
export class HostBeat {
  #echo = 0;
  #heardAt: number;
  #unacked: { readonly rv: number; readonly at: number } | null = null;

  constructor(now: number) {
    this.#heardAt = now;
  }

  /** A beat of the member: gives the `echo` to answer with. */
  heard(n: number, now: number): number {
    this.#echo = Math.max(this.#echo, n);
    this.#heardAt = now;
    return this.#echo;
  }

  /** Milliseconds since it was last heard. */
  silentMs(now: number): number {
    return now - this.#heardAt;
  }

  /** An epoch went out to it. The oldest that is still unacked counts. */
  sent(rv: number, now: number): void {
    this.#unacked ??= { rv, at: now };
  }

  /** It has this epoch, and so needs none before. */
  acked(rv: number): void {
    if (this.#unacked !== null && rv >= this.#unacked.rv) this.#unacked = null;
  }

  /** `silent`: drop it, new epoch. `deaf`: end its channel, so that it comes with a new handshake. */
  state(now: number): "well" | "silent" | "deaf" {
    if (this.silentMs(now) > DROP_MS) return "silent";
    return this.#unacked !== null && now - this.#unacked.at > ACK_MS ? "deaf" : "well";
  }
}
