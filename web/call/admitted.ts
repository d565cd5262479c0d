/** Who was in a room's call a moment ago: whoever comes back within ten minutes is not asked for again, whichever page of the
 * practice answers (A5; product.md "Admission"). Time in Unix milliseconds: it outlives the page. */
import type { ItemId, RoomId } from "../../wire/ids.ts";

/** Higher: a client who left long ago walks in on another talk. Lower: a slow reload stands at the door again. */
export const READMIT_MS = 10 * 60_000;
/** Higher: the sealed list grows. Lower: two rooms of eight and their last guests do not fit. */
export const ADMITTED_MAX = 32;

export type AdmittedEntry = { readonly room: RoomId; readonly record: ItemId; readonly at: number };

/** A place where the list lies over a reload, sealed under the vault key. Never throws. */
export type AdmittedShelf = {
  read(): readonly AdmittedEntry[];
  write(list: readonly AdmittedEntry[]): void;
  /** An entry there may be this old before it is written anew. Higher: less of the ten minutes is left after a loss. Lower: a
   * commit of the vault every minute of a call. */
  readonly everyMs: number;
};

export class Admitted {
  readonly #now: () => number;
  readonly #shelves: readonly AdmittedShelf[];

  constructor(now: () => number, shelves: readonly AdmittedShelf[]) {
    this.#now = now;
    this.#shelves = shelves;
  }

  /** True where this client was in the room's call within the last ten minutes. */
  isRecent(room: RoomId, record: ItemId): boolean {
    const now = this.#now();
    return this.#shelves.some((shelf) =>
      shelf.read().some((entry) => isOf(entry, room, record) && Math.abs(now - entry.at) <= READMIT_MS),
    );
  }

  /** How many clients were in the room's call within the last ten minutes. */
  countRecent(room: RoomId): number {
    const now = this.#now();
    const recent = this.#shelves.flatMap((shelf) =>
      shelf.read().filter((entry) => entry.room === room && Math.abs(now - entry.at) <= READMIT_MS),
    );
    return new Set(recent.map(({ record }) => record)).size;
  }

  /** These clients are in the room's call now. */
  note(room: RoomId, records: readonly ItemId[]): void {
    const at = this.#now();
    for (const shelf of this.#shelves) {
      const list = shelf.read();
      const isFresh = (record: ItemId) =>
        list.some((entry) => isOf(entry, room, record) && at - entry.at < shelf.everyMs);
      const stale = records.filter((record) => !isFresh(record));
      if (stale.length === 0) continue;
      const entries = stale.map((record) => ({ room, record, at }));
      shelf.write(newestAdmitted(list, entries).filter((entry) => at - entry.at <= READMIT_MS));
    }
  }

  /** The therapist has ended it: one client of the room, or all where no record is named. */
  forget(room: RoomId, record?: ItemId): void {
    for (const shelf of this.#shelves) {
      const list = shelf.read();
      const left = list.filter(
        (entry) => entry.room !== room || (record !== undefined && entry.record !== record),
      );
      if (left.length < list.length) shelf.write(left);
    }
  }
}

/** Both lists as one: the latest moment of each client and room, the newest first, bounded. */
export function newestAdmitted(
  a: readonly AdmittedEntry[],
  b: readonly AdmittedEntry[],
): readonly AdmittedEntry[] {
  const newest = new Map<string, AdmittedEntry>();
  for (const entry of [...a, ...b]) {
    const key = `${entry.room} ${entry.record}`;
    if ((newest.get(key)?.at ?? -1) < entry.at) newest.set(key, entry);
  }
  const order = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return [...newest]
    .sort(([p, x], [q, y]) => y.at - x.at || order(p, q))
    .slice(0, ADMITTED_MAX)
    .map(([, entry]) => entry);
}

function isOf(entry: AdmittedEntry, room: RoomId, record: ItemId): boolean {
  return entry.room === room && entry.record === record;
}
