/** [limits] What one hostile machine does to the real listener: it holds connections open with a byte now and then, floods, sends what is too
 * long. Each is ended within a named time or size, and others are answered meanwhile. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { CLOSE } from "../wire/close.ts";
import { BODY_BYTES_MAX, SMALL_BODY_BYTES_MAX } from "./http/bodies.ts";
import { LARGE_PER_ADDRESS, REQUESTS_PER_ADDRESS } from "./http/crowd.ts";
import { CLIENT_MESSAGES } from "./signaling/limits.ts";
import { dataFolder, type ServerProcess, startServer } from "./testing/process.ts";
import { RawHttp } from "./testing/raw-http.ts";
import { createRig, ORIGIN } from "./testing/rig.ts";
import { createWalkRig } from "./testing/walk.ts";
import { RawSocket } from "./transport/testing/raw-socket.ts";

const folder = dataFolder();
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(folder.path);
}, 60_000);
afterAll(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

/** Bun's own time for the head of a request is 10 s, looked at every 4 s. */
const HEAD_MS = 20_000;
const SLOW = 40_000;

const HEAD = "GET /api/health HTTP/1.1\r\nHost: localhost:3000\r\n";
const post = (more: string) =>
  `POST /api/salt HTTP/1.1\r\nHost: localhost:3000\r\nOrigin: ${ORIGIN}\r\nContent-Type: application/json\r\n${more}\r\n`;
/** To one of the few routes that take much. */
const bulk = (more: string) => post(more).replace("/api/salt", "/api/vault");

