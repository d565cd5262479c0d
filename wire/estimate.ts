/** What a media session's line carries, from the acks alone: the same rules for the server's way down and a page's way up (PROTOCOL.md
 * "Relay", S20–S27). Pure: every call is handed the time in monotonic milliseconds. */
import { Lowest, Queues } from "./delay.ts";
import { Flow, Loss, Totals } from "./flow.ts";
import { kindOf } from "./frame.ts";
import type { Ack } from "./relay.ts";
import { Repeats } from "./repeats.ts";
import { type Evidence, MIN_KBPS, Target } from "./target.ts";
import { Unacked } from "./unacked.ts";

/** Bytes under way follow what arrives, not what is hoped for: a line that breaks down meets no more than this. kbit/s. */
const SLACK = { times: 1.5, plus: 400 } as const;
/** Part of the sound whose loss counts as a full line; less is what radio does. */
const LOSS_FULL = 0.15;
const LOSS_WEAK = 0.05;
/** No ack: halve each time, then sound alone, then the line is dead. */
const QUIET_MS = { halve: 400, soundOnly: 1_000, dead: 10_000 } as const;
/** Timers of a device with time to spare are off by less. Higher: a busy device looks like a silent line. Lower: a silent line like a busy
 * device. */
const AWAKE_SLACK_MS = 20;
/** Bytes under way at least: as long as nothing failed lately, and after. Higher: sound waits behind pictures. Lower: a key frame is
 * spread over several acks. */
const FLOOR_BYTES = { calm: 24_000, tight: 8_000 } as const;
const CALM_MS = 5_000;
const BUDGET_MAX_BYTES = 512 * 1024;
/** What the acks' own rhythm adds to the round trip. */
const ACK_SLACK_MS = 100;
const WEAK_MS = 5_000;
/** A picture that had to wait so lately means that the line is the limit. */
const REFUSED_MS = 500;

/** Whose line this is, in the words of the page. */
export type LineState = "well" | "weak";
/** How long nothing was acknowledged: sound may still be sent at `sound-only`, a new session is needed at `dead`. */
export type Quiet = "no" | "short" | "sound-only" | "dead";

/** One direction of one session. */
export class Estimator {
  readonly #unacked = new Unacked();
  readonly #totals = new Totals();
  readonly #flow = new Flow();
  readonly #loss = new Loss();
  /** The same of what was lost while no queue stood: only there do repeats help. */
  readonly #radio = new Loss();
  readonly #repeats = new Repeats();
  readonly #queues = new Queues();
  readonly #roundTrips = new Lowest();
  readonly #target: Target;
  #rtt = 0;
  #refusedAt = -Infinity;
  #weakUntil = -Infinity;
  #waitingSince: number | null = null;
  #awakeAt = Infinity;
  #base: number | null = null;
  /** By the last ack: a device that comes to nothing is silent, too. */
  #late = 0;
  #sentBytes = 0;
  #gotBytes = 0;

  /** Begins with `startKbps` (down 800, up 400). */
  constructor(startKbps: number, now: number) {
    this.#target = new Target(startKbps, now);
  }

