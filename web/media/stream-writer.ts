/** Writes to one QUIC stream with one write under way: what comes meanwhile is joined into the next, because writes that are not waited
 * for may change places (A8). */
import { concat } from "../../wire/bytes.ts";

export class StreamWriter {
  readonly #writer: Promise<WritableStreamDefaultWriter<Uint8Array>>;
  #queue: Uint8Array[] = [];
  #isWriting = false;
  #ending: "no" | "end" | "cut" = "no";
  #waiting = 0;

  constructor(writable: Promise<WritableStream<Uint8Array>>) {
    this.#writer = writable.then((one) => one.getWriter());
    this.#writer.catch(() => this.#drop());
  }

  /** Bytes not taken by the browser yet. */
  get waiting(): number {
    return this.#waiting;
  }

  write(bytes: Uint8Array): void {
    if (this.#ending !== "no") return;
    this.#queue.push(bytes);
    this.#waiting += bytes.length;
    this.#pump();
  }

  /** Nothing more comes; `cut`: what waits need not be sent, and what is under way need not arrive. */
  end(cut: boolean): void {
    this.#ending = cut ? "cut" : "end";
    if (cut) this.#drop();
    this.#pump();
  }

  #pump(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#drain().catch(() => this.#drop());
  }

  async #drain(): Promise<void> {
    const writer = await this.#writer;
    while (this.#queue.length > 0) {
      const next = concat(...this.#queue);
      this.#queue = [];
      await writer.write(next);
      this.#waiting -= Math.min(this.#waiting, next.length);
    }
    if (this.#ending === "end") await writer.close();
    if (this.#ending === "cut") await writer.abort();
    this.#isWriting = false;
  }

  #drop(): void {
    this.#queue = [];
    this.#waiting = 0;
  }
}
