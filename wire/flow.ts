/** How much was sent and how much arrived in the last half second, and which part of the sound was lost. Pure. */
import type { Ack } from "./relay.ts";

/** Higher: a fall of the line is seen later. Lower: one late ack looks like a fall. */
const WINDOW_MS = 500;
/** While a queue stands the line is busy, and this much is enough to read its rate. Higher: what came before the queue is read too.
 * Lower: one key frame looks like a faster line. */
const BUSY_MS = 250;
const KEPT = 32;
/** Part of the loss figure that one ack leaves of the ones before: about the last two seconds. */
const FADE = 0.975;
/** Fewer frames than this say nothing about loss. */
const FRAMES_MIN = 25;

/** Rates by acks: what was sent in a span of our clock, what arrived in a span of the receiver's. */
export class Flow {
  readonly #mine = new Float64Array(KEPT);
  readonly #theirs = new Float64Array(KEPT);
  readonly #sent = new Float64Array(KEPT);
  readonly #got = new Float64Array(KEPT);
  #count = 0;
  /** kbit/s in the last half second; `acked` is −1 until half a window was seen. */
  sentRate = 0;
  acked = -1;
  /** What arrived in the last quarter of a second, −1 until it was seen. */
  busy = -1;

  /** One ack: receiver's clock, ours, and the bytes since the session began. */
  mark(theirs: number, mine: number, sent: number, got: number): void {
    const at = this.#count & (KEPT - 1);
    this.#mine[at] = mine;
    this.#theirs[at] = theirs;
    this.#sent[at] = sent;
    this.#got[at] = got;
    this.#count += 1;
    const first = this.#since(theirs, WINDOW_MS);
    const [ours, span] = [mine - (this.#mine[first] ?? 0), theirs - (this.#theirs[first] ?? 0)];
    if (ours > 0) this.sentRate = ((sent - (this.#sent[first] ?? 0)) * 8) / ours;
    if (span >= WINDOW_MS / 2) this.acked = ((got - (this.#got[first] ?? 0)) * 8) / span;
    const late = this.#since(theirs, BUSY_MS);
    const short = theirs - (this.#theirs[late] ?? 0);
    if (short >= BUSY_MS / 2) this.busy = ((got - (this.#got[late] ?? 0)) * 8) / short;
  }

  /** The place of the newest mark that is at least so old, or of the oldest. */
  #since(theirs: number, span: number): number {
    const oldest = Math.max(0, this.#count - KEPT);
    let back = this.#count - 1;
    while (back > oldest && theirs - (this.#theirs[back & (KEPT - 1)] ?? 0) < span) back -= 1;
    return back & (KEPT - 1);
  }
}

/** Frames of sound that went out and did not come. */
export class Loss {
  #sent = 0;
  #lost = 0;

  /** One ack's news. Repeats may let more arrive than was sent. */
  add(sent: number, arrived: number): void {
    this.#sent = this.#sent * FADE + sent;
    this.#lost = this.#lost * FADE + sent - arrived;
  }

  /** Part from 0 to 1. */
  get part(): number {
    return this.#sent < FRAMES_MIN ? 0 : Math.max(0, this.#lost) / this.#sent;
  }
}

/** Turns the running totals that acks carry into what came since the ack before. */
export class Totals {
  readonly #frames = new Map<number, number>();
  readonly #bytes = new Map<number, number>();
  frames = 0;
  bytes = 0;

  /** Into `frames` and `bytes`; a total that fell began anew. */
  since(heard: Ack["heard"][number]): void {
    const place = (heard.slot << 4) | heard.stream;
    const [frames, bytes] = [this.#frames.get(place) ?? 0, this.#bytes.get(place) ?? 0];
    this.frames = heard.frames >= frames ? heard.frames - frames : heard.frames;
    this.bytes = heard.bytes >= bytes ? heard.bytes - bytes : heard.bytes;
    this.#frames.set(place, heard.frames);
    this.#bytes.set(place, heard.bytes);
  }
}
