/** Keeps writing down who is in the call, so that they come back by themselves after a reload of either side (A5). */
import type { RoomId } from "../../wire/ids.ts";
import type { Admitted } from "./admitted.ts";
import type { Clock } from "./clock.ts";
import type { Guests } from "./guests.ts";

/** Higher: less of the ten minutes is left after a page that died. Lower: the list is sealed again and again. */
const NOTE_EVERY_MS = 60_000;

export type InsideParts = {
  readonly clock: Clock;
  readonly guests: Guests;
  readonly admitted: Admitted;
  /** The room whose call page is open here. */
  readonly room: () => RoomId | null;
};

export class Inside {
  readonly #parts: InsideParts;
  #stop: () => void = () => undefined;

  constructor(parts: InsideParts) {
    this.#parts = parts;
  }

  /** Writes it down now. */
  note(): void {
    const { guests, admitted, room } = this.#parts;
    const entered = room();
    const records = guests.inside().flatMap((peer) => guests.get(peer)?.visitor?.record ?? []);
    if (entered !== null && records.length > 0) admitted.note(entered, records);
  }

  /** And again every minute from now on. */
  start(): void {
    this.#stop();
    this.#stop = this.#parts.clock.after(NOTE_EVERY_MS, () => {
      this.note();
      this.start();
    });
  }

  /** Once more, then no longer. */
  stop(): void {
    this.note();
    this.#stop();
  }

  /** The therapist ended the call of this room: whoever comes again is a new visitor. */
  end(room: RoomId): void {
    this.#stop();
    this.#parts.admitted.forget(room);
  }
}
