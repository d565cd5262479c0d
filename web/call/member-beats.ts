/** The client's end of beats (A3): one every 3 s and one at every change; what the echoes say about whether anything may be sent. */
import { BEAT_MS, MemberBeat } from "../../wasm/beats.ts";
import type { Shows, ToTherapist } from "../../wire/sealed.ts";
import type { Clock } from "./clock.ts";

/** Higher: sending stops later than it must. Lower: wake-ups for nothing. */
const LOOK_MS = 500;

export type MemberBeatsOptions = {
  readonly clock: Clock;
  readonly send: (message: Extract<ToTherapist, { t: "hb" }>) => void;
  /** What we show, and how far our sound is. */
  readonly own: () => { readonly shows: Shows; readonly ctr: number | null };
  /** Whether anything may be sealed has changed. */
  readonly onAllowed: (allowed: boolean) => void;
};

export class MemberBeats {
  readonly #options: MemberBeatsOptions;
  #beat: MemberBeat | null = null;
  #rv = 0;
  #allowed = false;
  #cancel: () => void = () => undefined;
  #cancelLook: () => void = () => undefined;

  constructor(options: MemberBeatsOptions) {
    this.#options = options;
  }

  /** True while the host is proven to be in touch. */
  get allowed(): boolean {
    return this.#allowed;
  }

  /** An epoch was accepted; the first one starts the beats. */
  epoch(rv: number): void {
    const now = this.#options.clock.now();
    const isFirst = this.#beat === null;
    this.#beat ??= new MemberBeat(now);
    this.#beat.epoch(now);
    this.#rv = rv;
    this.#judge();
    if (isFirst) this.#tick();
  }

  /** The host has heard beat `n`. */
  echo(n: number): void {
    this.#beat?.echo(n);
    this.#judge();
  }

  /** What we show has changed. */
  changed(): void {
    if (this.#beat) this.#say(this.#beat);
  }

  close(): void {
    this.#cancel();
    this.#cancelLook();
    this.#beat = null;
    this.#set(false);
  }

  #tick(): void {
    if (!this.#beat) return;
    this.#say(this.#beat);
    this.#cancel = this.#options.clock.after(BEAT_MS, () => this.#tick());
  }

  #say(beat: MemberBeat): void {
    const { clock, own, send } = this.#options;
    send({ t: "hb", n: beat.next(clock.now()), rv: this.#rv, ...own() });
  }

  #judge(): void {
    this.#cancelLook();
    const { clock } = this.#options;
    if (this.#beat) this.#cancelLook = clock.after(LOOK_MS, () => this.#judge());
    this.#set(this.#beat?.maySend(clock.now()) === true);
  }

  #set(allowed: boolean): void {
    if (allowed === this.#allowed) return;
    this.#allowed = allowed;
    this.#options.onAllowed(allowed);
  }
}
