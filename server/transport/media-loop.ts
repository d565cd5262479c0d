/** Carries out what the forwarding core decides, like `runner.ts` for signaling: the only place where the core meets time, and where
 * sessions of every transport meet the core. Ticks while there is a session. */
import type { Bytes } from "../../wire/bytes.ts";
import { CLOSE, type CloseWord } from "../../wire/close.ts";
import type { CallId } from "../../wire/ids.ts";
import type { Clock } from "../clock.ts";
import { type Log, logError, logPlace } from "../log.ts";
import type { Dropped, Effect, Event, LinkId, LinkKind, Pass, Place } from "../sfu/events.ts";
import { TICK_MS } from "../sfu/limits.ts";
import type { HopOddity, MediaEars, MediaLink } from "./media-link.ts";
import { Passes } from "./passes.ts";
import type { Relay } from "./runner.ts";

/** Pages ack at least every 100 ms and beat every 5 s. Higher: a half-open line costs a decoder's worth of traffic for longer.
 * Lower: a page on a line that stands still for a moment is thrown out. */
export const SILENT_MS = 15_000;
/** A page tries both transports and keeps what opened first. Higher: a page that changes its way on purpose is refused. Lower: the loser
 * of a race on a slow line takes the place of the winner. */
export const RACE_MS = 1500;
/** Sixteen slots, two ways, twice while a newer session replaces an older one. */
export const SESSIONS_PER_CALL = 64;
/** Higher: memory under attack. Lower: a large practice is refused. */
export const SESSIONS_MAX = 8192;
/** What a transport may hold of one session. Higher: a reader that stands still costs more memory. Lower: the largest picture of a
 * screen (1 MiB) behind another one ends its session. */
export const HELD_MAX_BYTES = 4 * 1024 * 1024;

/** The forwarding core (`server/sfu/core.ts`). */
export type Sfu = { handle(event: Event, now: number): Effect[] };

export type MediaLoopDeps = {
  readonly sfu: Sfu;
  readonly clock: Clock;
  readonly log: Log;
  /** Calls `run` every so many milliseconds until the answer is called. */
  readonly every: (milliseconds: number, run: () => void) => () => void;
};

/** What was closed and dropped, by word: figures, never names. */
export type MediaCounts = Partial<Record<CloseWord | Dropped | HopOddity | "pass", number>>;

type Session = { readonly link: MediaLink; readonly pass: Pass; readonly since: number; heard: number };

export class MediaLoop implements Relay {
  readonly counts: MediaCounts = {};
  /** Bytes of items, as they came and went. */
  readonly bytes = { in: 0, out: 0 };
  readonly #deps: MediaLoopDeps;
  readonly #passes = new Passes();
  /** `call slot` of everybody who may have sessions. */
  readonly #places = new Set<string>();
  readonly #sessions = new Map<LinkId, Session>();
  readonly #events: Event[] = [];
  /** Links that were sent to since the core was last told what they hold. */
  readonly #sent = new Set<LinkId>();
  #links = 0;
  #stopTicks: (() => void) | null = null;
  #nextCheck = 0;
  #isStopped = false;

