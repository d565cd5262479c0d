/** One media session over WebTransport: sound in datagrams, a stream for each group of pictures, one stream of the page's for what
 * must arrive. */
import type { Bytes } from "../../wire/bytes.ts";
import { STREAM } from "../../wire/frame.ts";
import { Cutter, inDatagrams, ofDatagram } from "../../wire/hop.ts";
import type { MediaEars, MediaLink } from "./media-link.ts";
import type { QuicSession, RecvStream, SendStream } from "./quic-addon.ts";
import { Writer } from "./quic-writer.ts";

/** Groups that are read at once; a page has four pictures and ends one group before the next. Higher: a hostile page costs more memory,
 * up to 1 MiB each. Lower: a line that loses a lot stands still. */
const READS_MAX = 32;
const READ_BYTES = 64 * 1024;
/** Control and chat before any picture; the least picture, which everybody can carry, before the better ones. */
const PRIORITY_SURE = 10;
const PRIORITIES: Record<number, number> = { [STREAM.camera0]: 3, [STREAM.camera1]: 2, [STREAM.screen]: 2 };
const PRIORITY_LEAST = 1;

export class QuicLink implements MediaLink {
  readonly kind = "quic";
  readonly #session: QuicSession;
  readonly #over: () => void;
  readonly #groups = new Map<number, Writer>();
  readonly #sure: Writer;
  readonly #page: Promise<RecvStream>;
  #ears: MediaEars | null = null;
  #isOver = false;
  #reads = 0;
  #room: (() => void) | null = null;

  /** `over` is called once, when the session has ended. */
  constructor(session: QuicSession, over: () => void) {
    this.#session = session;
    this.#over = over;
    const stream = session.acceptBi();
    this.#page = stream.then((both) => both.takeRecv());
    this.#page.catch(() => undefined);
    this.#sure = this.#writer(
      stream.then((both) => both.takeSend()),
      PRIORITY_SURE,
    );
    session.closed().then(
      () => this.#ended(),
      () => this.#ended(),
    );
  }

  listen(ears: MediaEars): void {
    this.#ears = ears;
    void this.#hearDatagrams(ears);
    void this.#hearGroups(ears);
    void this.#page.then((stream) => this.#read(stream, ears)).catch(() => undefined);
  }

  loose(items: readonly Bytes[]): void {
    const { datagrams, tooLong } = inDatagrams(items);
    for (let left = tooLong; left > 0; left--) this.#ears?.odd("datagram");
    for (const one of datagrams) this.#datagram(one);
  }

  sure(item: Bytes): void {
    if (!this.#isOver) this.#sure.push(item);
  }

  picture(group: number, item: Bytes): void {
    if (this.#isOver) return;
    const known = this.#groups.get(group);
    const writer = known ?? this.#writer(this.#session.openUni(), priorityOf(item));
    if (!known) this.#groups.set(group, writer);
    writer.push(item);
  }

  groupEnd(group: number, cut: boolean): void {
    const writer = this.#groups.get(group);
    if (cut) writer?.cut();
    else writer?.finish();
    if (cut || writer?.held === 0) this.#groups.delete(group);
  }

  held(): number {
    let held = this.#sure.held;
    for (const writer of this.#groups.values()) held += writer.held;
    return held;
  }

  close(code: number): void {
    if (this.#isOver) return;
    this.#session.close(code, "");
    this.#ended();
  }

  #writer(opening: Promise<SendStream>, priority: number): Writer {
    const prepared = opening.then((stream) => {
      void stream.setPriority(priority).catch(() => undefined);
      return stream;
    });
    return new Writer(prepared, { fell: () => this.#fell() });
  }

  #fell(): void {
    for (const [group, writer] of this.#groups) {
      if (writer.isOver) this.#groups.delete(group);
    }
    this.#ears?.fell();
  }

  #datagram(bytes: Bytes): void {
    try {
      if (!this.#isOver)
        this.#session.sendDatagram(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    } catch {
      // the path takes less than any path should, or the session has just ended
      this.#ears?.odd("datagram");
    }
  }

  async #hearDatagrams(ears: MediaEars): Promise<void> {
    try {
      while (!this.#isOver) {
        const items = ofDatagram(await this.#session.recvDatagram());
        if (items === undefined) ears.odd("datagram");
        else for (const item of items) ears.item(item);
      }
    } catch {
      // the session has ended, which `closed` tells
    }
  }

  async #hearGroups(ears: MediaEars): Promise<void> {
    try {
      while (!this.#isOver) {
        if (this.#reads >= READS_MAX) await this.#oneLess();
        const stream = await this.#session.acceptUni();
        this.#reads += 1;
        void this.#read(stream, ears).finally(() => this.#left());
      }
    } catch {
      // the session has ended, which `closed` tells
    }
  }

  #oneLess(): Promise<void> {
    return new Promise((done) => {
      this.#room = done;
    });
  }

  #left(): void {
    this.#reads -= 1;
    this.#room?.();
    this.#room = null;
  }

  /** Until the stream ends, whole or cut by the page: a part of an item is worth nothing. */
  async #read(stream: RecvStream, ears: MediaEars): Promise<void> {
    const cutter = new Cutter();
    try {
      for (let piece = await stream.read(READ_BYTES); piece !== null; piece = await stream.read(READ_BYTES)) {
        const items = this.#isOver ? [] : cutter.push(piece);
        if (items === undefined) return ears.broke("garbage");
        for (const item of items) ears.item(item);
      }
    } catch {
      // reset by the page
    }
  }

  #ended(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#room?.();
    this.#ears?.closed();
    this.#over();
  }
}

function priorityOf(frame: Bytes): number {
  return PRIORITIES[(frame[1] ?? 0) & 15] ?? PRIORITY_LEAST;
}
