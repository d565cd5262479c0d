/** Whether this server should be given new visitors: it takes writes and is not on its way out. Anybody may ask, so the answer is kept for
 * a moment and asking costs the database nothing more. */
import type { Clock } from "./clock.ts";

/** Higher: a balancer learns later. Lower: whoever asks makes more writes. */
const KEPT_MS = 5000;
/** Higher: a checker waits longer for a "no". Lower: a busy moment counts as ill. */
const ANSWER_MS = 2000;

export type ReadinessDeps = {
  readonly clock: Clock;
  /** Writes to the database. */
  readonly write: () => Promise<void>;
  readonly wait: (ms: number) => Promise<unknown>;
  readonly isDraining: () => boolean;
};

export class Readiness {
  readonly #deps: ReadinessDeps;
  #asked = Number.NEGATIVE_INFINITY;
  #answer: Promise<boolean> = Promise.resolve(false);

  constructor(deps: ReadinessDeps) {
    this.#deps = deps;
  }

  async ready(): Promise<boolean> {
    const { clock, isDraining } = this.#deps;
    if (isDraining()) return false;
    const now = clock.monotonic();
    if (now - this.#asked >= KEPT_MS) {
      this.#asked = now;
      this.#answer = this.#look();
    }
    return (await this.#answer) && !isDraining();
  }

  #look(): Promise<boolean> {
    const { write, wait } = this.#deps;
    const written = write().then(
      () => true,
      () => false,
    );
    return Promise.race([written, wait(ANSWER_MS).then(() => false)]);
  }
}
