/** Items onto one stream of the addon, in their order: one write in flight, and what comes meanwhile is joined into the next. Writes
 * that are not waited for overtake each other inside the addon, which lets no decoder live. */
import { type Bytes, concat } from "../../wire/bytes.ts";
import { onStream } from "../../wire/hop.ts";
import type { SendStream } from "./quic-addon.ts";

/** Why a stream was given up: nothing that a page has to tell apart. */
const CUT = 0;

/** What a writer tells. */
export type WriterEars = { fell(): void };

export class Writer {
  readonly #ears: WriterEars;
  #stream: SendStream | null = null;
  #waiting: Bytes[] = [];
  #held = 0;
  #isWriting = false;
  #end: "none" | "finish" | "over" = "none";

  /** Writes as soon as `opening` has come. */
  constructor(opening: Promise<SendStream>, ears: WriterEars) {
    this.#ears = ears;
    opening.then(
      (stream) => this.#opened(stream),
      () => this.#over(),
    );
  }

  /** Bytes that the addon has not taken yet. */
  get held(): number {
    return this.#held;
  }

  /** Ended, and nothing is left of it. */
  get isOver(): boolean {
    return this.#end === "over";
  }

  push(item: Bytes): void {
    if (this.#end !== "none") return;
    const bytes = onStream(item);
    this.#waiting.push(bytes);
    this.#held += bytes.length;
    this.#pump();
  }

  /** The stream ends once everything is written. */
  finish(): void {
    if (this.#end !== "none") return;
    this.#end = "finish";
    this.#pump();
  }

  /** The stream ends now; what is not sent yet is thrown away. */
  cut(): void {
    if (this.#end === "over") return;
    this.#over();
    void this.#stream?.reset(CUT).catch(ignore);
  }

  #opened(stream: SendStream): void {
    this.#stream = stream;
    if (this.#end === "over") void stream.reset(CUT).catch(ignore);
    else this.#pump();
  }

  #pump(): void {
    if (this.#stream === null || this.#isWriting || this.#end === "over") return;
    if (this.#waiting.length > 0) void this.#write(this.#stream, this.#waiting.splice(0));
    else if (this.#end === "finish") {
      this.#end = "over";
      void this.#stream.finish().catch(ignore);
    }
  }

  async #write(stream: SendStream, parts: readonly Bytes[]): Promise<void> {
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : concat(...parts);
    this.#isWriting = true;
    try {
      await stream.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      this.#isWriting = false;
      if (this.#end === "over") return;
      this.#held -= bytes.length;
      this.#pump();
      this.#ears.fell();
    } catch {
      this.#over();
    }
  }

  /** The page wants no more of this stream, or the session is gone. */
  #over(): void {
    this.#end = "over";
    this.#waiting = [];
    const had = this.#held;
    this.#held = 0;
    if (had > 0) this.#ears.fell();
  }
}

function ignore(): void {}
