/** The therapist's end of beats (A3): answers each with its echo and the table of what everybody shows, and tells who has fallen
 * silent or has missed an epoch. */
import { BEAT_MS, HostBeat } from "../../wasm/beats.ts";
import { HOST_SLOT } from "../../wasm/roster.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { Shows, ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { Clock } from "./clock.ts";

/** What somebody in the call says of itself. */
export type Said = { readonly slot: number; readonly shows: Shows; readonly ctr: number | null };
/** Nothing is known yet of whoever has just come. */
export const SHOWS_NOTHING: Shows = { mic: false, cam: false, screen: false, hand: false };

/** Higher: a change of "muted" is seen later by the others. Lower: eight people who press at once cost sixty-four messages. */
const PUSH_MS = 100;
/** Higher: who is gone is noticed later. Lower: wake-ups for nothing. */
const LOOK_MS = 1_000;
/** Whoever the server says has left is given so long for its next beat. Higher: who has really left stays on the screen. Lower: a beat on
 * a slow line comes too late, and the server's word counts. */
export const DOUBT_MS = BEAT_MS + 2_000;

type Member = {
  readonly slot: number;
  readonly beat: HostBeat;
  readonly send: (message: ToClient) => void;
  shows: Shows;
  ctr: number | null;
  echo: number;
  /** When the server said that it has left; null where it was heard since. */
  doubtedAt: number | null;
};

export type HostBeatsOptions = {
  readonly clock: Clock;
  readonly rv: () => number;
  /** What we show ourselves. */
  readonly own: () => { readonly shows: Shows; readonly ctr: number | null };
  readonly onTable: (table: readonly Said[]) => void;
  /** `silent`: not heard for 20 s, or 5 s where the server says that it has left. `deaf`: has not taken an epoch for 15 s. */
  readonly onLost: (peer: PeerId, how: "silent" | "deaf") => void;
};

export class HostBeats {
  readonly #options: HostBeatsOptions;
  readonly #members = new Map<PeerId, Member>();
  #cancelPush: (() => void) | null = null;
  #cancelLook: () => void = () => undefined;

  constructor(options: HostBeatsOptions) {
    this.#options = options;
  }

  /** Everybody in the call, the therapist first. */
  get table(): readonly Said[] {
    const others = [...this.#members.values()].map(({ slot, shows, ctr }) => ({ slot, shows, ctr }));
    const own = { slot: HOST_SLOT, ...this.#options.own() };
    return [own, ...others.sort((a, b) => a.slot - b.slot)];
  }

  /** Somebody is in from now. */
  join(peer: PeerId, slot: number, send: (message: ToClient) => void): void {
    const beat = new HostBeat(this.#options.clock.now());
    this.#members.set(peer, { slot, beat, send, shows: SHOWS_NOTHING, ctr: null, echo: 0, doubtedAt: null });
    this.push();
    if (this.#members.size === 1) this.#look();
  }

  leave(peer: PeerId): void {
    if (this.#members.delete(peer)) this.push();
  }

  /** A beat of a member: answered at once. */
  heard(peer: PeerId, { n, rv, ctr, shows }: Extract<ToTherapist, { t: "hb" }>): void {
    const member = this.#members.get(peer);
    if (!member) return;
    const changed = JSON.stringify(shows) !== JSON.stringify(member.shows);
    member.echo = member.beat.heard(n, this.#options.clock.now());
    member.beat.acked(rv);
    Object.assign(member, { shows, ctr, doubtedAt: null });
    this.#answer(member);
    if (changed) this.push();
    else this.#options.onTable(this.table);
  }

  /** The last beat that was due has come: this one reaches the server, and the server us. */
  hears(peer: PeerId): boolean {
    const silent = this.#members.get(peer)?.beat.silentMs(this.#options.clock.now());
    return silent !== undefined && silent <= 2 * BEAT_MS;
  }

  /** The server says that this one has left: true where only its own silence will show it. */
  doubt(peer: PeerId): boolean {
    const member = this.#members.get(peer);
    if (member) member.doubtedAt ??= this.#options.clock.now();
    return member !== undefined;
  }

  /** An epoch went out to everybody. */
  sent(rv: number): void {
    for (const { beat } of this.#members.values()) beat.sent(rv, this.#options.clock.now());
  }

  acked(peer: PeerId, rv: number): void {
    this.#members.get(peer)?.beat.acked(rv);
  }

  /** What somebody shows has changed: everybody learns it in a moment. */
  push(): void {
    this.#options.onTable(this.table);
    this.#cancelPush ??= this.#options.clock.after(PUSH_MS, () => {
      this.#cancelPush = null;
      for (const member of this.#members.values()) this.#answer(member);
    });
  }

  close(): void {
    this.#cancelPush?.();
    this.#cancelPush = null;
    this.#cancelLook();
    this.#members.clear();
  }

  #answer({ echo, send }: Member): void {
    send({ t: "hb", echo, rv: this.#options.rv(), table: [...this.table] });
  }

  #look(): void {
    this.#cancelLook();
    const now = this.#options.clock.now();
    for (const [peer, { beat, doubtedAt }] of [...this.#members]) {
      const isGone = doubtedAt !== null && now - doubtedAt > DOUBT_MS;
      const state = isGone ? "silent" : beat.state(now);
      if (state !== "well") this.#options.onLost(peer, state);
    }
    if (this.#members.size > 0) this.#cancelLook = this.#options.clock.after(LOOK_MS, () => this.#look());
  }
}
