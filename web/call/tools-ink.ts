/** The strokes on a whiteboard and their limits: whoever holds a key can fill no memory and take no stroke of another away. */
import { STROKE_LONGEST } from "../../wire/data.ts";

/** On one board. Higher: a page holds and draws more than it can. Lower: a long hour runs out of room. */
export const STROKES_MAX = 2_000;
/** Of one person. Higher: one can leave the others no room. */
export const STROKES_EACH_MAX = 600;
/** Points of one person, and of all. */
export const POINTS_EACH_MAX = 60_000;
export const POINTS_MAX = 200_000;

/** A line as it is drawn. `points`: x, y, x, y … in the board's measure. */
export type Stroke = {
  readonly of: number;
  readonly n: number;
  readonly colour: number;
  readonly width: number;
  readonly points: readonly number[];
};

type Line = { of: number; n: number; colour: number; width: number; points: number[] };
type Name = { readonly of: number; readonly n: number };
const keyOf = ({ of, n }: Name) => `${of} ${n}`;

export class Ink {
  readonly #lines = new Map<string, Line>();
  /** Taken back: what comes of them later is too late. The oldest are forgotten. */
  readonly #removed = new Map<string, Name>();
  #points = 0;

  get strokes(): readonly Stroke[] {
    return [...this.#lines.values()];
  }

  get removed(): readonly Name[] {
    return [...this.#removed.values()];
  }

  get(name: Name): Stroke | undefined {
    return this.#lines.get(keyOf(name));
  }

  /** Puts these points to the stroke from its point `at` on; what it has of them already is passed over. False where nothing was added. */
  add({ points, ...head }: Stroke, at: number): boolean {
    const key = keyOf(head);
    const line = this.#lines.get(key);
    const has = (line?.points.length ?? 0) / 2;
    const fresh = points.slice(Math.max(0, has - at) * 2);
    if (at > has || fresh.length === 0 || this.#removed.has(key) || !this.#hasRoom(head.of, line, fresh))
      return false;
    if (line) line.points.push(...fresh);
    else this.#lines.set(key, { ...head, points: [...fresh] });
    this.#points += fresh.length / 2;
    return true;
  }

  /** Takes a stroke back. False where there is none. */
  remove(name: Name): boolean {
    const key = keyOf(name);
    const line = this.#lines.get(key);
    if (!line) return false;
    this.#lines.delete(key);
    this.#points -= line.points.length / 2;
    this.#removed.set(key, { of: name.of, n: name.n });
    const [oldest] = this.#removed.keys();
    if (this.#removed.size > STROKES_MAX && oldest !== undefined) this.#removed.delete(oldest);
    return true;
  }

  clear(): void {
    this.#lines.clear();
    this.#removed.clear();
    this.#points = 0;
  }

  #hasRoom(of: number, line: Line | undefined, fresh: readonly number[]): boolean {
    const more = fresh.length / 2;
    if ((line?.points.length ?? 0) / 2 + more > STROKE_LONGEST || this.#points + more > POINTS_MAX)
      return false;
    const own = [...this.#lines.values()].filter((each) => each.of === of);
    if (own.reduce((sum, { points }) => sum + points.length / 2, more) > POINTS_EACH_MAX) return false;
    return line !== undefined || (this.#lines.size < STROKES_MAX && own.length < STROKES_EACH_MAX);
  }
}
