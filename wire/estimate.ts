/** What a media session's line carries, from the acks alone: the same rules for the server's way down and a page's way up (PROTOCOL.md
 * "Relay", S20–S27). Pure: every call is handed the time in monotonic milliseconds. */
import { Lowest, Standing } from "./delay.ts";
import { Flow, Loss, Totals } from "./flow.ts";
import { kindOf } from "./frame.ts";
import type { Ack } from "./relay.ts";
import { Repeats } from "./repeats.ts";
import { Unacked } from "./unacked.ts";

/** Part of the arrived rate that is kept after a cut. Higher: the queue drains slowly. Lower: a cut costs more picture than needed. */
const CUT = 0.85;
/** Nothing grows for so long after a cut. Higher: slow back. Lower: the queue that caused it has not drained. */
const HOLD_MS = 1_000;
/** Growth per second: at the start, after a clean second, near a rate that failed before, and there once it is tried again. Higher: overshoot. Lower: long at L0. */
const GROWTH = { start: 2.5, clean: 2, near: 1.08, again: 1.3 } as const;
/** One ack lets it grow for no more than this, however long it was awaited. */
const GROWN_MS = 200;
/** While nothing has ever failed the estimate may rise to this unproven, kbit/s. Higher: a weak line is flooded once. Lower: five
 * people start in small pictures. */
const START_TOP = 4_000;
/** Bytes under way follow what arrives, not what is hoped for: a line that breaks down meets no more than this. kbit/s. */
const SLACK = { times: 1.5, plus: 400 } as const;
/** Later it may stand at so many times what arrives, so that one more layer can be tried. */
const UNPROVEN = { times: 3, plus: 300 } as const;
const TOP_KBPS = 20_000;
/** Two people's sound at its smallest. */
const MIN_KBPS = 40;
/** How long a rate that failed is avoided: first, and at the most after it failed again and again. Where much more was carried not long
 * ago the line is in a dip, and is tried sooner. Higher: long in small pictures. Lower: up and down. */
const AVOID_MS = { first: 15_000, most: 120_000 } as const;
const DIP_MS = { first: 2_500, most: 4_000 } as const;
const DIP = 0.6;
/** What was carried fades over so long. */
const PROVEN_MS = 90_000;
/** Queues in ms: growing, standing, of pictures alone (they are sent again when lost), and none; at `empty` more than none the budget is a
 * tenth, so that a line that breaks down is relieved with the first ack that shows it. */