  /** To be called at least every `everyMs`, before what came meanwhile is told: time in which this side itself came to nothing is no silence
   * of the other. */
  awake(now: number, everyMs: number): void {
    const late = now - this.#awakeAt - everyMs;
    this.#awakeAt = now;
    if (this.#waitingSince === null || late <= AWAKE_SLACK_MS) return;
    this.#waitingSince = Math.min(now, this.#waitingSince + late);
  }

  /** A frame goes out now; tell each frame once, not its repeats. */
  sent(slot: number, stream: number, ctr: number, bytes: number, now: number): void {
    this.#unacked.sent(slot, stream, ctr, bytes, now);
    this.#sentBytes += bytes;
    this.#waitingSince ??= now;
  }

  /** The other side's ack has come. Whatever it claims, nothing here throws or grows without limit. */
  ack(ack: Ack, now: number): void {
    this.#late = ack.late;
    this.#target.fall(this.target(now));
    this.#base ??= ack.at;
    const at = (ack.at - this.#base) | 0;
    const hasNews = this.#read(ack, at, now);
    this.#unacked.expire(now);
    if (this.#unacked.bytes === 0) this.#waitingSince = null;
    // data waits for its slowest reader: nothing new of it alone is no dead line
    else if (hasNews || this.#unacked.bytes === this.#unacked.data) this.#waitingSince = now;
    this.#flow.mark(at, now, this.#sentBytes, this.#gotBytes);
    this.#repeats.seen(this.#radio.part, now);
    if (this.#loss.part > LOSS_WEAK) this.#weakUntil = now + WEAK_MS;
    if (this.#queues.isFull || this.#loss.part > LOSS_FULL) this.#cut(now);
    else this.#target.grow(this.#evidence(now, this.#flow.acked), this.#queues.isNone, now);
  }

  /** What the line carries, payload kbit/s. */
  target(now: number): number {
    const quiet = this.quietMs(now);
    const { kbps } = this.#target;
    return quiet < QUIET_MS.halve ? kbps : Math.max(MIN_KBPS, kbps / 2 ** Math.floor(quiet / QUIET_MS.halve));
  }

  /** Bytes that may be under way. */
  budget(now: number): number {
    const lowest = this.#roundTrips.value;
    const proven = Math.max(0, this.#flow.acked) * SLACK.times + SLACK.plus;
    const kbps = Math.min(this.target(now), proven);
    const bytes = (kbps * ((lowest === Infinity ? 0 : lowest) + ACK_SLACK_MS) * this.#queues.room) / 8;
    const isCalm = now - this.#target.cutAt > CALM_MS && this.#queues.isCalm;
    const floor = isCalm ? FLOOR_BYTES.calm : FLOOR_BYTES.tight;
    return Math.min(Math.max(bytes, floor), BUDGET_MAX_BYTES);
  }

  /** May a picture of so many bytes go now? One larger than the budget goes where no other is under way. */
  mayPicture(bytes: number, now: number): boolean {
    if (this.quietMs(now) >= QUIET_MS.soundOnly) return false;
    const isRoom = this.#unacked.picture === 0 || this.#unacked.bytes + bytes <= this.budget(now);
    if (!isRoom) this.#refusedAt = now;
    return isRoom;
  }

  /** May a data frame go now? A quarter of the budget, so that a file never stands before sound and picture. */
  mayData(bytes: number, now: number): boolean {
    if (this.quietMs(now) >= QUIET_MS.soundOnly) return false;
    return this.#unacked.data === 0 || this.#unacked.data + bytes <= this.budget(now) / 4;
  }

  /** Bytes under way: of everything, and of stream 15. */
  get underWay(): number {
    return this.#unacked.bytes;
  }
  get dataUnderWay(): number {
    return this.#unacked.data;
  }

  /** Round trip in ms, smoothed; 0 before the first ack. */
  get rtt(): number {
    return this.#rtt;
  }

  /** Part of the sound that was lost in the last two seconds. */
  get loss(): number {
    return this.#loss.part;
  }

  /** How many sound frames before the newest a datagram repeats: 0, 1 or 2. */
  get repeats(): number {
    return this.#repeats.count;
  }

  /** Milliseconds for which something is under way and no ack has come, though the other side was not too busy for one. */
  quietMs(now: number): number {
    return this.#waitingSince === null ? 0 : Math.max(0, now - this.#waitingSince - this.#late);
  }

  quiet(now: number): Quiet {
    const quiet = this.quietMs(now);
    if (quiet < QUIET_MS.halve) return "no";
    return quiet < QUIET_MS.soundOnly ? "short" : quiet < QUIET_MS.dead ? "sound-only" : "dead";
  }

  state(now: number): LineState {
    return now < this.#weakUntil || this.quietMs(now) >= QUIET_MS.soundOnly ? "weak" : "well";
  }

  /** The stream's group was reset: what is under way of it will not be acknowledged. */
  forgive(slot: number, stream: number): void {
    this.#unacked.forgive(slot, stream);
    if (this.#unacked.bytes === 0) this.#waitingSince = null;
  }

  /** This slot's streams begin anew with their counters. */
  forget(slot: number): void {
    this.#unacked.forget(slot);
    if (this.#unacked.bytes === 0) this.#waitingSince = null;
  }

  /** False where the ack says nothing new. */
  #read(ack: Ack, at: number, now: number): boolean {
    let [any, picture, sound, arrived, news] = [Infinity, Infinity, 0, 0, 0];
    for (const heard of ack.heard) {
      const { slot, stream, ctr, age } = heard;
      this.#totals.since(heard);
      this.#gotBytes += this.#totals.bytes;
      const settled = this.#unacked.acked(slot, stream, ctr);
      news += settled;
      const kind = kindOf(stream);
      if (kind === "audio") [sound, arrived] = [sound + settled, arrived + this.#totals.frames];
      const { sentAt } = this.#unacked;
      if (sentAt < 0 || kind === "data") continue;
      const delay = at - age - sentAt;
      this.#trip(now - sentAt - age, delay, now);
      any = Math.min(any, delay);
      if (kind !== "audio") picture = Math.min(picture, delay);
    }
    this.#loss.add(sound, arrived);
    if (this.#queues.isCalm && !this.#target.isHeld(now)) this.#radio.add(sound, arrived);
    this.#queues.ack(any - ack.late, picture - ack.late);
    return news > 0;
  }

  #trip(rtt: number, delay: number, now: number): void {
    const ms = Math.max(0, rtt);
    this.#rtt = this.#rtt === 0 ? ms : this.#rtt + (ms - this.#rtt) / 8;
    this.#roundTrips.add(ms, now);
    this.#queues.sample(delay, now);
  }

  #evidence(now: number, acked: number): Evidence {
    const isRefused = now - this.#refusedAt <= REFUSED_MS;
    return { acked, isAppLimited: !isRefused && this.#flow.sentRate < 0.8 * this.#target.kbps };
  }

  /** Once per round trip: what was sent before a cut is no reason for the next. */
  #cut(now: number): void {
    const since = now - this.#target.cutAt;
    if (since < this.#rtt + ACK_SLACK_MS) return;
    if (since < WEAK_MS) this.#weakUntil = now + WEAK_MS;
    this.#target.cut(this.#evidence(now, this.#flow.busy), now);
    this.#queues.clear();
  }
}
