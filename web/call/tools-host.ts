/** The therapist's tools that vanish: what is open, told to everybody who is in, and what they answer. Gone with the call (A2). */
import { HOST_SLOT } from "../../wasm/roster.ts";
import type { DataMessage } from "../../wire/data.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import { QUESTION_MAX } from "../../wire/tools.ts";
import type { Clock } from "./clock.ts";
import { LinesAsked } from "./lines-asked.ts";
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
    /** What everybody was shown, sorted and without names; null: nothing. */
    readonly shared: readonly number[] | null;
    /** So many have answered, or answered otherwise, since it was shown. */
    readonly fresh: number;
  } | null;
  /** `since`: on this page's clock. */
  readonly breath: (Pattern & { readonly id: number; readonly since: number }) | null;
};

/** Answers that are shown by themselves come so many together. Higher: in small groups the therapist has to press again. Lower: what is new
 * tells whose it is. */
export const TOGETHER_MIN = 3;

const NOTHING: HostToolsState = { scale: null, breath: null };
type Member = { readonly slot: number; readonly send: (message: ToClient) => void };

export class HostTools {
  readonly #clock: Clock;
  readonly board: Board;
  readonly #lines: LinesAsked;
  readonly #state = new Value<HostToolsState>(NOTHING);
  readonly #members = new Map<PeerId, Member>();
  /** Who has answered since the answers were shown last. */
  readonly #fresh = new Set<number>();
  #number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, send: (message: DataMessage) => boolean) {
    this.#clock = clock;
    this.board = new Board({ clock, send });
    this.board.sit(HOST_SLOT);
    this.#lines = new LinesAsked(clock, () => this.board.again());
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
    const had = scale.answers.find(({ slot }) => slot === member.slot);
    if (had?.value !== value) this.#fresh.add(member.slot);
    this.#set({ scale: { ...scale, answers, fresh: this.#fresh.size } });
    if (scale.shared && this.#mayFollow(answers)) this.shareScale(true);
  }

  /** Told one by one, answers would say who gave which: what comes after the press is shown when all have answered and several are new. */
  #mayFollow(answers: readonly Answer[]): boolean {
    const slots = new Set(answers.map(({ slot }) => slot));
    const isWhole = [...this.#members.values()].every(({ slot }) => slots.has(slot));
    return isWhole && this.#fresh.size >= TOGETHER_MIN;
  }

  /** Somebody who is in asks for the lines of the board that is open. */
  asked(peer: PeerId, board: number): void {
    const member = this.#members.get(peer);
    if (member && this.board.state.get().id === board) this.#lines.ask(member.slot);
  }

  /** Asks how far from 0 to 10. The question may be empty; one that is too long is cut by the form. */
  askScale(typed: string): void {
    const question = typed.trim().slice(0, QUESTION_MAX);
    this.#fresh.clear();
    this.#set({ scale: { id: this.#next(), question, answers: [], shared: null, fresh: 0 } });
    this.#tell();
  }

  /** Shows to all what is answered by now, or nothing any more. */
  shareScale(isShown: boolean): void {
    const { scale } = this.#state.get();
    if (!scale) return;
    const values = scale.answers.map(({ value }) => value).sort((a, b) => a - b);
    this.#fresh.clear();
    this.#set({ scale: { ...scale, shared: isShown ? values : null, fresh: 0 } });
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
    this.#lines.end();
    this.#members.clear();
    this.board.open(null);
    this.#state.set(NOTHING);
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
    return {
      t: "tools",
      scale: scale && {
        id: scale.id,
        question: scale.question,
        shared: scale.shared && [...scale.shared],
      },
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
