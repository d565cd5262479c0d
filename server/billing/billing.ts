/** From presence to the ledger: a meter per call, a beat that is kept (BM6), and the settlement at its end (LG4). What cannot be written
 * now is tried again until it is: nothing is lost, and the key of a call sees to it that nothing is written twice. */
import type { CallRow, Metered } from "../../db/calls.ts";
import { Overtaken } from "../../db/holds.ts";
import type { Store } from "../../db/store.ts";
import type { CallId, PracticeId, RoomId } from "../../wire/ids.ts";
import type { MinuteKind, RunningCall } from "../../wire/ledger.ts";
import { type Log, logError, logId } from "../log.ts";
import type { PresenceChange } from "../signaling/events.ts";
import { type Interval, Meter, type Moment } from "./meter.ts";
import { PRICING } from "./pricing.ts";

/** Pauses between two tries of a write, the last one again and again. Higher: a settlement shows later once the disk has room again.
 * Lower: a full disk is asked all the time. */
const RETRY_MS = [500, 1000, 2000, 5000, 10_000] as const;

export type BillingDeps = {
  readonly calls: Store["calls"];
  readonly log: Log;
  readonly now: () => Moment;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Names this run of the server, whose monotonic clock no other has. */
  readonly run: string;
  /** A call of this practice is settled: what it may start may have changed. */
  readonly settled: (practice: PracticeId) => void;
  /** Other nodes; absent: there are none. */
  readonly shared?: Shared;
};

/** What billing asks where several nodes measure, each its own practices. */
export type Shared = {
  /** Does this node answer for the practice, or can it from now on? Throws where that cannot be known now. */
  readonly hold: (practice: PracticeId) => Promise<boolean>;
  /** The database says that another node does: is that so? Throws where that cannot be known now. */
  readonly isStillHere: (practice: PracticeId) => Promise<boolean>;
};

/** A call that another node measures was heard of so lately that it is counting. Higher: one that has just ended counts on for people who
 * look. Lower: a beat that comes late makes it stand still. */
const ELSEWHERE_MS = 25_000;

type Call = {
  readonly call: CallId;
  readonly practice: PracticeId;
  readonly room: RoomId;
  readonly meter: Meter;
  /** There is something to write. */
  isDue: boolean;
  isOver: boolean;
  /** Another node measures it now. */
  isElsewhere: boolean;
  /** The write that is going on. */
  writing: Promise<void> | null;
};

export class Billing {
  readonly #deps: BillingDeps;
  readonly #calls = new Map<CallId, Call>();
  /** Since the start: calls settled, and tries that failed. */
  readonly counts = { settled: 0, retried: 0 };
  #isStopping = false;

  constructor(deps: BillingDeps) {
    this.#deps = deps;
  }

  /** Takes a change of presence, in the order in which signaling tells them. */
  take(change: PresenceChange): void {
    const call = this.#of(change);
    const at = this.#notLater(change.at);
    if (change.t === "present") call.meter.present(change.seat, at);
    else if (change.t === "absent") call.meter.absent(change.seat, at);
    else if (change.t === "beat") call.meter.beat(at);
    else call.isOver = true;
    // somebody who comes changes nothing that is certain yet
    if (change.t !== "present") this.#due(call);
  }

