/** A page's end of a WebTransport session, by the addon's own client. For tests. */
import { type Bytes, concat } from "../../../wire/bytes.ts";
import { Cutter, ofDatagram } from "../../../wire/hop.ts";
import type { QuicPort } from "../../../wire/signal.ts";
import type { QuicAddon, QuicSession, RecvStream } from "../quic-addon.ts";
import { Writer } from "../quic-writer.ts";

export class QuicPage {
  readonly got: Bytes[] = [];
  code: number | null = null;
  readonly #session: QuicSession;
  readonly #changed: () => void;
  readonly #sure: Writer;
  readonly #groups = new Map<number, Writer>();
  #isPaused = false;
  #go: (() => void)[] = [];

  /** A session at this port; rejects where it is refused. */
  static async connect(
    addon: QuicAddon,
    at: QuicPort,
    token: string,
    changed: () => void,
  ): Promise<QuicPage> {
    const client = addon.NapiClient.withCertificateHashes([Buffer.from(at.hash)]);
    const session = await client.connect(`https://127.0.0.1:${at.port}/media?pass=${token}`);
    return new QuicPage(session, changed);
  }

  private constructor(session: QuicSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
    const opening = session.openBi();
    this.#sure = new Writer(
      opening.then((both) => both.takeSend()),
      { fell: () => undefined },
    );
    void opening.then((both) => this.#read(both.takeRecv())).catch(() => undefined);
    void this.#hearGroups().catch(() => undefined);
    void this.#hearDatagrams().catch(() => undefined);
    void session.closed().then(({ closeCode }) => {
      this.code ??= closeCode;
      this.#changed();
    });
  }

  loose(items: readonly Bytes[]): void {
    // one datagram, however long
    this.datagram(
      concat(...items.flatMap((item) => [new Uint8Array([item.length >> 8, item.length]), item])),
    );
  }

  /** Whatever it is. */
  datagram(bytes: Uint8Array): void {
    this.#session.sendDatagram(Buffer.from(bytes));
  }

  sure(item: Bytes): void {
    this.#sure.push(item);
  }

  picture(group: number, item: Bytes): void {
    const writer = this.#groups.get(group) ?? new Writer(this.#session.openUni(), { fell: () => undefined });
    this.#groups.set(group, writer);
    writer.push(item);
  }

  close(): void {
    this.#session.close(1000, "");
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    for (const go of this.#go.splice(0)) go();
  }

  async #hearGroups(): Promise<void> {
    for (;;) void this.#read(await this.#session.acceptUni()).catch(() => undefined);
  }

  async #hearDatagrams(): Promise<void> {
    for (;;) {
      this.got.push(...(ofDatagram(await this.#session.recvDatagram()) ?? []));
      this.#changed();
    }
  }

  async #read(stream: RecvStream): Promise<void> {
    const cutter = new Cutter();
    for (;;) {
      if (this.#isPaused) await new Promise<void>((go) => this.#go.push(go));
      const piece = await stream.read(64 * 1024);
      if (piece === null) return;
      this.got.push(...(cutter.push(piece) ?? []));
      this.#changed();
    }
  }
}
