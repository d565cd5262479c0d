/** The browser's own time: alarms ring in a worker, so that beats and their answers keep their time in a hidden tab too (A3). */
import { workerUrl } from "../trust.ts";
import { type Clock, pageClock } from "./clock.ts";
import type { Alarm, Rang } from "./clock.worker.ts";
import url from "./clock.worker.ts?worker&url";

/** So short an alarm is set on the page: the way to a worker and back would be a good part of it. */
const SHORT_MS = 30;

/** Alarms that ring in a worker. */
class WorkerClock implements Clock {
  readonly #alarms = new Map<number, () => void>();
  readonly #worker: Worker;
  #id = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Rang>) => this.#ring(data));
    // without a worker the page's own timers must do
    worker.addEventListener("error", () => this.#fallBack());
  }

  now(): number {
    return performance.now();
  }

  after(milliseconds: number, run: () => void): () => void {
    this.#id += 1;
    const id = this.#id;
    this.#alarms.set(id, run);
    this.#worker.postMessage({ id, milliseconds } satisfies Alarm);
    return () => {
      if (this.#alarms.delete(id)) this.#worker.postMessage({ id, milliseconds: null } satisfies Alarm);
    };
  }

  #ring(id: number): void {
    const run = this.#alarms.get(id);
    this.#alarms.delete(id);
    run?.();
  }

  #fallBack(): void {
    const waiting = [...this.#alarms.keys()];
    made = pageClock;
    for (const id of waiting) this.#ring(id);
  }
}

/** Made with the page, since the first alarm should not wait for a worker to start. */
let made: Clock = typeof Worker === "undefined" ? pageClock : newWorkerClock();

function newWorkerClock(): Clock {
  return new WorkerClock(new Worker(workerUrl(url), { type: "module" }));
}

/** The browser's own time; its alarms ring in hidden tabs too. */
export const browserClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => (milliseconds < SHORT_MS ? pageClock : made).after(milliseconds, run),
};
