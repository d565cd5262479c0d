/** A media session over WebTransport, by the addon's own client. */
import type { QuicAddon, QuicSession, RecvStream } from "../../server/transport/quic-addon.ts";
import { Writer } from "../../server/transport/quic-writer.ts";
import { type Bytes, base64url, concat } from "../../wire/bytes.ts";
import { readHeader } from "../../wire/frame.ts";
import { Cutter, ofDatagram } from "../../wire/hop.ts";
import type { QuicPort } from "../../wire/signal.ts";
import type { Session, SessionEars } from "./session.ts";

const PIECE_BYTES = 64 * 1024;
const EARS = { fell: () => undefined };

/** Rejects where the server refuses. */
export async function openQuic(
  addon: QuicAddon,
  at: QuicPort,
  token: Bytes,
  ears: SessionEars,
): Promise<Session> {
  const client = addon.NapiClient.withCertificateHashes([Buffer.from(at.hash)]);
  const session = await client.connect(`https://127.0.0.1:${at.port}/media?pass=${base64url(token)}`);
  const both = await session.openBi();
  const sure = new Writer(Promise.resolve(both.takeSend()), EARS);
  hear(session, both.takeRecv(), ears);
  const groups = new Map<number, Writer>();
  return {
    sure: (item) => sure.push(item),
    loose: (item) => {
      session.sendDatagram(Buffer.from(concat(new Uint8Array([item.length >> 8, item.length]), item)));
    },
    picture: (item) => pictureOf(session, groups, item),
    close: () => session.close(1000, ""),
  };
}

/** A stream for each group: a key frame ends the one before. */
function pictureOf(session: QuicSession, groups: Map<number, Writer>, item: Bytes): void {
  const header = readHeader(item);
  if (header === null) return;
  const before = groups.get(header.stream);
  if (header.key) before?.finish();
  const writer = header.key || before === undefined ? new Writer(session.openUni(), EARS) : before;
  groups.set(header.stream, writer);
  writer.push(item);
}

function hear(session: QuicSession, control: RecvStream, ears: SessionEars): void {
  const ended = () => undefined;
  void readAll(control, ears).catch(ended);
  void hearDatagrams(session, ears).catch(ended);
  void hearGroups(session, ears).catch(ended);
  void session.closed().then(({ closeCode }) => ears.closed(closeCode), ended);
}

async function hearGroups(session: QuicSession, ears: SessionEars): Promise<void> {
  for (;;) void readAll(await session.acceptUni(), ears).catch(() => undefined);
}

async function hearDatagrams(session: QuicSession, ears: SessionEars): Promise<void> {
  for (;;) for (const item of ofDatagram(await session.recvDatagram()) ?? []) ears.item(item);
}

async function readAll(stream: RecvStream, ears: SessionEars): Promise<void> {
  const cutter = new Cutter();
  for (;;) {
    const piece = await stream.read(PIECE_BYTES);
    if (piece === null) return;
    for (const item of cutter.push(piece) ?? []) ears.item(item);
  }
}
