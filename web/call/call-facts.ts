/** What a page remembers of a call for its end: which way it went, what protected it, how often it broke off, and what went wrong, as
 * counts of fixed words. Nothing of who or what. */
import type { ReportWay } from "../../wire/report.ts";
import type { ConversationState } from "./conversation.ts";
import { Interruptions } from "./interruptions.ts";
import type { Secured } from "./line.ts";
import type { RelayCallState } from "./relay-call.ts";

/** What the page sees now. */
export type CallSeen = {
  readonly conversation: ConversationState | null;
  readonly relay: Pick<RelayCallState, "line" | "way" | "weak"> | null;
  readonly signalAway: boolean;
  readonly unproven: boolean;
};

export type CallFactsRead = {
  readonly way: ReportWay;
  readonly secured: Secured | null;
  /** Milliseconds of each interruption. */
  readonly breaks: readonly number[];
  readonly errors: readonly { readonly code: string; readonly count: number }[];
};

export class CallFacts {
  readonly #breaks = new Interruptions();
  readonly #counts = new Map<string, number>();
  #on: ReadonlySet<string> = new Set();
  #way: ReportWay = "none";
  #secured: Secured | null = null;

  /** Looks; `now` in Unix milliseconds. */
  see(seen: CallSeen, now: number): void {
    const isOpen = seen.relay ? seen.relay.line === "open" : seen.conversation?.line.at === "open";
    if (isOpen) this.#way = wayOf(seen);
    this.#secured = seen.conversation?.secured ?? this.#secured;
    const wasOpen = this.#way !== "none";
    const isBroken = wasOpen && !isOpen && (seen.relay !== null || seen.conversation !== null);
    this.#breaks.see(isBroken, now);
    this.#count({
      "line.broken": isBroken,
      "line.refused": seen.conversation?.refused === true,
      "line.weak": seen.relay?.weak === true,
      "signal.away": seen.signalAway,
      "door.unproven": seen.unproven,
    });
  }

  read(now: number): CallFactsRead {
    return {
      way: this.#way,
      secured: this.#secured,
      breaks: this.#breaks.lengths(now),
      errors: [...this.#counts].map(([code, count]) => ({ code, count })),
    };
  }

  /** Each time something begins to be so. */
  #count(now: Readonly<Record<string, boolean>>): void {
    const on = new Set(Object.keys(now).filter((code) => now[code]));
    for (const code of on) if (!this.#on.has(code)) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    this.#on = on;
  }
}

function wayOf({ relay, conversation }: CallSeen): ReportWay {
  if (relay) return relay.way ?? "socket";
  return conversation?.line.at === "open" && conversation.line.route === "relayed" ? "forwarded" : "direct";
}
