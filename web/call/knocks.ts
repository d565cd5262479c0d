/** When it knocks at the therapist's page: at once for whoever is new, then calmly twice more, never inside a call (R5). */
import type { ItemId } from "../../wire/ids.ts";
import type { Clock } from "./clock.ts";

/** Higher: whoever missed the first one keeps somebody waiting. Lower: it nags. */
export const KNOCK_EVERY_MS = 20_000;
/** Higher: it nags. Lower: who is in the next room misses it. */
export const KNOCKS_MAX = 3;
/** Higher: who comes again an hour later is not announced. Lower: a page that reloads rings three times more. */
export const FORGET_MS = 10 * 60_000;

export type KnocksOptions = { readonly clock: Clock; readonly ring: () => void };

type Told = { readonly times: number; readonly last: number };

export class Knocks {
  readonly #options: KnocksOptions;
  readonly #told = new Map<ItemId, Told>();
  #waiting: readonly ItemId[] = [];
  #cancel: () => void = () => undefined;

  constructor(options: KnocksOptions) {
    this.#options = options;
  }

  /** Who waits now; `quiet` while the therapist is in a call. */
  update(waiting: readonly ItemId[], quiet: boolean): void {
    this.#waiting = quiet ? [] : [...new Set(waiting)];
    this.#look();
  }

  close(): void {
    this.#cancel();
    this.#waiting = [];
  }

  #look(): void {
    this.#cancel();
    const now = this.#options.clock.now();
    this.#forget(now);
    const due = this.#waiting.filter((record) => this.#waitFor(record, now) <= 0);
    for (const record of due)
      this.#told.set(record, { times: (this.#told.get(record)?.times ?? 0) + 1, last: now });
    if (due.length > 0) this.#options.ring();
    const next = Math.min(...this.#waiting.map((record) => this.#waitFor(record, now)));
    if (Number.isFinite(next)) this.#cancel = this.#options.clock.after(next, () => this.#look());
  }

  /** Milliseconds until this one is announced (again); infinite where it was often enough. */
  #waitFor(record: ItemId, now: number): number {
    const told = this.#told.get(record);
    if (!told) return 0;
    return told.times < KNOCKS_MAX ? told.last + KNOCK_EVERY_MS - now : Number.POSITIVE_INFINITY;
  }

  #forget(now: number): void {
    for (const [record, { last }] of this.#told)
      if (now - last > FORGET_MS && !this.#waiting.includes(record)) this.#told.delete(record);
  }
}
