/** Texts of ours until everybody has them: each is said again until all who were in have answered with a receipt, so that neither a
 * line that breaks nor a server that drops one loses a word unseen (G4). */
import { type Bytes, hex } from "../../wire/bytes.ts";
import type { DataMessage } from "../../wire/data.ts";
import type { Clock } from "./clock.ts";

/** Texts without all receipts. Higher: a burst when the line is back. Lower: words have to be typed again. */
export const PENDING_MAX = 32;
/** Higher: a lost text arrives later. Lower: a slow line carries it twice. */
export const RESEND_MS = 4_000;
/** Then it is shown as not arrived. Higher: a page that is gone is written to for longer. Lower: a tunnel loses words. */
export const RESENDS_MAX = 15;

type Waiting = {
  readonly message: Extract<DataMessage, { t: "text" }>;
  /** Slots that were in when it was first sent; null until then. */
  readers: Set<number> | null;
  times: number;
  /** When it went out last; null: goes out as soon as the line takes it. */
  at: number | null;
};

export type OutboxParts = {
  readonly clock: Clock;
  /** False where it does not go now. */
  readonly send: (message: DataMessage) => boolean;
  /** Slots of the others that are in now. */
  readonly others: () => readonly number[];
  readonly onState: (id: string, state: "arrived" | "lost") => void;
};

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #waiting = new Map<string, Waiting>();
  #cancel: () => void = () => undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** False where too many wait already. */
  add(message: Waiting["message"]): boolean {
    if (this.#waiting.size >= PENDING_MAX) return false;
    this.#waiting.set(hex(message.id), { message, readers: null, times: 0, at: null });
    return true;
  }

  /** True while a text of ours has not gone out at all: files wait for it. */
  isFull(): boolean {
    return [...this.#waiting.values()].some(({ at }) => at === null);
  }

  /** Sends what may go: the line takes something again. */
  flush(): void {
    for (const [id, text] of this.#waiting) if (text.at === null && !this.#send(id, text)) break;
    this.#wait();
  }

  /** A new line: what has no receipt is said again at once. */
  again(): void {
    for (const text of this.#waiting.values()) text.at = null;
    this.flush();
  }

  /** Somebody has it. False where it is no text of ours. */
  got(id: Bytes, slot: number): boolean {
    const text = this.#waiting.get(hex(id));
    if (!text) return false;
    text.readers?.delete(slot);
    const here = this.#parts.others();
    // who left meanwhile is waited for no longer
    if ([...(text.readers ?? [])].some((reader) => here.includes(reader))) return true;
    this.#waiting.delete(hex(id));
    this.#parts.onState(hex(id), "arrived");
    return true;
  }

  /** The call is over: nothing of it stays. */
  clear(): void {
    this.#cancel();
    this.#waiting.clear();
  }

  #send(id: string, text: Waiting): boolean {
    if (text.times > RESENDS_MAX) {
      this.#waiting.delete(id);
      this.#parts.onState(id, "lost");
      return true;
    }
    if (!this.#parts.send(text.message)) return false;
    text.readers ??= new Set(this.#parts.others());
    text.times += 1;
    text.at = this.#parts.clock.now();
    return true;
  }

  #wait(): void {
    this.#cancel();
    const sent = [...this.#waiting.values()].flatMap(({ at }) => at ?? []);
    if (sent.length === 0) return;
    const { clock } = this.#parts;
    const due = Math.min(...sent) + RESEND_MS - clock.now();
    this.#cancel = clock.after(Math.max(0, due), () => this.#resend());
  }

  #resend(): void {
    const now = this.#parts.clock.now();
    for (const text of this.#waiting.values())
      if (text.at !== null && now - text.at >= RESEND_MS) text.at = null;
    this.flush();
  }
}
