/** Asks the page for doors, since only the page can talk to signaling. */
import type { Doors } from "./line.ts";

export class DoorAsks {
  readonly #tell: (ask: number) => void;
  readonly #waiting = new Map<number, (doors: Doors | null) => void>();
  #next = 1;

  constructor(tell: (ask: number) => void) {
    this.#tell = tell;
  }

  /** Rejects where there are none now. */
  ask(): Promise<Doors> {
    const ask = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, (doors) => (doors ? resolve(doors) : reject(new Error("no pass now"))));
      this.#tell(ask);
    });
  }

  answer(ask: number, doors: Doors | null): void {
    this.#waiting.get(ask)?.(doors);
    this.#waiting.delete(ask);
  }
}
