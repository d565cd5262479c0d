/** The client's end of the therapist's tools: shows what the therapist has opened, answers to the therapist alone. */
import type { DataMessage } from "../../wire/data.ts";
import type { ToClient, ToTherapist } from "../../wire/sealed.ts";
import type { Clock } from "./clock.ts";
import { Board } from "./tools-board.ts";
import type { Pattern } from "./tools-host.ts";
import { type Readable, Value } from "./value.ts";

type Told = Extract<ToClient, { t: "tools" }>;

export type MemberToolsState = {
  readonly scale:
    | (NonNullable<Told["scale"]> & {
        /** What was answered here. */
        readonly mine: number | null;
      })
    | null;
  /** `since`: on this page's clock. */
  readonly breath: (Pattern & { readonly id: number; readonly since: number }) | null;
};

const NOTHING: MemberToolsState = { scale: null, breath: null };

export class MemberTools {
  readonly #clock: Clock;
  readonly board: Board;
  readonly #state = new Value<MemberToolsState>(NOTHING);
  #send: (message: ToTherapist) => void = () => undefined;

  constructor(clock: Clock, send: (message: DataMessage) => boolean) {
    this.#clock = clock;
    this.board = new Board({ clock, send });
  }

  get state(): Readable<MemberToolsState> {
    return this.#state;
  }

  /** In, on this seat; answers go this way. */
  sit(slot: number, send: (message: ToTherapist) => void): void {
    this.board.sit(slot);
    this.#send = send;
  }

  /** What the therapist has open now. */
  receive({ scale, breath, board }: Told): void {
    const before = this.#state.get();
    const mine = before.scale?.id === scale?.id ? (before.scale?.mine ?? null) : null;
    this.#state.set({
      scale: scale && { ...scale, mine },
      breath: breath && this.#inStep(breath, before.breath),
    });
    const isOther = board !== null && board.id !== this.board.state.get().id;
    this.board.open(board?.id ?? null);
    if (isOther) this.#ask();
  }

  /** The line of the whiteboard is open, for the first time or again. */
  again(): void {
    this.board.again();
    this.#ask();
  }

  #ask(): void {
    const { id } = this.board.state.get();
    if (id !== null) this.#send({ t: "lines", board: id });
  }

  /** How far, from 0 to 10. Another answer takes its place while the question is open. */
  answer(value: number): void {
    const { scale, breath } = this.#state.get();
    if (!scale) return;
    this.#state.set({ scale: { ...scale, mine: value }, breath });
    this.#send({ t: "rated", id: scale.id, value });
  }

  /** The call is over. */
  end(): void {
    this.#send = () => undefined;
    this.board.open(null);
    this.#state.set(NOTHING);
  }

  /** What comes late says a beginning that is too late, never one too early: the earliest counts. */
  #inStep({ ms, ...breath }: NonNullable<Told["breath"]>, before: MemberToolsState["breath"]) {
    const since = this.#clock.now() - ms;
    return { ...breath, since: before?.id === breath.id ? Math.min(before.since, since) : since };
  }
}
