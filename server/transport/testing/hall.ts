/** Where tests of media sessions take place: the real loop around a core that does what the test says and remembers what it heard.
 * Waiting is for something to be heard, never for time. */
import type { Bytes } from "../../../wire/bytes.ts";
import { type CallId, newId } from "../../../wire/ids.ts";
import { createLog } from "../../log.ts";
import type { Effect, Event, LinkId, Pass } from "../../sfu/events.ts";
import { Echoes } from "../echo.ts";
import { MediaLoop } from "../media-loop.ts";

type Of<T extends Event["t"]> = Extract<Event, { t: T }>;

export class Hall {
  readonly call = newId<CallId>();
  readonly heard: Event[] = [];
  readonly lines: string[] = [];
  readonly loop: MediaLoop;
  /** Added to the monotonic clock. */
  skip = 0;
  /** What the loop asked to be called for; a test ticks by hand. */
  readonly ticks = new Set<() => void>();
  /** What connection checks asked to be called for late; a test calls by hand. */
  readonly late = new Set<() => void>();
  readonly echoes = new Echoes({
    clock: { monotonic: () => this.skip },
    after: (_ms, run) => {
      this.late.add(run);
      return () => void this.late.delete(run);
    },
  });
  /** What the core answers to an event. */
  answer: (event: Event) => Effect[] = () => [];
  #todo: Effect[] = [];
  #waiting: { fits: () => boolean; done: () => void }[] = [];

  constructor() {
    const clock = { now: () => Date.now(), monotonic: () => this.skip };
    const every = (_ms: number, run: () => void) => {
      this.ticks.add(run);
      return () => void this.ticks.delete(run);
    };
    const log = createLog(clock, "debug", (line) => void this.lines.push(line));
    this.loop = new MediaLoop({ sfu: { handle: (event) => this.#handle(event) }, clock, log, every });
    for (const slot of [0, 1, 2]) this.loop.placed({ t: "seated", call: this.call, slot });
  }

  #handle(event: Event): Effect[] {
    this.heard.push(event);
    const effects = [...this.#todo.splice(0), ...this.answer(event)];
    queueMicrotask(() => this.changed());
    return effects;
  }

  /** The core decides this now. */
  act(...effects: Effect[]): void {
    this.#todo.push(...effects);
    this.loop.placed({ t: "seated", call: this.call, slot: 2 });
  }

  tick(): void {
    for (const run of [...this.ticks]) run();
  }

  pass(slot = 1, way: Pass["way"] = "down"): Pass {
    return { call: this.call, slot, way };
  }

  /** A token that is good for one session. */
  token(pass = this.pass()): Bytes {
    const token = crypto.getRandomValues(new Uint8Array(24));
    this.loop.admit(token, pass);
    return token;
  }

  all<T extends Event["t"]>(t: T): Of<T>[] {
    return this.heard.filter((event): event is Of<T> => event.t === t);
  }

  get items(): Bytes[] {
    return this.all("item").map(({ item }) => item);
  }

  /** The session that was opened last. */
  get link(): LinkId {
    const last = this.all("opened").at(-1);
    if (!last) throw new Error("no session was opened");
    return last.link;
  }

  /** Resolves as soon as it is true; looked at whenever anything was heard on either side. */
  until(fits: () => boolean): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ fits, done });
      this.changed();
    });
  }

  /** Something was heard. */
  changed(): void {
    const due = this.#waiting.filter(({ fits }) => fits());
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const { done } of due) done();
  }
}
