/** What one side of a media session has sent and not yet seen acknowledged, per stream. Pure; used by the estimator of both sides. */
import { kindOf, STREAM } from "./frame.ts";

/** Frames remembered per stream, a power of two. Higher: memory per session. Lower: five seconds of sound do not fit. */
const KEPT = 256;
/** After this long a frame counts as gone, not as under way: its group was given up, or nothing came after it. Higher: a lost tail
 * blocks the budget longer. Lower: a slow line looks empty. */
const GONE_MS = 3_000;

/** One stream's frames in the order they were sent. */
class Log {
  readonly ctrs = new Uint32Array(KEPT);
  readonly ats = new Float64Array(KEPT);
  readonly sizes = new Uint32Array(KEPT);
  /** Frames sent and frames settled since the start; the difference is under way. */
  sent = 0;
  settled = 0;
  newest = -1;
}

/** Counts bytes under way. */
export class Unacked {
  /** Bytes under way: all of them, those of pictures, those of stream 15. */
  bytes = 0;
  picture = 0;
  data = 0;
  readonly #logs: (Log | undefined)[] = [];
  readonly #used: number[] = [];

  /** A frame has gone out. Repeats of an older one are not counted. */
  sent(slot: number, stream: number, ctr: number, bytes: number, now: number): void {
    const place = (slot << 4) | stream;
    const log = this.#logs[place] ?? this.#open(place);
    if (ctr <= log.newest) return;
    if (log.sent - log.settled === KEPT) this.#settle(log, stream);
    const at = log.sent & (KEPT - 1);
    log.ctrs[at] = ctr;
    log.ats[at] = now;
    log.sizes[at] = bytes;
    log.sent += 1;
    log.newest = ctr;
    this.#add(stream, bytes);
  }

  /** Everything of the stream up to `ctr` is there (or will never be). How many frames that settled, and in `sentAt` when `ctr` itself
   * had gone out, −1 where that is not known. */
  acked(slot: number, stream: number, ctr: number): number {
    this.sentAt = -1;
    const log = this.#logs[(slot << 4) | stream];
    if (!log || ctr > log.newest) return 0;
    const before = log.settled;
    while (log.settled < log.sent) {
      const at = log.settled & (KEPT - 1);
      if ((log.ctrs[at] ?? 0) > ctr) break;
      if (log.ctrs[at] === ctr) this.sentAt = log.ats[at] ?? -1;
      this.#settle(log, stream);
    }
    return log.settled - before;
  }
  sentAt = -1;

  /** Forgets what is older than `GONE_MS`, but data: that is acknowledged when its slowest reader has it. */
  expire(now: number): void {
    for (const place of this.#used) {
      if ((place & 15) === STREAM.data) continue;
      const log = this.#logs[place];
      while (log && log.settled < log.sent && now - (log.ats[log.settled & (KEPT - 1)] ?? 0) > GONE_MS)
        this.#settle(log, place & 15);
    }
  }

  /** What is under way of the stream will not come: its group was reset. */
  forgive(slot: number, stream: number): void {
    const log = this.#logs[(slot << 4) | stream];
    while (log && log.settled < log.sent) this.#settle(log, stream);
  }

  /** This slot's streams begin anew: somebody left, or came back with counters from 0. */
  forget(slot: number): void {
    for (let stream = 0; stream < 16; stream++) {
      this.forgive(slot, stream);
      const log = this.#logs[(slot << 4) | stream];
      if (log) log.newest = -1;
    }
  }

  #open(place: number): Log {
    const log = new Log();
    this.#logs[place] = log;
    this.#used.push(place);
    return log;
  }

  #settle(log: Log, stream: number): void {
    this.#add(stream, -(log.sizes[log.settled & (KEPT - 1)] ?? 0));
    log.settled += 1;
  }

  #add(stream: number, bytes: number): void {
    this.bytes += bytes;
    const kind = kindOf(stream);
    if (kind === "video" || kind === "screen") this.picture += bytes;
    else if (kind === "data") this.data += bytes;
  }
}