async function expectWell(): Promise<void> {
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/health`);
  expect(answer.status).toBe(200);
  expect(performance.now() - began).toBeLessThan(5000);
}

async function until(fits: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + 10_000; !fits(); await Bun.sleep(5))
    if (performance.now() > end) throw new Error(`never: ${what}`);
}

async function openSocket(): Promise<RawSocket> {
  const socket = new RawSocket(server.port, "/signal", { Origin: ORIGIN }, () => undefined);
  await until(() => socket.status === 101, "an open socket");
  return socket;
}

describe("slow senders", () => {
  test(
    "hundreds that send nothing, or their head byte by byte, or no word on a socket, are ended in time; others go on",
    async () => {
      const silent = Array.from({ length: 300 }, () => new RawHttp(server.port));
      const heads = Array.from({ length: 100 }, () =>
        new RawHttp(server.port, `${HEAD}X-A: `).drip("a", 250),
      );
      const sockets = new RawHttp(
        server.port,
        "GET /signal HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-A: ",
      ).drip("a", 250);
      const all = [...silent, ...heads, sockets];
      const [open, half] = [await openSocket(), await openSocket()];
      // the head of a frame and never the rest of it
      half.sendRaw(new Uint8Array([0x82, 0xfe]));
      await expectWell();
      await Promise.all(all.map(({ ended }) => ended));
      expect(Math.max(...all.map(({ endedAfter }) => endedAfter ?? 0))).toBeLessThan(HEAD_MS);
      expect(all.every(({ got }) => !got.includes(" 200 "))).toBe(true);
      // whoever opens a socket and says nothing is ended after the time for its first word
      await until(() => open.code !== null && half.code !== null, "the end of both sockets");
      expect(open.code).toBe(CLOSE.silent.code);
      await expectWell();
    },
    SLOW,
  );

  test(
    "a body that trickles in, a body that never comes, an answered connection that idles: ended after the idle time",
    async () => {
      const quick = await createRig(
        {},
        { plugins: [], options: undefined, quicPorts: () => [], idleSeconds: 2 },
      );
      const port = quick.listen();
      const all = [
        new RawHttp(port, `${post("Content-Length: 1000\r\n")}{`).drip(" ", 100),
        new RawHttp(port, `${bulk("Transfer-Encoding: chunked\r\n")}1\r\n{\r\n`).drip("1\r\n \r\n", 100),
        new RawHttp(port, post("Content-Length: 1000\r\n")),
        new RawHttp(port, `${HEAD}\r\n`),
      ];
      await Promise.all(all.map(({ ended }) => ended));
      expect(Math.max(...all.map(({ endedAfter }) => endedAfter ?? 0))).toBeLessThan(8000);
      expect(all.map(({ statuses }) => statuses)).toEqual([[], [], [], [200]]);
      await quick.close();
    },
    SLOW,
  );
});

describe("too much", () => {
  test(
    "a head of many kilobytes is refused and the connection ended",
    async () => {
      const long = new RawHttp(server.port, `${HEAD}X-A: ${"a".repeat(20_000)}\r\n\r\n`);
      const many = new RawHttp(server.port, `${HEAD}${"X-A: a\r\n".repeat(5000)}\r\n`);
      const path = new RawHttp(server.port, `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await Promise.all([long, many, path].map(({ ended }) => ended));
      for (const { statuses } of [long, many, path]) expect([[], [400], [431]]).toContainEqual(statuses);
      await expectWell();
    },
    SLOW,
  );

  test(
    "a body that does not say its length is cut, one that says too much is not read",
    async () => {
      const piece = "a".repeat(64 * 1024);
      const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`;
      const endless = new RawHttp(server.port, bulk("Transfer-Encoding: chunked\r\n"));
      for (let sent = 0; sent <= 2 * BODY_BYTES_MAX; sent += piece.length) endless.send(chunk);
      const lying = new RawHttp(server.port, post(`Content-Length: ${BODY_BYTES_MAX + 1}\r\n`));
      await until(() => lying.statuses.length > 0, "an answer to the one that lies");
      expect(lying.statuses).toEqual([413]);
      await until(
        () => endless.statuses.length > 0 || endless.endedAfter !== null,
        "an end of the endless one",
      );
      expect([[], [413]]).toContainEqual(endless.statuses);
      lying.close();
      endless.close();
      await expectWell();
    },
    SLOW,
  );

  test(
    "where little is expected, what is large or does not say its length is refused unread; elsewhere so much in a while",
    async () => {
      const ask = async (head: string, body = "") => {
        const one = new RawHttp(server.port, head + body);
        await until(() => one.statuses.length > 0, "an answer");
        one.close();
        return one.statuses;
      };
      const most = SMALL_BODY_BYTES_MAX;
      expect(await ask(post(`Content-Length: ${most}\r\n`), " ".repeat(most))).toEqual([400]);
      expect(await ask(post(`Content-Length: ${most + 1}\r\n`))).toEqual([413]);
      expect(await ask(post("Transfer-Encoding: chunked\r\n"))).toEqual([413]);
      const large = () => ask(bulk(`Content-Length: ${most + 1}\r\n`), " ".repeat(most + 1));
      const statuses = new Set<number | undefined>();
      for (let i = 0; i < 2 * LARGE_PER_ADDRESS.burst && !statuses.has(429); i++)
        statuses.add((await large())[0]);
      expect([...statuses]).toEqual([400, 429]);
    },
    SLOW,
  );

  test(
    "requests in a row on one connection count like others: after the burst they are refused",
    async () => {
      const flood = await createWalkRig();
      const port = flood.listen();
      const line = new RawHttp(port);
      const most = REQUESTS_PER_ADDRESS.burst + 20;
      for (let i = 0; i < most; i++) line.send(`${HEAD}\r\n`);
      await until(() => line.statuses.length === most, "all answers");
      expect(line.statuses.slice(0, -20).every((status) => status === 200)).toBe(true);
      expect(line.statuses.slice(-20).every((status) => status === 429)).toBe(true);
      line.close();
      await flood.close();
    },
    SLOW,
  );

  test(
    "two lengths, a length and chunks, a folded or split header: refused, so no proxy can be fooled",
    async () => {
      const bad = [
        `${post("Content-Length: 2\r\nContent-Length: 3\r\n")}{}`,
        `${HEAD}X-A: a\r\n : folded\r\n\r\n`,
        `${HEAD}Bad Name: a\r\n\r\n`,
        `${post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")}2\r\n{}\r\n0\r\n\r\n`,
        `${post("Transfer-Encoding: xchunked\r\n")}2\r\n{}\r\n0\r\n\r\n`,
      ].map((text) => new RawHttp(server.port, text));
      await until(
        () => bad.every(({ endedAfter, statuses }) => endedAfter !== null || statuses.length > 0),
        "refusals",
      );
      for (const { statuses } of bad) expect(statuses.every((status) => status >= 400)).toBe(true);
      for (const one of bad) one.close();
      await expectWell();
    },
    SLOW,
  );
});

describe("sockets", () => {
  test(
    "pings without end are a flood like messages",
    async () => {
      const socket = await openSocket();
      for (let i = 0; i < 3 * CLIENT_MESSAGES.burst; i++) socket.send(new Uint8Array(), 9);
      await until(() => socket.code !== null, "a close");
      expect(socket.code).toBe(CLOSE.flood.code);
      await expectWell();
    },
    SLOW,
  );
});
