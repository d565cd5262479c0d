/** A media session over WebTransport: one stream both ways for control, chat and files, one stream per group of pictures, datagrams for
 * sound and acks. */
import type { Bytes } from "../../wire/bytes.ts";
import { Cutter, inDatagrams, ofDatagram, onStream } from "../../wire/hop.ts";
import { Ears, type Link, type LinkEars, type QuicDoor } from "./link.ts";
import type { Opening } from "./race.ts";
import { StreamWriter } from "./stream-writer.ts";

/** Datagrams that wait for this worker. Higher: late sound is played later. Lower (the browser's own 1): a short stall loses sound. */
const DATAGRAMS_WAITING = 256;

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
/** Browsers differ: Safari makes writables by call, the name of the limit changed, and Chromium knows it before the standard does. */
type Datagrams = {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable?: WritableStream<Uint8Array>;
  createWritable?(): WritableStream<Uint8Array>;
  incomingHighWaterMark?: number;
  incomingMaxBufferedDatagrams?: number;
};

/** Opens a session; the server's certificate is one of those whose hashes signaling named. */
export function openQuic({ url, hashes }: QuicDoor): Opening<Link> {
  const transport = new WebTransport(url, {
    serverCertificateHashes: hashes.map((value) => ({ algorithm: "sha-256", value })),
    congestionControl: "low-latency",
  });
  // both reject where the session never opens; `ready` is what is listened to
  transport.closed.catch(() => {});
  const ready = transport.ready.then(async () => {
    const control = await transport.createBidirectionalStream();
    return new QuicLink(transport, control);
  });
  return { ready, drop: () => close(transport) };
}

function close(transport: WebTransport): void {
  try {
    transport.close();
  } catch {
    // not open yet or closed already
  }
}

class QuicLink implements Link {
  readonly kind = "quic";
  readonly #transport: WebTransport;
  readonly #ears = new Ears();
  readonly #control: StreamWriter;
  readonly #datagrams: WritableStreamDefaultWriter<Uint8Array>;
  readonly #groups = new Map<number, StreamWriter>();

  constructor(transport: WebTransport, control: WebTransportBidirectionalStream) {
    this.#transport = transport;
    this.#control = new StreamWriter(Promise.resolve(control.writable));
    const datagrams = transport.datagrams as unknown as Datagrams;
    if ("incomingMaxBufferedDatagrams" in datagrams)
      datagrams.incomingMaxBufferedDatagrams = DATAGRAMS_WAITING;
    else datagrams.incomingHighWaterMark = DATAGRAMS_WAITING;
    const writable = datagrams.writable ?? datagrams.createWritable?.();
    if (writable === undefined) throw new TypeError("no datagrams");
    this.#datagrams = writable.getWriter();
    const ended = () => this.#ears.closed();
    transport.closed.then(ended, ended);
    this.#read(control.readable as ReadableStream<Uint8Array<ArrayBuffer>>);
    this.#readDatagrams(datagrams.readable.getReader());
    this.#readGroups(transport.incomingUnidirectionalStreams.getReader());
  }

  listen(ears: LinkEars): void {
    this.#ears.listen(ears);
  }

  loose(items: readonly Bytes[]): void {
    // a datagram that cannot be sent is one that was lost
    for (const datagram of inDatagrams(items).datagrams) this.#datagrams.write(datagram).catch(() => {});
  }

  sure(item: Bytes): void {
    this.#control.write(onStream(item));
  }

  picture(group: number, item: Bytes): void {
    let writer = this.#groups.get(group);
    if (writer === undefined) {
      writer = new StreamWriter(this.#transport.createUnidirectionalStream());
      this.#groups.set(group, writer);
    }
    writer.write(onStream(item));
  }

  groupEnd(group: number, cut: boolean): void {
    this.#groups.get(group)?.end(cut);
    this.#groups.delete(group);
  }

  held(): number {
    return [...this.#groups.values()].reduce((sum, writer) => sum + writer.waiting, 0);
  }

  close(): void {
    close(this.#transport);
    this.#ears.closed();
  }

  #read(readable: ReadableStream<Uint8Array<ArrayBuffer>>): void {
    const cutter = new Cutter();
    const take = (piece: Uint8Array<ArrayBuffer>) => {
      const items = cutter.push(piece);
      // no server of ours sends that
      if (items === undefined) return this.close();
      for (const item of items) this.#ears.item(item);
    };
    // a group of pictures that was cut is no harm
    each(readable.getReader(), take).catch(() => {});
  }

  #readDatagrams(reader: Reader): void {
    each(reader, (datagram) => {
      for (const item of ofDatagram(datagram) ?? []) this.#ears.item(item);
    }).catch(() => {});
  }

  #readGroups(reader: ReadableStreamDefaultReader<ReadableStream<Uint8Array<ArrayBuffer>>>): void {
    each(reader, (stream) => this.#read(stream)).catch(() => {});
  }
}

async function each<T>(reader: ReadableStreamDefaultReader<T>, take: (value: T) => void): Promise<void> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}
