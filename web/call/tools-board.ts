/** The whiteboard of one call, headless and the same on both sides: own lines go out in stream 15 at a bounded pace, what comes is
 * believed of its own sender only. The therapist, in slot 0, tells who comes late of everybody's lines. */
import { HOST_SLOT } from "../../wasm/roster.ts";
import { type DataMessage, STROKE_LONGEST, STROKE_POINTS_MAX } from "../../wire/data.ts";
import type { Clock } from "./clock.ts";
import { Ink, type Stroke } from "./tools-ink.ts";
import { pack, unpack } from "./tools-points.ts";
import { type Readable, Value } from "./value.ts";

/** Higher: lines of others grow in jumps. Lower: more seals. */
export const PUMP_MS = 50;
/** Messages each time. Higher: a page that draws wildly burdens all others. Lower: a board is told to late ones slowly. */
const PUMP_MEMBER = 2;
const PUMP_HOST = 10;
/** Messages a second that are read of a client, and at once after a pause. */
export const READ_PER_S = 80;
export const READ_BURST = 160;

export type BoardMessage = Extract<DataMessage, { t: "stroke" | "unstroke" }>;

export type BoardState = {
  /** Null: no board is open. */
  readonly id: number | null;
  readonly strokes: readonly Stroke[];
  /** There is no room for more of ours. */
  readonly full: boolean;
};

const EMPTY: BoardState = { id: null, strokes: [], full: false };

export type BoardParts = {
  readonly clock: Clock;
  /** False where it does not go now; `flush` is called when it may. */
  readonly send: (message: DataMessage) => boolean;
};

export class Board {
  readonly #parts: BoardParts;
  readonly #state = new Value<BoardState>(EMPTY);
  readonly #ink = new Ink();
  readonly #buckets = new Map<number, { left: number; at: number }>();
  /** How many points of each stroke are said; those of others count as said. */
  #said = new Map<Stroke, number>();
  #unsaid: { readonly of: number; readonly n: number }[] = [];
  #slot = HOST_SLOT;
  // numbers of an earlier page of ours do not come again
  #n = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  #drawing: { n: number; colour: number; width: number } | null = null;
  #cancel: (() => void) | null = null;

  constructor(parts: BoardParts) {
    this.#parts = parts;
  }

  get state(): Readable<BoardState> {
    return this.#state;
  }

  /** Where we sit. */
  sit(slot: number): void {
    this.#slot = slot;
  }

  /** This board is open from now on, null: none. Another number is another, empty board. */
  open(id: number | null): void {
    if (id === this.#state.get().id) return;
    this.#ink.clear();
    this.#said = new Map();
    this.#unsaid = [];
    this.#buckets.clear();
    this.#drawing = null;
    this.#cancel?.();
    this.#cancel = null;
    this.#state.set({ ...EMPTY, id });
  }

  /** A line of ours begins. */
  begin(colour: number, width: number): void {
    if (this.#state.get().id === null) return;
    this.#n = (this.#n + 1) >>> 0;
    this.#drawing = { n: this.#n, colour, width };
  }

  /** It goes on over these points; one that is too long goes on as another. */
  draw(points: readonly number[]): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    const mine = { of: this.#slot, ...drawing };
    const has = (this.#ink.get(mine)?.points.length ?? 0) / 2;
    if (has + points.length / 2 > STROKE_LONGEST) {
      this.begin(drawing.colour, drawing.width);
      this.draw(points.slice(0, STROKE_LONGEST * 2));
      return;
    }
    const added = this.#ink.add({ ...mine, points }, has);
    this.#show(!added);
    this.#pump();
  }

  /** The line ends. */
  finish(): void {
    this.#drawing = null;
  }

  /** Takes our newest line back. */
  undo(): void {
    const last = this.mine.at(-1);
    if (last) this.erase(last.n);
  }

  /** Takes this line of ours back. */
  erase(n: number): void {
    const name = { of: this.#slot, n };
    if (!this.#ink.remove(name)) return;
    this.#unsaid.push(name);
    this.#show(false);
    this.#pump();
  }

  /** Our own lines, the newest last. */
  get mine(): readonly Stroke[] {
    return this.#ink.strokes.filter(({ of }) => of === this.#slot);
  }

  /** Takes a message of whoever sits there. What is not theirs to say, or too much, changes nothing. */
  receive(message: BoardMessage, slot: number): void {
    const { id } = this.#state.get();
    const { board, of, n } = message;
    if (board !== id || (of !== slot && slot !== HOST_SLOT) || !this.#mayRead(slot)) return;
    const changed = message.t === "unstroke" ? this.#ink.remove({ of, n }) : this.#take(message);
    if (changed) this.#show();
  }

  /** Says everything anew: the line is back, or somebody has come. */
  again(): void {
    const isHost = this.#slot === HOST_SLOT;
    this.#said = new Map(isHost ? [] : this.#ink.strokes.filter(({ of }) => of !== this.#slot).map(allSaid));
    this.#unsaid = this.#ink.removed.filter(({ of }) => isHost || of === this.#slot);
    this.#pump();
  }

  /** The line takes more. */
  flush(): void {
    this.#pump();
  }

  #take({ of, n, at, colour, width, points }: Extract<BoardMessage, { t: "stroke" }>): boolean {
    const read = unpack(points);
    if (!read || !this.#ink.add({ of, n, colour, width, points: read }, at)) return false;
    const stroke = this.#ink.get({ of, n });
    if (stroke) this.#said.set(stroke, stroke.points.length / 2);
    return true;
  }

  /** A board told anew by the therapist comes faster than anybody draws. */
  #mayRead(slot: number): boolean {
    if (slot === HOST_SLOT) return true;
    const now = this.#parts.clock.now();
    const bucket = this.#buckets.get(slot) ?? { left: READ_BURST, at: now };
    const left = Math.min(READ_BURST, bucket.left + ((now - bucket.at) * READ_PER_S) / 1_000);
    this.#buckets.set(slot, { left: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }

  #pump(): void {
    if (this.#cancel) return;
    const most = this.#slot === HOST_SLOT ? PUMP_HOST : PUMP_MEMBER;
    for (let count = 0; count < most; count++) {
      const next = this.#next();
      if (!next || !this.#parts.send(next.message)) return;
      next.done();
    }
    this.#cancel = this.#parts.clock.after(PUMP_MS, () => {
      this.#cancel = null;
      this.#pump();
    });
  }

  /** What is to be said next, and what is so once it went. */
  #next(): { message: BoardMessage; done: () => void } | null {
    const { id: board } = this.#state.get();
    if (board === null) return null;
    const [gone] = this.#unsaid;
    if (gone) return { message: { t: "unstroke", board, ...gone }, done: () => void this.#unsaid.shift() };
    for (const stroke of this.#ink.strokes) {
      const at = this.#said.get(stroke) ?? 0;
      const points = stroke.points.slice(at * 2, (at + STROKE_POINTS_MAX) * 2);
      if (points.length === 0) continue;
      const { of, n, colour, width } = stroke;
      const message = { t: "stroke", board, of, n, at, colour, width, points: pack(points) } as const;
      return { message, done: () => void this.#said.set(stroke, at + points.length / 2) };
    }
    return null;
  }

  #show(full = this.#state.get().full): void {
    this.#state.set({ id: this.#state.get().id, strokes: this.#ink.strokes, full });
  }
}

const allSaid = (stroke: Stroke): [Stroke, number] => [stroke, stroke.points.length / 2];
