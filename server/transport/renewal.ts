/** Takes a renewed certificate while calls go on. Bun cannot change the one of a listener, so the new pair gets a listener of its own on
 * the same port, and the old one takes no more connections: those that it has stay until they end by themselves. */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { readTls, TlsFileError, type TlsPair, type TlsPaths } from "./tls-files.ts";

/** Higher: a renewed certificate is shown later. Lower: two files are read more often. */
export const LOOK_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Let's Encrypt renews 30 days before the end. Higher: a warning while all is well. Lower: less time to mend it. */
const LATE_MS = 14 * DAY_MS;

/** What listens: Bun's server. */
export type Listener = { stop(closeConnections: boolean): Promise<void> };

export type RenewalDeps = {
  readonly paths: TlsPaths;
  /** Opens one more listener on the port. */
  readonly listen: (pair: TlsPair) => Listener;
  readonly clock: Clock;
  readonly log: Log;
};

/** One server's certificate and everything that ever listened with it. */
export class Renewal {
  readonly #deps: RenewalDeps;
  #pair: TlsPair;
  #listener: Listener;
  readonly #retired = new Set<Listener>();
  /** The last fault that was logged: each is said once, not every minute. */
  #fault: string | null = null;
  #warned = Number.NEGATIVE_INFINITY;

  constructor(deps: RenewalDeps, pair: TlsPair) {
    this.#deps = deps;
    this.#pair = pair;
    this.#listener = deps.listen(pair);
    this.#warn();
  }

  /** Looks at the files; what cannot be used leaves everything as it is until they change again. */
  look(): void {
    try {
      const pair = readTls(this.#deps.paths);
      if (pair.mark !== this.#pair.mark) this.#take(pair);
      this.#fault = null;
    } catch (error) {
      const fault = error instanceof TlsFileError ? error.fault : "listener";
      if (fault !== this.#fault) this.#deps.log.warn("tls.refused", { fault });
      this.#fault = fault;
    }
    this.#warn();
  }

  /** Ends the connections of listeners that are retired; the present one is the app's to stop. */
  async stop(): Promise<void> {
    await Promise.all([...this.#retired].map((listener) => listener.stop(true)));
  }

  #take(pair: TlsPair): void {
    const old = this.#listener;
    this.#listener = this.#deps.listen(pair);
    this.#pair = pair;
    this.#retired.add(old);
    void old.stop(false).then(() => this.#retired.delete(old));
    this.#deps.log.info("tls.renewed", { days: this.#days() });
  }

  #warn(): void {
    const now = this.#deps.clock.now();
    if (this.#pair.ends - now > LATE_MS || now - this.#warned < DAY_MS) return;
    this.#warned = now;
    this.#deps.log.warn("tls.ends", { days: this.#days() });
  }

  #days(): number {
    return Math.floor((this.#pair.ends - this.#deps.clock.now()) / DAY_MS);
  }
}
