/** The sink beside billing's: counts who is in which call, and has its beginning told. The end is put into the queue by the settlement. */
import type { Store } from "../../db/store.ts";
import type { CallId, PracticeId } from "../../wire/ids.ts";
import { type Log, logError } from "../log.ts";
import type { PresenceChange } from "../signaling/events.ts";
import { Attendance } from "./attendance.ts";

/** Pause before a busy database is asked again. Higher: a beginning is told later. Lower: it is asked all the time. */
const RETRY_MS = 1000;
/** Tries to write a beginning down. Higher: it may be told after the end. Lower: a locked database loses it. */
const TRIES = 300;

export type HeraldDeps = {
  readonly store: Pick<Store, "deliveries">;
  readonly log: Log;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Names this run of the server, as billing does. */
  readonly run: string;
  /** Something was put into the queue. */
  readonly queued: () => void;
};

export class Herald {
  readonly #deps: HeraldDeps;
  readonly #attendance = new Attendance();
  readonly #writing = new Set<Promise<void>>();
  #isStopping = false;

  constructor(deps: HeraldDeps) {
    this.#deps = deps;
  }

  /** Takes a change of presence, in the order in which signaling tells them. */
  take(change: PresenceChange): void {
    if (!this.#attendance.take(change)) return;
    const writing = this.#write(change).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** How many seats of a call are taken. */
  present(call: CallId): number {
    return this.#attendance.present(call);
  }

  /** Another node sees who is in the calls of this practice. */
  forget(practice: PracticeId): void {
    this.#attendance.forget(practice);
  }

  /** Resolves when what can be written now is. */
  async flush(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#writing);
  }

  async #write({ practice, room, call, at }: PresenceChange): Promise<void> {
    const { store, log, wait, run, queued } = this.#deps;
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        await store.deliveries.began({ practice, room, call, at: Math.round(at.wall) }, run);
        return queued();
      } catch (error) {
        if (tries === 0) log.error("webhook.unwritten", { error: logError(error) });
        if (this.#isStopping) return;
        await wait(RETRY_MS);
      }
    }
  }
}