  constructor(deps: MediaLoopDeps) {
    this.#deps = deps;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  sessionsBy(kind: LinkKind): number {
    let count = 0;
    for (const { link } of this.#sessions.values()) if (link.kind === kind) count += 1;
    return count;
  }

  admit(token: Bytes, pass: Pass): void {
    this.#passes.admit(token, pass, this.#now());
  }

  placed(place: Place): void {
    this.#passes.placed(place);
    if (place.t === "seated") this.#places.add(placeOf(place));
    else if (place.t === "unseated") this.#places.delete(placeOf(place));
    else for (const known of this.#places) if (known.startsWith(place.call)) this.#places.delete(known);
    this.#handle(place);
  }

  /** What a token stands for; spent by asking. */
  take(token: string): Pass | null {
    const pass = this.#isStopped ? null : this.#passes.take(token, this.#now());
    if (pass === null) this.#count("pass");
    return pass;
  }

  /** A session whose token was good. It is closed at once where its place is gone or there are too many. */
  open(link: MediaLink, pass: Pass): void {
    const word = this.#refusal(link, pass);
    if (word !== null) return void this.#refuse(link, word);
    this.#links += 1;
    const id = this.#links as LinkId;
    const now = this.#now();
    this.#sessions.set(id, { link, pass, since: now, heard: now });
    this.#stopTicks ??= this.#deps.every(TICK_MS, () => this.#tick());
    this.#handle({ t: "opened", link: id, pass, kind: link.kind });
    if (this.#sessions.has(id)) link.listen(this.#earsOf(id));
  }

  /** Ends every session with `stopping`; none opens any more. */
  stop(): void {
    this.#isStopped = true;
    for (const id of [...this.#sessions.keys()]) this.#close(id, "stopping");
  }

  #refusal({ kind }: MediaLink, pass: Pass): CloseWord | null {
    if (this.#isStopped) return "stopping";
    if (!this.#places.has(placeOf(pass))) return "expired";
    if (this.#hasLost(kind, pass)) return "replaced";
    const isFull = this.#sessions.size >= SESSIONS_MAX || this.#ofCall(pass.call) >= SESSIONS_PER_CALL;
    return isFull ? "full" : null;
  }

  /** True where the same page has opened a session by the other transport a moment ago. */
  #hasLost(kind: LinkKind, { call, slot, way }: Pass): boolean {
    const now = this.#now();
    for (const { link, pass, since } of this.#sessions.values()) {
      const isSame = pass.call === call && pass.slot === slot && pass.way === way;
      if (isSame && link.kind !== kind && now - since < RACE_MS) return true;
    }
    return false;
  }

  #ofCall(call: CallId): number {
    let count = 0;
    for (const { pass } of this.#sessions.values()) if (pass.call === call) count += 1;
    return count;
  }

  #earsOf(id: LinkId): MediaEars {
    return {
      item: (item) => this.#item(id, item),
      fell: () => this.#held(id),
      broke: (word) => this.#close(id, word),
      odd: (what) => this.#count(what),
      closed: () => this.#gone(id),
    };
  }

  #item(id: LinkId, item: Bytes): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.heard = this.#now();
    this.bytes.in += item.length;
    this.#handle({ t: "item", link: id, item });
  }

  #held(id: LinkId): void {
    const session = this.#sessions.get(id);
    if (session) this.#handle({ t: "held", link: id, bytes: session.link.held() });
  }

  #gone(id: LinkId): void {
    if (!this.#sessions.delete(id)) return;
    this.#sent.delete(id);
    this.#handle({ t: "closed", link: id });
    if (this.#sessions.size > 0) return;
    this.#stopTicks?.();
    this.#stopTicks = null;
  }

  #tick(): void {
    this.#handle({ t: "tick" });
    const now = this.#now();
    if (now < this.#nextCheck) return;
    this.#nextCheck = now + SILENT_MS / 10;
    for (const [id, { heard }] of [...this.#sessions]) {
      if (now - heard >= SILENT_MS) this.#close(id, "lost");
    }
  }

  /** One event after the other: what comes while one is carried out waits for it. Never throws. */
  #handle(event: Event): void {
    this.#events.push(event);
    if (this.#events.length > 1) return;
    for (let next = this.#events[0]; next; next = this.#events[0]) {
      this.#one(next);
      this.#events.shift();
      if (this.#events.length === 0) this.#tellHeld();
    }
  }

  #one(event: Event): void {
    try {
      for (const effect of this.#deps.sfu.handle(event, this.#now())) this.#run(effect);
    } catch (error) {
      this.#deps.log.error("media.bug", { handling: event.t, error: logError(error), at: logPlace(error) });
      if ("link" in event) this.#close(event.link, "bug");
    }
  }

  #run(effect: Effect): void {
    if (effect.t === "count") return void this.#count(effect.what);
    if (effect.t === "close") return void this.#close(effect.link, effect.word);
    const session = this.#sessions.get(effect.link);
    if (!session) return;
    const { link } = session;
    this.bytes.out += sizeOf(effect);
    if (effect.t === "loose") link.loose(effect.items);
    else if (effect.t === "sure") link.sure(effect.item);
    else if (effect.t === "picture") link.picture(effect.group, effect.item);
    else link.groupEnd(effect.group, effect.cut);
    this.#sent.add(effect.link);
  }

  /** The core hears how much of what it just sent is still held: on a good line nothing. */
  #tellHeld(): void {
    for (const id of this.#sent) {
      const held = this.#sessions.get(id)?.link.held() ?? 0;
      if (held > HELD_MAX_BYTES) this.#close(id, "lost");
      else this.#events.push({ t: "held", link: id, bytes: held });
    }
    this.#sent.clear();
  }

  #close(id: LinkId, word: CloseWord): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#gone(id);
    this.#refuse(session.link, word);
  }

  #refuse(link: MediaLink, word: CloseWord): void {
    this.#count(word);
    if (CLOSE[word].fault === "page") this.#deps.log.warn("media.refused", { word });
    link.close(CLOSE[word].code);
  }

  #count(what: keyof MediaCounts): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  #now(): number {
    return this.#deps.clock.monotonic();
  }
}

function sizeOf(effect: Effect): number {
  if (effect.t === "sure" || effect.t === "picture") return effect.item.length;
  if (effect.t !== "loose") return 0;
  let size = 0;
  for (const item of effect.items) size += item.length;
  return size;
}

function placeOf({ call, slot }: { readonly call: CallId; readonly slot: number }): string {
  return `${call} ${slot}`;
}
