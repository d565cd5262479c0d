/** Chat and files of one call, headless: what was said and what is on its way. Nothing is stored: it goes with the call (R11). */
import { type Bytes, hex, sameBytes } from "../../wire/bytes.ts";
import { type DataMessage, FILE_MAX_BYTES, TEXT_MAX } from "../../wire/data.ts";
import { IncomingFile, newDataId, OutgoingFile } from "./chat-files.ts";
import { Outbox, PENDING_MAX } from "./chat-outbox.ts";
import type { Clock } from "./clock.ts";
import { type DataChannel, DataLine } from "./data-line.ts";
import type { BoardMessage } from "./tools-board.ts";
import { type Readable, Value } from "./value.ts";

/** Higher: a page fills its memory with words. Lower: the beginning of a long call is gone before its end. */
export const ENTRIES_MAX = 500;
/** Of files that came. Higher: somebody fills the other's memory. Lower: few large files per call. */
export const HELD_MAX_BYTES = 5 * FILE_MAX_BYTES;

/** `from` is the slot of whoever said it, null for ourselves. A text of ours is `waiting` until everybody has it. */
export type ChatText = {
  readonly kind: "text";
  readonly id: string;
  readonly from: number | null;
  readonly text: string;
  readonly state: "waiting" | "arrived" | "lost";
};
/** `broken`: the end was missing or the hash was wrong, and nothing of it was kept. `blob` only for what came whole. */
export type ChatFile = {
  readonly kind: "file";
  readonly id: string;
  readonly from: number | null;
  readonly name: string;
  /** Bytes, and how many of them are through. */
  readonly size: number;
  readonly done: number;
  readonly state: "running" | "whole" | "stopped" | "broken";
  readonly blob: Blob | null;
};
export type ChatEntry = ChatText | ChatFile;

export type ChatState = {
  /** Messages go through now. */
  readonly open: boolean;
  readonly entries: readonly ChatEntry[];
  /** Came while nobody looked. */
  readonly unread: number;
};

/** The whiteboard's lines, on the same way as the chat's words. */
export type Inked = {
  receive(message: BoardMessage, slot: number): void;
  /** The line takes more. */
  flush(): void;
  /** The line is open again. */
  again(): void;
};

const EMPTY: ChatState = { open: false, entries: [], unread: 0 };

export class Chat {
  readonly line = new DataLine(
    (message, slot) => this.#receive(message, slot),
    () => this.#flush(),
  );
  readonly #state = new Value<ChatState>(EMPTY);
  readonly #outbox: Outbox;
  #answers: DataMessage[] = [];
  #out: OutgoingFile | null = null;
  /** One of each sender, by slot. */
  readonly #in = new Map<number, IncomingFile>();
  #held = 0;
  #looking = false;
  readonly #ink: Inked | undefined;

