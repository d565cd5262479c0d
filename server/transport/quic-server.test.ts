/** Media sessions over real QUIC of this machine. Needs a Bun that loads the addon: `bun run test` brings one along. */
import { describe, expect, test } from "bun:test";
import { type Bytes, base64url } from "../../wire/bytes.ts";
import { DATAGRAM_MAX_BYTES } from "../../wire/hop.ts";
import { makeCertificate } from "./certificate.ts";
import { freeUdpPort } from "./free-port.ts";
import { loadQuic } from "./quic-addon.ts";
import { QuicServer } from "./quic-server.ts";
import { Hall } from "./testing/hall.ts";
import { mediaContract } from "./testing/media-contract.ts";
import { QuicPage } from "./testing/quic-page.ts";

const addon = await loadQuic();
const certificate = makeCertificate(Date.now());
const servers = new Map<Hall, QuicServer>();

async function serve(hall: Hall): Promise<QuicServer> {
  if (addon === null) throw new Error("the addon does not load here");
  const port = await freeUdpPort("127.0.0.1");
  const server = servers.get(hall) ?? new QuicServer(addon, hall, { host: "127.0.0.1", port, certificate });
  servers.set(hall, server);
  return server;
}

async function connect(hall: Hall, token: Bytes): Promise<QuicPage> {
  const { port } = await serve(hall);
  if (addon === null) throw new Error("the addon does not load here");
  const { hash } = certificate;
  const page = await QuicPage.connect(addon, { port, hash }, base64url(token), () => hall.changed());
  await hall.until(() => hall.all("opened").length > 0);
  return page;
}

async function end(): Promise<void> {
  for (const [hall, server] of servers) {
    hall.loop.stop();
    await server.retire();
  }
  servers.clear();
}

if (addon === null) {
  test.skip("media sessions by WebTransport: needs glibc 2.38, which `bun run test` brings along", () =>
    undefined);
} else {
  mediaContract("WebTransport", { hasDatagrams: true, connect, end });

  describe("QUIC", () => {
    test("[T5] a datagram of a page that is too long or none of ours is dropped and counted", async () => {
      const hall = new Hall();
      const page = await connect(hall, hall.token());
      page.datagram(new Uint8Array(DATAGRAM_MAX_BYTES + 1));
      page.datagram(new Uint8Array([0, 9, 1]));
      page.loose([new Uint8Array([7])]);
      await hall.until(() => hall.items.length === 1);
      expect(hall.loop.counts).toEqual({ datagram: 2 });
      await end();
    });

    test("another path and a wrong token are refused, and the server goes on", async () => {
      const hall = new Hall();
      const { port } = await serve(hall);
      const client = addon.NapiClient.withCertificateHashes([Buffer.from(certificate.hash)]);
      const token = base64url(hall.token());
      for (const path of [`/other?pass=${token}`, "/media", `/media?pass=${token}A`]) {
        const asked = client.connect(`https://127.0.0.1:${port}${path}`);
        expect(
          await asked.then(
            () => "open",
            () => "refused",
          ),
        ).toBe("refused");
      }
      expect(hall.loop.counts.pass).toBe(2);
      const session = await client.connect(`https://127.0.0.1:${port}/media?pass=${token}`);
      session.close(1000, "");
      await hall.until(() => hall.loop.sessions === 0 && hall.all("closed").length === 1);
      await end();
    });
  });
}
