/** How loud somebody is, from decoded sound: 0 is silence, 1 is as loud as speech gets. */
import { rms } from "./stretch.ts";

/** Room noise is below it. Higher: soft voices show nothing. Lower: a fan speaks. */
const QUIET_DB = -60;
/** Close to a microphone. */
const LOUD_DB = -10;

export class Level {
  #most = 0;

  /** Takes decoded sound in. */
  hear(samples: Float32Array): void {
    this.#most = Math.max(this.#most, rms(samples));
  }

  /** The loudest since the last question, 0 to 1. */
  take(): number {
    const db = 20 * Math.log10(Math.max(this.#most, 1e-6));
    this.#most = 0;
    return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
  }
}
