/** Chat and files of one call, headless: what was said and what is on its way. Nothing is stored: it goes with the call (R11). */
import { type Bytes, hex, sameBytes } from "../../wire/bytes.ts";
import { type DataMessage, FILE_MAX_BYTES, TEXT_MAX } from "../../wire/data.ts";
import { IncomingFile, newDataId, OutgoingFile } from "./chat-files.ts";
import { type DataChannel, DataLine } from "./data-line.ts";
import { type Readable, Value } from "./value.ts";

/** Higher: a page fills its memory with words. Lower: the beginning of a long call is gone before its end. */
export const ENTRIES_MAX = 500;
/** Texts typed while the line is away. Higher: a burst when it is back. Lower: words have to be typed again. */
export const PENDING_MAX = 32;
/** Of files that came. Higher: somebody fills the other's memory. Lower: few large files per call. */
export const HELD_MAX_BYTES = 5 * FILE_MAX_BYTES;

export type ChatText = {
  readonly kind: "text";
  readonly id: string;
  readonly mine: boolean;
  readonly text: string;
};
/** `broken`: the end was missing or the hash was wrong, and nothing of it was kept. `blob` only for what came whole. */
export type ChatFile = {
  readonly kind: "file";
  readonly id: string;
  readonly mine: boolean;
  readonly name: string;
  /** Bytes, and how many of them are through. */
  readonly size: number;
  readonly done: number;
  readonly state: "running" | "whole" | "stopped" | "broken";
  readonly blob: Blob | null;
};

export type ChatState = {
  /** Messages go through now. */
  readonly open: boolean;
  readonly entries: readonly (ChatText | ChatFile)[];
  /** Came while nobody looked. */
  readonly unread: number;
};

const EMPTY: ChatState = { open: false, entries: [], unread: 0 };

export class Chat {
  readonly line = new DataLine(
    (message) => this.#receive(message),
    () => this.#flush(),
  );
  readonly #state = new Value<ChatState>(EMPTY);
  #pending: DataMessage[] = [];
  #out: OutgoingFile | null = null;
  #in: IncomingFile | null = null;
  #held = 0;
  #looking = false;

  constructor() {
    this.line.isOpen.watch((open) => this.#set({ open }));
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
    if (text === "" || text.length > TEXT_MAX || this.#pending.length >= PENDING_MAX) return false;
    const id = newDataId();
    this.#pending.push({ t: "text", id, text });
    this.#add({ kind: "text", id: hex(id), mine: true, text });
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
    this.#add({ ...fileOf(out, true), done: 0 });
    this.#flush();
    return "sending";
  }

  /** Ends the file with this id, ours or the other's. */
  stop(id: string): void {
    const file = [this.#out, this.#in].find((each) => each && hex(each.id) === id);
    if (!file) return;
    this.#pending.push({ t: "stop", id: file.id });
    this.#end(file, "stopped");
    this.#flush();
  }

  /** A new connection: what was on its way over the one before has no end. */
  attach(channel: DataChannel): void {
    this.#breakOff();
    this.line.attach(channel);
    channel.addEventListener("close", () => this.line.isAttached(channel) && this.#breakOff());
  }

  /** The connection is gone. */
  detach(): void {
    this.line.detach();
    this.#breakOff();
  }

  /** The call is over: nothing of it stays. */
  clear(): void {
    this.detach();
    this.#pending = [];
    this.#held = 0;
    this.#looking = false;
    this.#state.set(EMPTY);
  }

  #flush(): void {
    while (this.#pending[0] && this.line.send(this.#pending[0])) this.#pending.shift();
    const out = this.#out;
    if (!out || this.#pending.length > 0) return;
    out.pump((message) => this.line.send(message));
    this.#change(out.id, { done: out.sent });
  }

  #receive(message: DataMessage): void {
    if (message.t === "text")
      this.#came({ kind: "text", id: hex(message.id), mine: false, text: message.text });
    else if (message.t === "file") this.#onFile(message);
    else if (message.t === "piece") this.#onPiece(message.id, message.bytes);
    else if (message.t === "end") this.#onEnd(message.id);
    else if (message.t === "got") this.#onGot(message);
    else this.#onStop(message.id);
  }

  #onFile(message: Extract<DataMessage, { t: "file" }>): void {
    // an id that is in use would change what is shown of another file
    if (this.#state.get().entries.some(({ id }) => id === hex(message.id))) return;
    if (this.#in || this.#held + message.size > HELD_MAX_BYTES) {
      this.#answer({ t: "stop", id: message.id });
      return;
    }
    this.#in = new IncomingFile(message);
    this.#came({ ...fileOf(this.#in, false), done: 0 });
  }

  #onPiece(id: Bytes, bytes: Bytes): void {
    const file = this.#inOf(id);
    if (!file) return;
    if (file.take(bytes)) this.#change(id, { done: file.got });
    else this.#reject(file);
  }

  #onEnd(id: Bytes): void {
    const file = this.#inOf(id);
    if (!file) return;
    const bytes = file.finish();
    if (!bytes) {
      this.#reject(file);
      return;
    }
    this.#held += bytes.length;
    // of no type: no browser shows such a thing by itself
    this.#end(file, "whole", new Blob([bytes], { type: "application/octet-stream" }));
    this.#answer({ t: "got", id, whole: true });
  }

  #onGot({ id, whole }: Extract<DataMessage, { t: "got" }>): void {
    if (this.#out && sameBytes(this.#out.id, id)) this.#end(this.#out, whole ? "whole" : "broken");
  }

  #onStop(id: Bytes): void {
    for (const file of [this.#out, this.#in]) if (file && sameBytes(file.id, id)) this.#end(file, "stopped");
  }

  #reject(file: IncomingFile): void {
    this.#end(file, "broken");
    this.#answer({ t: "got", id: file.id, whole: false });
  }

  #answer(message: DataMessage): void {
    if (this.#pending.length >= PENDING_MAX) return;
    this.#pending.push(message);
    this.#flush();
  }

  #inOf(id: Bytes): IncomingFile | null {
    return this.#in && sameBytes(this.#in.id, id) ? this.#in : null;
  }

  #end(file: OutgoingFile | IncomingFile, state: ChatFile["state"], blob: Blob | null = null): void {
    if (file === this.#out) this.#out = null;
    else this.#in = null;
    this.#change(file.id, { state, blob });
  }

  #breakOff(): void {
    if (this.#out) this.#end(this.#out, "broken");
    if (this.#in) this.#end(this.#in, "broken");
    this.#pending = this.#pending.filter(({ t }) => t === "text");
  }

  #came(entry: ChatText | ChatFile): void {
    this.#add(entry);
    if (!this.#looking) this.#set({ unread: this.#state.get().unread + 1 });
  }

  #add(entry: ChatText | ChatFile): void {
    this.#set({ entries: [...this.#state.get().entries, entry].slice(-ENTRIES_MAX) });
  }

  #change(id: Bytes, change: Partial<Pick<ChatFile, "done" | "state" | "blob">>): void {
    const name = hex(id);
    const entries = this.#state
      .get()
      .entries.map((entry) => (entry.kind === "file" && entry.id === name ? { ...entry, ...change } : entry));
    this.#set({ entries });
  }

  #set(change: Partial<ChatState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

function fileOf({ id, name, size }: OutgoingFile | IncomingFile, mine: boolean): Omit<ChatFile, "done"> {
  return { kind: "file", id: hex(id), mine, name, size, state: "running", blob: null };
}
