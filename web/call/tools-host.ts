/** The therapist's tools that vanish: what is open, told to everybody who is in, and what they answer. Gone with the call (A2). */
import { HOST_SLOT } from "../../wasm/roster.ts";
import type { DataMessage } from "../../wire/data.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import { QUESTION_MAX } from "../../wire/tools.ts";
import type { Clock } from "./clock.ts";
import { Board } from "./tools-board.ts";
import { type Readable, Value } from "./value.ts";

/** A breath is said anew so often, so that who was told late falls into step. Higher: out of step for longer. Lower: messages for nothing. */
export const BREATH_SAY_MS = 10_000;

/** Seconds in, held, out. */
export type Pattern = { readonly in: number; readonly hold: number; readonly out: number };
export type Answer = { readonly slot: number; readonly value: number };

export type HostToolsState = {
  readonly scale: {
    readonly id: number;
    readonly question: string;
    /** The last of each. */
    readonly answers: readonly Answer[];
    /** Everybody sees them, without names. */
    readonly shared: boolean;
  } | null;
  /** `since`: on this page's clock. */
  readonly breath: (Pattern & { readonly id: number; readonly since: number }) | null;
};

/** The board is told anew to who asks, not more often than this. */
export const LINES_MS = 1_000;
/** And once more: what was sealed before all had the newest keys did not open everywhere. */
export const LINES_AGAIN_MS = 4_000;

const NOTHING: HostToolsState = { scale: null, breath: null };
type Member = { readonly slot: number; readonly send: (message: ToClient) => void };

export class HostTools {
  readonly #clock: Clock;
  readonly board: Board;
  readonly #state = new Value<HostToolsState>(NOTHING);
  readonly #members = new Map<PeerId, Member>();
  #number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  #cancel: () => void = () => undefined;
  #linesAt = Number.NEGATIVE_INFINITY;
  #cancelLines: (() => void) | null = null;
  #cancelSoon: (() => void) | null = null;

  constructor(clock: Clock, send: (message: DataMessage) => boolean) {
    this.#clock = clock;
    this.board = new Board({ clock, send });
    this.board.sit(HOST_SLOT);
  }

  get state(): Readable<HostToolsState> {
    return this.#state;
  }

  /** Somebody is in, and sees what is open. */
  join(peer: PeerId, slot: number, send: Member["send"]): void {
    this.#members.set(peer, { slot, send });
    send(this.#now());
  }

  leave(peer: PeerId): void {
    this.#members.delete(peer);
  }

  /** An answer: only of who is in, and only to the question that is open. */
  heard(peer: PeerId, { id, value }: Extract<ToTherapist, { t: "rated" }>): void {
    const member = this.#members.get(peer);
    const { scale } = this.#state.get();
    if (!member || scale?.id !== id) return;
    const others = scale.answers.filter(({ slot }) => slot !== member.slot);
    const answers = [...others, { slot: member.slot, value }].sort((a, b) => a.slot - b.slot);
    this.#set({ scale: { ...scale, answers } });
    if (scale.shared) this.#tell();
  }

  /** Somebody who is in asks for the lines of the board that is open. */
  asked(peer: PeerId, board: number): void {
    if (!this.#members.has(peer) || this.board.state.get().id !== board) return;
    const rest = this.#linesAt + LINES_MS - this.#clock.now();
    if (rest <= 0) this.#tellLines();
    else this.#cancelSoon ??= this.#clock.after(rest, () => this.#tellLines());
    this.#cancelLines?.();
    this.#cancelLines = this.#clock.after(LINES_AGAIN_MS, () => this.board.again());
  }

  /** Asks how far from 0 to 10. The question may be empty; one that is too long is cut by the form. */
  askScale(typed: string): void {
    const question = typed.trim().slice(0, QUESTION_MAX);
    this.#set({ scale: { id: this.#next(), question, answers: [], shared: false } });
    this.#tell();
  }

  shareScale(shared: boolean): void {
    const { scale } = this.#state.get();
    if (!scale) return;
    this.#set({ scale: { ...scale, shared } });
    this.#tell();
  }

  closeScale(): void {
    this.#set({ scale: null });
    this.#tell();
  }

  startBreath(pattern: Pattern): void {
    this.#set({ breath: { ...pattern, id: this.#next(), since: this.#clock.now() } });
    this.#sayBreath();
  }

  stopBreath(): void {
    this.#cancel();
    this.#set({ breath: null });
    this.#tell();
  }

  /** Opens an empty whiteboard, or wipes the one that is open. */
  openBoard(): void {
    this.board.open(this.#next());
    this.#tell();
  }

  closeBoard(): void {
    this.board.open(null);
    this.#tell();
  }

  /** The call is over. */
  end(): void {
    this.#cancel();
    this.#cancelLines?.();
    this.#cancelSoon?.();
    this.#cancelSoon = null;
    this.#members.clear();
    this.board.open(null);
    this.#state.set(NOTHING);
  }

  #tellLines(): void {
    this.#cancelSoon = null;
    this.#linesAt = this.#clock.now();
    this.board.again();
  }

  #sayBreath(): void {
    this.#cancel();
    this.#tell();
    this.#cancel = this.#clock.after(BREATH_SAY_MS, () => this.#sayBreath());
  }

  #tell(): void {
    const now = this.#now();
    for (const { send } of this.#members.values()) send(now);
  }

  #now(): Extract<ToClient, { t: "tools" }> {
    const { scale, breath } = this.#state.get();
    const board = this.board.state.get().id;
    const values = scale?.answers.map(({ value }) => value).sort((a, b) => a - b) ?? [];
    return {
      t: "tools",
      scale: scale && { id: scale.id, question: scale.question, shared: scale.shared ? values : null },
      breath: breath && this.#told(breath),
      board: board === null ? null : { id: board },
    };
  }

  #told({ id, in: breathIn, hold, out, since }: NonNullable<HostToolsState["breath"]>) {
    return { id, in: breathIn, hold, out, ms: Math.round(this.#clock.now() - since) };
  }

  #next(): number {
    this.#number = (this.#number + 1) >>> 0;
    return this.#number;
  }

  #set(change: Partial<HostToolsState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}