  /** `ink`: who reads and sends the whiteboard's lines. */
  constructor(clock: Clock, ink?: Inked) {
    this.#ink = ink;
    this.#outbox = new Outbox({
      clock,
      send: (message) => this.line.send(message),
      others: () => this.line.others(),
      onState: (id, state) => this.#change(id, { state }),
    });
    this.line.isOpen.watch((open) => {
      this.#set({ open });
      if (open) ink?.again();
      else this.#endLeft();
    });
  }

  get state(): Readable<ChatState> {
    return this.#state;
  }

  /** Somebody looks at it, or no longer. */
  look(looking: boolean): void {
    this.#looking = looking;
    if (looking) this.#set({ unread: 0 });
  }

  /** Says this. False where it is empty, longer than `TEXT_MAX`, or too much waits already. */
  say(typed: string): boolean {
    const text = typed.trim();
    const id = newDataId();
    if (text === "" || text.length > TEXT_MAX || !this.#outbox.add({ t: "text", id, text })) return false;
    this.#add({ kind: "text", id: hex(id), from: null, text, state: "waiting" });
    this.#flush();
    return true;
  }

  /** Sends a file: at most 20 MB, one at a time. */
  async give(file: Blob & { readonly name: string }): Promise<"sending" | "large" | "busy"> {
    if (file.size > FILE_MAX_BYTES) return "large";
    if (this.#out) return "busy";
    const out = new OutgoingFile(file.name, new Uint8Array(await file.arrayBuffer()));
    if (this.#out) return "busy";
    this.#out = out;
    this.#add({ ...fileOf(out, null), done: 0 });
    this.#flush();
    return "sending";
  }

  /** Ends the file with this id, ours or another's. */
  stop(id: string): void {
    const slot = [...this.#in].find(([, file]) => hex(file.id) === id)?.[0];
    const file = slot === undefined ? this.#out : this.#in.get(slot);
    if (!file || hex(file.id) !== id) return;
    this.#answers.push({ t: "stop", id: file.id });
    if (slot === undefined) this.#endOut("stopped");
    else this.#endIn(slot, "stopped");
    this.#flush();
  }

  /** A new connection: a file that was on its way over the one before has no end, a text without a receipt is said again. */
  attach(channel: DataChannel): void {
    this.#breakOff();
    this.line.attach(channel);
    channel.addEventListener("close", () => this.line.isAttached(channel) && this.#breakOff());
    this.#outbox.again();
  }

  /** The connection is gone. */
  detach(): void {
    this.line.detach();
    this.#breakOff();
  }

  /** The call is over: nothing of it stays. */
  clear(): void {
    this.detach();
    this.#outbox.clear();
    this.#answers = [];
    this.#held = 0;
    this.#looking = false;
    this.#state.set(EMPTY);
  }

  #flush(): void {
    while (this.#answers[0] && this.line.send(this.#answers[0])) this.#answers.shift();
    this.#outbox.flush();
    this.#ink?.flush();
    const out = this.#out;
    if (!out || this.#outbox.isFull() || this.#answers.length > 0 || !this.line.isOpen.get()) return;
    out.isFor(this.line.others());
    if (this.#endLeft()) return;
    out.pump((message) => this.line.send(message));
    this.#change(hex(out.id), { done: out.sent });
  }

  /** Whoever was to get our file has left: the next one need not wait for an answer that never comes. */
  #endLeft(): boolean {
    const end = this.#out?.left(this.line.others()) ?? null;
    if (end) this.#endOut(end);
    return end !== null;
  }

  #receive(message: DataMessage, slot: number): void {
    if (message.t === "stroke" || message.t === "unstroke") this.#ink?.receive(message, slot);
    else if (message.t === "text") this.#onText(message, slot);
    else if (message.t === "file") this.#onFile(message, slot);
    else if (message.t === "piece") this.#onPiece(message.id, message.bytes, slot);
    else if (message.t === "end") this.#onEnd(message.id, slot);
    else if (message.t === "got") this.#onGot(message, slot);
    else this.#onStop(message.id, slot);
  }

  #onText({ id, text }: Extract<DataMessage, { t: "text" }>, slot: number): void {
    const before = this.#entryOf(id);
    // said again because our receipt was late; an id of somebody else's changes nothing
    if (!before) this.#came({ kind: "text", id: hex(id), from: slot, text, state: "arrived" });
    if (!before || before.from === slot) this.#answer({ t: "got", id, whole: true });
  }

  #onFile(message: Extract<DataMessage, { t: "file" }>, slot: number): void {
    // an id that is in use would change what is shown of another file
    if (this.#entryOf(message.id)) return;
    if (this.#in.has(slot) || this.#held + this.#coming() + message.size > HELD_MAX_BYTES) {
      this.#answer({ t: "stop", id: message.id });
      return;
    }
    const file = new IncomingFile(message);
    this.#in.set(slot, file);
    this.#came({ ...fileOf(file, slot), done: 0 });
  }

  #onPiece(id: Bytes, bytes: Bytes, slot: number): void {
    const file = this.#inOf(id, slot);
    if (!file) return;
    if (file.take(bytes)) this.#change(hex(id), { done: file.got });
    else this.#reject(file, slot);
  }

  #onEnd(id: Bytes, slot: number): void {
    const file = this.#inOf(id, slot);
    if (!file) return;
    const bytes = file.finish();
    if (!bytes) {
      this.#reject(file, slot);
      return;
    }
    this.#held += bytes.length;
    // of no type: no browser shows such a thing by itself
    this.#endIn(slot, "whole", new Blob([bytes], { type: "application/octet-stream" }));
    this.#answer({ t: "got", id, whole: true });
  }

  #onGot({ id, whole }: Extract<DataMessage, { t: "got" }>, slot: number): void {
    if (this.#outbox.got(id, slot)) this.#flush();
    else if (this.#isOut(id)) this.#answeredBy(slot, whole ? "whole" : "broken");
  }

  #onStop(id: Bytes, slot: number): void {
    if (this.#isOut(id)) this.#answeredBy(slot, "stopped");
    else if (this.#inOf(id, slot)) this.#endIn(slot, "stopped");
  }

  #answeredBy(slot: number, how: "whole" | "broken" | "stopped"): void {
    const end = this.#out?.answered(slot, how, this.line.others());
    if (end) this.#endOut(end);
  }

  #reject(file: IncomingFile, slot: number): void {
    this.#endIn(slot, "broken");
    this.#answer({ t: "got", id: file.id, whole: false });
  }

  #answer(message: DataMessage): void {
    if (this.#answers.length >= PENDING_MAX) return;
    this.#answers.push(message);
    this.#flush();
  }

  #isOut(id: Bytes): boolean {
    return this.#out !== null && sameBytes(this.#out.id, id);
  }

  #inOf(id: Bytes, slot: number): IncomingFile | null {
    const file = this.#in.get(slot);
    return file && sameBytes(file.id, id) ? file : null;
  }

  #coming(): number {
    return [...this.#in.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #entryOf(id: Bytes): ChatEntry | undefined {
    const name = hex(id);
    return this.#state.get().entries.find((entry) => entry.id === name);
  }

  #endOut(state: ChatFile["state"]): void {
    const file = this.#out;
    this.#out = null;
    if (file) this.#change(hex(file.id), { state });
  }

  #endIn(slot: number, state: ChatFile["state"], blob: Blob | null = null): void {
    const file = this.#in.get(slot);
    this.#in.delete(slot);
    if (file) this.#change(hex(file.id), { state, blob });
  }

  #breakOff(): void {
    this.#endOut("broken");
    for (const slot of [...this.#in.keys()]) this.#endIn(slot, "broken");
    this.#answers = [];
  }

  #came(entry: ChatEntry): void {
    this.#add(entry);
    if (!this.#looking) this.#set({ unread: this.#state.get().unread + 1 });
  }

  #add(entry: ChatEntry): void {
    this.#set({ entries: [...this.#state.get().entries, entry].slice(-ENTRIES_MAX) });
  }

  #change(id: string, change: Partial<ChatFile> | Partial<ChatText>): void {
    const entries = this.#state
      .get()
      .entries.map((entry) => (entry.id === id ? ({ ...entry, ...change } as ChatEntry) : entry));
    this.#set({ entries });
  }

  #set(change: Partial<ChatState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

function fileOf(
  { id, name, size }: OutgoingFile | IncomingFile,
  from: number | null,
): Omit<ChatFile, "done"> {
  return { kind: "file", id: hex(id), from, name, size, state: "running", blob: null };
}
