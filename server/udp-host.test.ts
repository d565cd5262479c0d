/** STUN and WebTransport listen where browsers reach them, also while HTTP is for a proxy on this machine only. */
import { afterAll, expect, test } from "bun:test";
import { dataFolder, startServer } from "./testing/process.ts";

const SLOW = 60_000;
const folder = dataFolder();
afterAll(() => folder.remove());

/** A Binding request (RFC 8489). */
const BINDING = Buffer.concat([Buffer.from("000100002112a442", "hex"), Buffer.alloc(12, 7)]);
/** A QUIC packet of a version that nobody speaks: the answer names those that are spoken (RFC 9000 §6). */
const QUIC = Buffer.alloc(1250);
QUIC[0] = 0xc0;
QUIC.writeUInt32BE(0x1a2a3a4a, 1);
QUIC[5] = 8;
QUIC[14] = 8;

/** The first bytes of what comes back, asked for again as UDP may lose it; null where nothing does. */
async function answer(host: string, port: number, question: Buffer): Promise<string | null> {
  const heard = Promise.withResolvers<string | null>();
  const data = (_socket: unknown, said: Buffer) => heard.resolve(said.toString("hex").slice(0, 4));
  const socket = await Bun.udpSocket({ hostname: host, socket: { data } });
  const asking = setInterval(() => socket.send(question, port, host), 100);
  const late = setTimeout(() => heard.resolve(null), 10_000);
  const said = await heard.promise;
  clearInterval(asking);
  clearTimeout(late);
  socket.close();
  return said;
}

test(
  "with TPC_UDP_HOST=:: both answer IPv4 and IPv6, while HTTP stays on 127.0.0.1",
  async () => {
    const server = await startServer(folder.path, { TPC_UDP_HOST: "::", TPC_HOST: "127.0.0.1" });
    const [, stun, quic] = /"stun":(\d+),"quic":(\d+|null)/.exec(server.log()) ?? [];
    for (const host of ["127.0.0.1", "::1"]) {
      expect([host, await answer(host, Number(stun), BINDING)]).toEqual([host, "0101"]);
      // the first bit says it, the others are of chance; without the addon there is no QUIC to ask
      if (quic !== "null")
        expect([host, await answer(host, Number(quic), QUIC)]).toEqual([
          host,
          expect.stringMatching(/^[89a-f]/),
        ]);
    }
    expect(await fetch(`http://[::1]:${server.port}/api/health`).catch(() => "refused")).toBe("refused");
    server.kill("SIGTERM");
    expect(await server.exited).toBe(0);
  },
  SLOW,
);
