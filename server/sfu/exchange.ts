/** The state of the forwarding core and the one door for its effects. */
import type { Bytes } from "../../wire/bytes.ts";
import type { CloseWord } from "../../wire/close.ts";
import type { CallId } from "../../wire/ids.ts";
import { encodeControl, type FromRelay, LATE_MAX_MS } from "../../wire/relay.ts";
import { Ticks } from "../../wire/ticks.ts";
import type { Call, Down, Link, Up } from "./call.ts";
import type { Dropped, Effect, LinkId } from "./events.ts";
import { HELD_DEAD_BYTES, TICK_MS } from "./limits.ts";

export class Exchange {
  readonly calls = new Map<CallId, Call>();
  readonly links = new Map<LinkId, Link>();
  /** Senders whose wants are to be settled before the event is over. */
  readonly stale = new Set<Up>();
  /** Monotonic milliseconds. */
  now: number;
  /** How late this process is, for what is acknowledged: see `Ack`. */
  late = 0;
  #ticks = new Ticks(TICK_MS);
  #effects: Effect[] = [];

  constructor(now: number) {
    this.now = now;
  }

  /** The clock ticks. */
  ticked(): void {
    this.late = Math.min(LATE_MAX_MS, Math.round(this.#ticks.late(this.now)));
  }

  /** Nobody was here, and the clock stood still for that. */
  begin(): void {
    this.#ticks = new Ticks(TICK_MS);
    this.late = 0;
  }

  /** The effects since the last time. */
  take(): Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  loose(link: Link, items: readonly Bytes[]): void {
    if (!link.isOver) this.#effects.push({ t: "loose", link: link.id, items });
  }

  /** A control message; a session that takes none in is over. */
  tell(link: Link, message: FromRelay): void {
    if (link.isOver) return;
    if (link.way === "down" && link.held > HELD_DEAD_BYTES) return void this.close(link, "lost");
    this.#effects.push({ t: "sure", link: link.id, item: encodeControl(message) });
  }

  data(down: Down, item: Bytes): void {
    if (!down.isOver) this.#effects.push({ t: "sure", link: down.id, item });
  }

  picture(down: Down, group: number, item: Bytes): void {
    if (!down.isOver) this.#effects.push({ t: "picture", link: down.id, group, item });
  }

  groupEnd(down: Down, group: number, cut: boolean): void {
    if (!down.isOver) this.#effects.push({ t: "group-end", link: down.id, group, cut });
  }

  count(what: Dropped): void {
    this.#effects.push({ t: "count", what });
  }

  /** Ends a session; nothing more is sent on it. What hangs on it is taken down before the next event (`sessions.ts`). */
  close(link: Link, word: CloseWord): void {
    if (link.isOver) return;
    link.isOver = true;
    this.links.delete(link.id);
    this.#effects.push({ t: "close", link: link.id, word });
    this.gone.push(link);
  }
  /** Closed during this event. */
  readonly gone: Link[] = [];

  /** Ends a session that was never let in. */
  refuse(link: LinkId, word: CloseWord): void {
    this.#effects.push({ t: "close", link, word });
  }

  /** What is wanted of this sender may have changed. */
  wantsOf(up: Up | null | undefined): void {
    if (up) this.stale.add(up);
  }
}