const QUEUE = { growing: 60, standing: 150, picture: 200, none: 25, pictureNone: 100, empty: 150 } as const;
/** Part of the sound whose loss counts as a full line; less is what radio does. */
const LOSS_FULL = 0.15;
const LOSS_WEAK = 0.05;
/** No ack: halve each time, then sound alone, then the line is dead. */
const QUIET_MS = { halve: 400, soundOnly: 1_000, dead: 10_000 } as const;
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
  readonly #lowest = new Lowest();
  readonly #roundTrips = new Lowest();
  readonly #any = new Standing(2);
  readonly #pictures = new Standing(5);
  /** Queue by the newest ack, ms. */
  #queue = 0;
  #rtt = 0;
  #kbps: number;
  #isStart = true;
  #cutAt = -Infinity;
  #refusedAt = -Infinity;
  #grownAt: number;
  /** A rate that failed, until when it is avoided, and how long that is. */
  #limit = { kbps: Infinity, until: -Infinity, span: AVOID_MS.first as number };
  /** The most that arrived while no queue stood, fading. */
  #proven = 0;
  #weakUntil = -Infinity;
  #waitingSince: number | null = null;
  #base: number | null = null;
  #sentBytes = 0;
  #gotBytes = 0;

  /** Begins with `startKbps` (down 800, up 400). */
  constructor(startKbps: number, now: number) {
    this.#kbps = startKbps;
    this.#grownAt = now;
  }

  /** A frame goes out now; tell each frame once, not its repeats. */
  sent(slot: number, stream: number, ctr: number, bytes: number, now: number): void {
    this.#unacked.sent(slot, stream, ctr, bytes, now);
    this.#sentBytes += bytes;
    this.#waitingSince ??= now;
  }

  /** The other side's ack has come. Whatever it claims, nothing here throws or grows without limit. */
  ack(ack: Ack, now: number): void {
    this.#kbps = this.target(now);
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
    if (this.#isFull()) this.#cut(now);
    else this.#grow(now);
  }

  /** What the line carries, payload kbit/s. */
  target(now: number): number {
    const quiet = this.quietMs(now);
    return quiet < QUIET_MS.halve
      ? this.#kbps
      : Math.max(MIN_KBPS, this.#kbps / 2 ** Math.floor(quiet / QUIET_MS.halve));
  }

  /** Bytes that may be under way. */
  budget(now: number): number {
    const lowest = this.#roundTrips.value;
    const proven = Math.max(0, this.#flow.acked) * SLACK.times + SLACK.plus;
    const kbps = Math.min(this.target(now), proven);
    const room = Math.max(0.1, 1 - Math.max(0, this.#queue - QUEUE.none) / QUEUE.empty);
    const bytes = (kbps * ((lowest === Infinity ? 0 : lowest) + ACK_SLACK_MS) * room) / 8;
    const isCalm = now - this.#cutAt > CALM_MS && this.#queue < QUEUE.growing;
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

  /** Milliseconds for which something is under way and no ack has come. */
  quietMs(now: number): number {
    return this.#waitingSince === null ? 0 : Math.max(0, now - this.#waitingSince);
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
    if (this.#queue < QUEUE.growing && now - this.#cutAt > HOLD_MS) this.#radio.add(sound, arrived);
    const { value } = this.#lowest;
    if (any !== Infinity) {
      this.#queue = any - value;
      this.#any.add(this.#queue);
    }
    if (picture !== Infinity) this.#pictures.add(picture - value);
    return news > 0;
  }

  #trip(rtt: number, delay: number, now: number): void {
    const ms = Math.max(0, rtt);
    this.#rtt = this.#rtt === 0 ? ms : this.#rtt + (ms - this.#rtt) / 8;
    this.#roundTrips.add(ms, now);
    this.#lowest.add(delay, now);
  }

  #isFull(): boolean {
    const { value, rises } = this.#any;
    const isQueue = value > QUEUE.standing || (rises && value > QUEUE.growing);
    return isQueue || this.#pictures.value > QUEUE.picture || this.#loss.part > LOSS_FULL;
  }

  /** Less is sent than would be let through: what arrives says nothing about what the line carries. */
  #isAppLimited(now: number): boolean {
    return this.#flow.sentRate < 0.8 * this.#kbps && now - this.#refusedAt > REFUSED_MS;
  }

  #cut(now: number): void {
    if (now - this.#cutAt < this.#rtt + ACK_SLACK_MS) return;
    if (now - this.#cutAt < WEAK_MS) this.#weakUntil = now + WEAK_MS;
    const { busy: acked } = this.#flow;
    if (!this.#isAppLimited(now) && acked > 0) this.#avoid(acked, now);
    const kept = acked < 0 ? this.#kbps * 0.7 : acked * CUT;
    this.#kbps = Math.max(MIN_KBPS, Math.min(this.#kbps, kept));
    this.#isStart = false;
    this.#cutAt = now;
    this.#grownAt = now;
    this.#any.clear();
    this.#pictures.clear();
  }

  /** Remembers a rate that failed: for longer each time it fails again soon after it was tried again. */
  #avoid(kbps: number, now: number): void {
    const { until, span } = this.#limit;
    const { first, most } = kbps < DIP * this.#proven ? DIP_MS : AVOID_MS;
    const isSame = now - this.#cutAt < HOLD_MS * 2;
    const longer = isSame ? span : now < until + WEAK_MS ? span * 2 : first;
    const next = Math.max(first, Math.min(longer, most));
    this.#limit = { kbps, until: now + next, span: next };
  }

  #grow(now: number): void {
    const seconds = Math.min(now - this.#grownAt, GROWN_MS) / 1000;
    this.#grownAt = now;
    const isClean = this.#any.value < QUEUE.none && this.#pictures.value < QUEUE.pictureNone;
    if (!isClean || now - this.#cutAt < HOLD_MS) return;
    const acked = Math.max(0, this.#flow.acked);
    this.#proven = Math.max(this.#proven * (1 - (seconds * 1000) / PROVEN_MS), acked);
    if (Math.max(acked * 1.1, this.#kbps) > this.#limit.kbps * 1.15) this.#limit.kbps = Infinity;
    const factor = this.#factor(now);
    const top = this.#isStart ? START_TOP : acked * UNPROVEN.times + UNPROVEN.plus;
    this.#kbps = Math.max(this.#kbps, Math.min(this.#kbps * factor ** seconds, top, TOP_KBPS));
  }

  #factor(now: number): number {
    if (this.#isStart) return GROWTH.start;
    if (this.#kbps < 0.9 * this.#limit.kbps) return GROWTH.clean;
    if (!this.#isAppLimited(now)) return GROWTH.near;
    return now < this.#limit.until ? 1 : GROWTH.again;
  }
}
