/** The connection check over the real ways: WebSocket, and QUIC where this Bun loads the addon (`bun run test` brings one along). */
import { afterEach, describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { CLOSE } from "../../wire/close.ts";
import { makeCertificate } from "./certificate.ts";
import { ECHO_BYTES, ECHO_MESSAGES } from "./echo.ts";
import { freeUdpPort } from "./free-port.ts";
import { mediaPlugin } from "./media-socket.ts";
import { loadQuic } from "./quic-addon.ts";
import { QuicServer } from "./quic-server.ts";
import { Hall } from "./testing/hall.ts";
import { RawSocket } from "./testing/raw-socket.ts";
import { websocketOptions } from "./websocket.ts";

const ORIGIN = "http://praxis.test";
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function serve(hall: Hall): number {
  const plugin = mediaPlugin({
    loop: hall.loop,
    echoes: hall.echoes,
    originAllowed: ({ headers }) => headers.get("origin") === ORIGIN,
    isStaff: async () => true,
    addressOf: () => "one",
    after: () => undefined,
  });
  const app = new Elysia({ websocket: websocketOptions }).use(plugin);
  app.listen({ port: 0, hostname: "127.0.0.1" });
  ends.push(() => app.stop(true));
  return app.server?.port ?? 0;
}

/** Asks with this ticket; resolves when it is answered. */
async function ask(hall: Hall, port: number, ticket: string, origin = ORIGIN): Promise<RawSocket> {
  const socket = new RawSocket(port, `/media?check=${ticket}`, { Origin: origin }, () => hall.changed());
  ends.push(() => socket.destroy());
  await hall.until(() => socket.status !== null || socket.code !== null);
  return socket;
}

describe("by WebSocket", () => {
  test("what is sent comes back, for everybody with a ticket; it is no call", async () => {
    const hall = new Hall();
    const socket = await ask(hall, serve(hall), hall.echoes.issue());
    expect(socket.status).toBe(101);
    socket.send(new Uint8Array([1, 2, 3]));
    await hall.until(() => socket.got.length === 1);
    expect(socket.got).toEqual([new Uint8Array([1, 2, 3])]);
    socket.close(1000);
    await hall.until(() => socket.code !== null);
    expect([hall.all("opened"), hall.loop.sessions, hall.echoes.open]).toEqual([[], 0, 0]);
  });

  test("without a good ticket, from a foreign page and as no socket it is refused, and a call's pass is no ticket", async () => {
    const hall = new Hall();
    const port = serve(hall);
    const ticket = hall.echoes.issue();
    expect((await ask(hall, port, "nobody")).status).toBe(403);
    expect((await ask(hall, port, ticket, "http://evil.test")).status).toBe(403);
    expect((await fetch(`http://127.0.0.1:${port}/media?check=${ticket}`)).status).toBe(426);
    expect((await ask(hall, port, ticket)).status).toBe(101);
    expect((await ask(hall, port, ticket)).status).toBe(403);
  });

  test("a flood, a long message and text end it; one that idles is shown out", async () => {
    const hall = new Hall();
    const port = serve(hall);
    const flood = await ask(hall, port, hall.echoes.issue());
    for (let count = 0; count <= ECHO_MESSAGES; count++) flood.send(new Uint8Array(8));
    await hall.until(() => flood.code !== null);
    expect([flood.code, flood.got.length]).toEqual([CLOSE.flood.code, ECHO_MESSAGES]);
    const long = await ask(hall, port, hall.echoes.issue());
    long.send(new Uint8Array(ECHO_BYTES + 1));
    const texting = await ask(hall, port, hall.echoes.issue());
    texting.send(new Uint8Array([65]), 1);
    await hall.until(() => long.code !== null && texting.code !== null);
    expect([long.code, texting.code]).toEqual([CLOSE.flood.code, CLOSE.flood.code]);
    const idle = await ask(hall, port, hall.echoes.issue());
    for (const run of hall.late) run();
    await hall.until(() => idle.code !== null);
    expect([idle.code, hall.echoes.open]).toEqual([CLOSE.done.code, 0]);
  });
});

const addon = await loadQuic();

async function quic(hall: Hall) {
  if (addon === null) throw new Error("the addon does not load here");
  const certificate = makeCertificate(Date.now());
  const port = await freeUdpPort("127.0.0.1");
  const server = new QuicServer(addon, hall, { host: "127.0.0.1", port, certificate });
  ends.push(() => server.retire());
  const client = addon.NapiClient.withCertificateHashes([Buffer.from(certificate.hash)]);
  const come = (ticket: string) => client.connect(`https://127.0.0.1:${port}/media?check=${ticket}`);
  return { server, come };
}

if (addon === null) {
  test.skip("by WebTransport: needs glibc 2.38, which `bun run test` brings along", () => undefined);
} else {
  describe("by WebTransport", () => {
    test("what is sent comes back; too much ends it, and the port is free again", async () => {
      const hall = new Hall();
      const { server, come } = await quic(hall);
      const session = await come(hall.echoes.issue());
      const both = await session.openBi();
      const [send, receive] = [both.takeSend(), both.takeRecv()];
      await send.write(Buffer.from([1, 2, 3]));
      expect(await receive.read(100)).toEqual(Buffer.from([1, 2, 3]));
      expect([hall.echoes.open, server.sessions]).toEqual([1, 1]);
      await send.write(Buffer.alloc(ECHO_BYTES + 1));
      expect((await session.closed()).closeCode).toBe(CLOSE.flood.code);
      while (server.sessions > 0) await Bun.sleep(1);
      expect([hall.echoes.open, hall.all("opened")]).toEqual([0, []]);
    });

    test("a wrong or spent ticket is refused, and one that idles is shown out", async () => {
      const hall = new Hall();
      const { server, come } = await quic(hall);
      const ticket = hall.echoes.issue();
      const session = await come(ticket);
      for (const wrong of [ticket, "nobody", ""]) {
        const asked = come(wrong).then(
          () => "open",
          () => "refused",
        );
        expect(await asked).toBe("refused");
      }
      for (const run of hall.late) run();
      expect((await session.closed()).closeCode).toBe(CLOSE.done.code);
      while (server.sessions > 0) await Bun.sleep(1);
      expect(hall.echoes.open).toBe(0);
    });
  });
}
