/** The connection check: the three ways of a call are tried one beside the other, each until it answers, fails or has had its time. */
import type { Clock } from "../clock.ts";
import { type Readable, Value } from "../value.ts";
import type { Facts } from "./facts.ts";

/** Higher: whoever has no way through waits longer. Lower: a slow line that would do is called none. */
export const WAY_MS = 6_000;

export const WAYS = ["direct", "quic", "socket"] as const;
export type WayName = (typeof WAYS)[number];

/** `ms`: how long a message takes there and back; null where only the answer counts. `skip`: not tried, and not missed. */
export type WayState =
  | { readonly at: "waiting" }
  | { readonly at: "trying" }
  | { readonly at: "good"; readonly ms: number }
  | { readonly at: "skip"; readonly why: "browser" | "server" }
  | { readonly at: "none" };

/** `away`: the server did not answer at all; `often`: it was asked too often from here. */
export type CheckState = {
  readonly at: "idle" | "running" | "done" | "away" | "often";
  readonly ways: { readonly [K in WayName]: WayState };
};

/** A try on its way. `answer` rejects where there is none; `drop` lets go of everything, whether or not it has answered. */
export type Probe = { readonly answer: Promise<number>; drop(): void };

export type CheckParts = {
  readonly clock: Clock;
  readonly ask: () => Promise<Facts | "away" | "often">;
  /** Each begins a try; null: this browser or this server has no such way. */
  readonly probes: { readonly [K in WayName]: (facts: Facts) => Probe | "browser" | "server" };
};

const each = (state: WayState): CheckState["ways"] => ({ direct: state, quic: state, socket: state });

export class WayCheck {
  readonly #parts: CheckParts;
  readonly #state = new Value<CheckState>({ at: "idle", ways: each({ at: "waiting" }) });
  /** Counts the runs, so that an answer for an older one is nobody's. */
  #run = 0;
  #ends = new Set<() => void>();

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  get state(): Readable<CheckState> {
    return this.#state;
  }

  /** Tries all ways anew. Never throws. */
  async run(): Promise<void> {
    this.stop();
    const run = this.#run;
    this.#state.set({ at: "running", ways: each({ at: "trying" }) });
    const facts = await this.#parts.ask();
    if (run !== this.#run) return;
    if (typeof facts === "string") return this.#state.set({ at: facts, ways: each({ at: "waiting" }) });
    await Promise.all(WAYS.map((way) => this.#try(way, facts, run)));
    if (run === this.#run) this.#state.set({ ...this.#state.get(), at: "done" });
  }

  /** Lets go of what is on its way. */
  stop(): void {
    this.#run += 1;
    for (const end of [...this.#ends]) end();
  }

  async #try(way: WayName, facts: Facts, run: number): Promise<void> {
    const state = await this.#outcome(way, facts);
    if (run !== this.#run) return;
    const { at, ways } = this.#state.get();
    this.#state.set({ at, ways: { ...ways, [way]: state } });
  }

  #outcome(way: WayName, facts: Facts): Promise<WayState> {
    const probe = begin(() => this.#parts.probes[way](facts));
    if (typeof probe === "string") return Promise.resolve({ at: "skip", why: probe });
    if (probe === null) return Promise.resolve({ at: "none" });
    return new Promise((resolve) => {
      const end = (state: WayState) => {
        if (!this.#ends.delete(late)) return;
        callOff();
        probe.drop();
        resolve(state);
      };
      const late = () => end({ at: "none" });
      const callOff = this.#parts.clock.after(WAY_MS, late);
      this.#ends.add(late);
      probe.answer.then((ms) => end({ at: "good", ms }), late);
    });
  }
}

/** A browser that throws at once has no such way. */
function begin<T>(start: () => T): T | null {
  try {
    return start();
  } catch {
    return null;
  }
}