  /** [BM6, BM7] Settles what ended in the run before without being settled; calls that are still open in their rooms go on. */
  async recover(): Promise<void> {
    const { shared, calls } = this.#deps;
    const orphans = await this.#untilDone(() => calls.orphans());
    for (const orphan of orphans ?? []) {
      // one that is known here is being settled, or its people are still inside
      if (
        shared &&
        (this.#calls.has(orphan.call) || !(await this.#untilDone(() => shared.hold(orphan.practice))))
      )
        continue;
      const call = this.#of(orphan);
      call.isOver = true;
      this.#due(call);
    }
  }

  /** Calls of a practice that are not settled, as long as they are now. */
  async running(practice: PracticeId): Promise<RunningCall[]> {
    const { run, now, calls } = this.#deps;
    const rows = await calls.running(practice);
    const here = [...this.#calls.values()].filter((call) => call.practice === practice && !call.isOver);
    const ids = new Set([...rows.map(({ id }) => id), ...here.map(({ call }) => call)]);
    return [...ids].flatMap((id) => {
      const row = rows.find((one) => one.id === id);
      const call = here.find((one) => one.call === id);
      const before = (row?.intervals ?? []).filter((span) => span.run !== run);
      const lengths = sumsOf([...before, ...(call?.meter.soFar(now()) ?? [])]);
      const room = call?.room ?? row?.room;
      const counting = call || !row ? (call?.meter.counting ?? null) : this.#countingElsewhere(row);
      return room ? [{ room, lengths, counting }] : [];
    });
  }

  #countingElsewhere({ intervals }: CallRow): MinuteKind | null {
    const { shared, now } = this.#deps;
    const last = intervals.at(-1);
    if (!shared || !last) return null;
    return now().wall - (last.begunAt + last.length) < ELSEWHERE_MS ? last.kind : null;
  }

  /** Is there something of this practice to be measured or written? */
  isBusy(practice: PracticeId): boolean {
    return [...this.#calls.values()].some((call) => call.practice === practice);
  }

  /** Calls that are over and not yet booked. */
  settling(): number {
    return [...this.#calls.values()].filter(({ isOver }) => isOver).length;
  }

  /** Another node measures the calls of this practice from now on. */
  forget(practice: PracticeId): void {
    for (const call of [...this.#calls.values()].filter((one) => one.practice === practice)) {
      call.isElsewhere = true;
      this.#calls.delete(call.call);
    }
  }

  /** Calls that count now, by what a minute of them is. */
  counting(): Record<MinuteKind, number> {
    const counts = { single: 0, group: 0 };
    for (const { meter, isOver } of this.#calls.values())
      if (!isOver && meter.counting !== null) counts[meter.counting] += 1;
    return counts;
  }

  /** Resolves when everything that can be written now is; what cannot is left to the next start. */
  async flush(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#calls.values()].map(({ writing }) => writing));
  }

  /** Nothing is charged before it has been. */
  #notLater(at: Moment): Moment {
    const now = this.#deps.now();
    return at.mono <= now.mono ? at : now;
  }

  #of({ call, practice, room }: { call: CallId; practice: PracticeId; room: RoomId }): Call {
    const known = this.#calls.get(call);
    if (known) return known;
    const made = {
      call,
      practice,
      room,
      meter: new Meter(),
      isDue: false,
      isOver: false,
      isElsewhere: false,
      writing: null,
    };
    this.#calls.set(call, made);
    return made;
  }

  #due(call: Call): void {
    call.isDue = true;
    call.writing ??= this.#write(call).finally(() => {
      call.writing = null;
    });
  }

  /** One write after the other; what comes meanwhile is in the next. */
  async #write(call: Call): Promise<void> {
    while (call.isDue && !call.isElsewhere) {
      call.isDue = false;
      if (call.isOver) return await this.#settle(call);
      await this.#kept(call, () => this.#deps.calls.save(this.#metered(call)));
    }
  }

  async #settle(call: Call): Promise<void> {
    const { calls, log, now, settled } = this.#deps;
    const end = await this.#kept(call, () => calls.settle(this.#metered(call), PRICING, now().wall));
    if (end === null) return;
    this.#calls.delete(call.call);
    this.counts.settled += 1;
    log.info("billing.settled", { call: logId(call.call), already: end === "already" });
    settled(call.practice);
  }

  #metered({ call, practice, room, meter }: Call): Metered {
    const spans = meter.intervals();
    const intervals = spans.map(({ kind, begun, length }) => ({
      kind,
      begunAt: Math.round(begun.wall),
      length,
    }));
    return { call, practice, room, run: this.#deps.run, intervals, shared: this.#deps.shared !== undefined };
  }

  /** Writes of a call; null where the server stops before, or another node measures it. */
  #kept<T>(call: Call, work: () => Promise<T>): Promise<T | null> {
    return this.#untilDone(async () => {
      if (call.isElsewhere) return null;
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Overtaken) || (await this.#deps.shared?.isStillHere(call.practice)))
          throw error;
        this.forget(call.practice);
        return null;
      }
    });
  }

  /** Tries until it works; null where the server stops before. */
  async #untilDone<T>(work: () => Promise<T>): Promise<T | null> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        this.counts.retried += 1;
        if (tries === 0) this.#deps.log.error("billing.unwritten", { error: logError(error) });
        if (this.#isStopping) return null;
        await this.#deps.wait(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 0);
      }
    }
  }
}

function sumsOf(spans: readonly Pick<Interval, "kind" | "length">[]): Record<MinuteKind, number> {
  const sums = { single: 0, group: 0 };
  for (const { kind, length } of spans) sums[kind] += length;
  return sums;
}
