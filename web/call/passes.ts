/** Asks signaling for the one-time tokens of the media sessions, whenever a session is to be opened. */
import type { ToBrowser, ToServer } from "../../wire/signal.ts";
import type { Clock } from "./clock.ts";
import type { MediaPasses } from "./relay-plane.ts";

/** Higher: a lost answer is noticed later. Lower: a slow line is asked twice. */
const ANSWER_MS = 3_000;

/** There was no answer: the line is away, or we have no seat (any more). */
export class NoPasses extends Error {
  override readonly name = "NoPasses";
}

export class Passes {
  readonly #post: (message: ToServer) => unknown;
  readonly #clock: Clock;
  #waiting: ((passes: MediaPasses) => void)[] = [];
  #node: string | null = null;

  constructor(post: (message: ToServer) => unknown, clock: Clock) {
    this.#post = post;
    this.#clock = clock;
  }

  /** Fresh tokens, good for half a minute and for one use each. Rejects with `NoPasses`. */
  ask(): Promise<MediaPasses> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ANSWER_MS, () => {
        this.#waiting = this.#waiting.filter((each) => each !== done);
        reject(new NoPasses());
      });
      const done = (passes: MediaPasses) => {
        cancel();
        resolve(passes);
      };
      this.#waiting.push(done);
      this.#post({ t: "media" });
    });
  }

  /** Takes the server's messages; answers come in the order of the questions. */
  receive(message: ToBrowser): void {
    if (message.t === "at") this.#node = message.node;
    else if (message.t === "media") this.#waiting.shift()?.({ ...message, node: this.#node });
  }
}
