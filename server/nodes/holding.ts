/** What this node answers for: keeps the lease, claims practices, notices that nodes died and that practices went elsewhere. Without Redis
 * it goes on with what it holds and takes nothing new. */
import type { PracticeId } from "../../wire/ids.ts";
import type { Clock } from "../clock.ts";
import { type Log, logError } from "../log.ts";
import { type Claim, type NodeDirectory, SameName } from "./directory.ts";

/** Higher: a dead node, and a Redis that is back, are noticed later. Lower: more traffic for nothing. It has to fit into the lease a few times. */
export const RENEW_MS = 1000;
/** After Redis was away, or lost what it knew, every node first says what it holds. Higher: practices wait longer for their node. Lower: a
 * node that is late loses its practices, and their pages have to move. */
export const GRACE_MS = 3000;

/** Higher: a stop takes longer while Redis is slow. Lower: others wait for the end of the lease. */
const LEAVE_MS = 300;

/** Redis cannot be asked now, or we are on the way out, and this practice is not ours already. */
export class DirectoryAway extends Error {
  override readonly name = "DirectoryAway";
}

/** Where a practice is answered for. */
export type Holder = { readonly at: "here" } | { readonly at: "there"; readonly node: string };

export type HoldingDeps = {
  readonly directory: Pick<NodeDirectory, "renew" | "claim" | "release" | "leave">;
  /** Writes down in the database that we measure this practice now. */
  readonly fence: (practice: PracticeId) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: (ms: number) => Promise<unknown>;
};

/** What happens to what is held. */
export type HoldingEvents = {
  /** A practice of a node that is no more is ours. */
  readonly taken: (practice: PracticeId) => void;
  /** A practice is not ours any more. */
  readonly moved: (practice: PracticeId) => void;
  /** A node is no more, or Redis is back: somebody's calls may be nobody's. */
  readonly orphaned: () => void;
};

export class Holding {
  readonly #deps: HoldingDeps;
  readonly #held = new Set<PracticeId>();
  /** Claimed from a node that is no more, not ours yet: the database did not take it. */
  readonly #taking = new Set<PracticeId>();
  #events: HoldingEvents | null = null;
  #members: readonly string[] = [];
  /** Monotonic, since when Redis has answered without a break; null: it is away. */
  #upSince: number | null = null;
  /** What we hold may be another's by now. */
  #mustClaim = false;
  #problem = "";
  #isLeaving = false;
  #isStopping = false;

  constructor(deps: HoldingDeps) {
    this.#deps = deps;
  }

  /** Renews from now on until `stop`. Resolves after the first try. */
  async start(events: HoldingEvents): Promise<void> {
    this.#events = events;
    await this.#renew();
    void this.#loop();
  }

  /** True where nothing new can be taken now. */
  get isAway(): boolean {
    return this.#upSince === null;
  }

  /** The nodes that live, this one included. */
  get size(): number {
    return this.#members.length;
  }

  holds(practice: PracticeId): boolean {
    return this.#held.has(practice);
  }

  get all(): readonly PracticeId[] {
    return [...this.#held];
  }

  /** Takes the practice if it is nobody's. Throws `DirectoryAway`, and what the database does. */
  async hold(practice: PracticeId): Promise<Holder> {
    if (this.#held.has(practice)) return { at: "here" };
    if (this.#isLeaving) throw new DirectoryAway();
    await this.#grace();
    const claim = await this.#claim(practice);
    if (claim.at === "there") return claim;
    if (claim.at === "taken") this.#taking.add(practice);
    await this.#deps.fence(practice);
    const isNew = !this.#held.has(practice);
    this.#held.add(practice);
    if (this.#taking.delete(practice) && isNew) this.#events?.taken(practice);
    return { at: "here" };
  }

  /** The database says that another node measures this practice: Redis decides. Throws like `hold`. */
  async isStillHere(practice: PracticeId): Promise<boolean> {
    const claim = await this.#claim(practice);
    if (claim.at === "there") this.#drop(practice);
    else await this.#deps.fence(practice);
    return claim.at !== "there";
  }

  /** Nobody needs it here any more. Resolves when others may have it. */
  async release(practice: PracticeId): Promise<void> {
    if (!this.#held.delete(practice)) return;
    // what Redis does not hear now stays ours there until another claims it after our end, or until we are asked again
    await this.#deps.directory.release(practice).catch(() => undefined);
  }

  /** Nothing more is taken: we are on the way out. */
  refuse(): void {
    this.#isLeaving = true;
  }

  /** Lets others take over at once. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.isAway) return;
    await Promise.race([this.#deps.directory.leave().catch(() => undefined), this.#deps.wait(LEAVE_MS)]);
  }

  async #loop(): Promise<void> {
    while (!this.#isStopping) {
      await this.#deps.wait(RENEW_MS);
      if (!this.#isStopping) await this.#renew();
    }
  }

  async #renew(): Promise<void> {
    const { directory, clock, log } = this.#deps;
    try {
      const { isNew, members } = await directory.renew();
      const isBack = this.#upSince === null;
      this.#upSince ??= clock.monotonic();
      this.#problem = "";
      const dead = this.#members.filter((member) => !members.includes(member));
      this.#members = members;
      if (isBack) log.info("nodes.up", { nodes: members.length });
      this.#mustClaim ||= isNew;
      if (this.#mustClaim) await this.#claimAgain();
      this.#mustClaim = false;
      if (dead.length > 0) log.warn("nodes.gone", { nodes: dead.length });
      if (isBack || dead.length > 0) this.#events?.orphaned();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    this.#upSince = null;
    const problem = error instanceof SameName ? "nodes.same-name" : "nodes.away";
    if (problem !== this.#problem) this.#deps.log.warn(problem, { error: logError(error) });
    this.#problem = problem;
  }

  /** Our lease had run out: what another took meanwhile is not ours. */
  async #claimAgain(): Promise<void> {
    for (const practice of this.#held) {
      const claim = await this.#deps.directory.claim(practice);
      if (claim.at === "there") this.#drop(practice);
    }
  }

  #drop(practice: PracticeId): void {
    if (this.#held.delete(practice)) this.#events?.moved(practice);
  }

  async #claim(practice: PracticeId): Promise<Claim> {
    if (this.isAway) throw new DirectoryAway();
    try {
      return await this.#deps.directory.claim(practice);
    } catch {
      throw new DirectoryAway();
    }
  }

  async #grace(): Promise<void> {
    if (this.#upSince === null) throw new DirectoryAway();
    const left = this.#upSince + GRACE_MS - this.#deps.clock.monotonic();
    if (left > 0) await this.#deps.wait(left);
  }
}
