/** The relay in the real product: signaling gives tokens, both transports bring frames to the core and back, and stopping or dying in a
 * call is survived. */
import { afterAll, afterEach, describe, expect, test } from "bun:test";
import { noise } from "../db/testing/samples.ts";
import { type Bytes, base64url, concat } from "../wire/bytes.ts";
import { CLOSE } from "../wire/close.ts";
import { STREAM, writeHeader } from "../wire/frame.ts";
import type { ToBrowser } from "../wire/signal.ts";
import { SIGNAL_VERSION as v } from "../wire/version.ts";
import { dataFolder, type ServerProcess, startServer } from "./testing/process.ts";
import { createBrowser, ORIGIN } from "./testing/rig.ts";
import { seatedCall } from "./testing/seated-call.ts";
import { SignalPage } from "./testing/signal-page.ts";
import { loadQuic } from "./transport/quic-addon.ts";
import { QuicPage } from "./transport/testing/quic-page.ts";
import { RawSocket } from "./transport/testing/raw-socket.ts";

type Answer = Extract<ToBrowser, { t: "media" }>;
type Session = { readonly got: Bytes[]; readonly code: number | null; sound(frame: Bytes): void };

const SLOW = 60_000;
const addon = await loadQuic();
const folder = dataFolder();
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill("SIGKILL");
    await server.exited;
  }
});
afterAll(() => folder.remove());

async function begin(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer(folder.path, env);
  running.push(server);
  return server;
}

const ask = (page: SignalPage): Promise<Answer> => page.send({ t: "media" }).next("media");

let look: (() => void)[] = [];
const changed = () => {
  for (const each of look) each();
};
function until(fits: () => boolean): Promise<void> {
  return new Promise((done) => {
    look = [...look, () => fits() && done()];
    changed();
  });
}
afterEach(() => {
  look = [];
});

/** A session by WebSocket: both lanes. */
async function bySocket({ port }: ServerProcess, token: Bytes): Promise<Session> {
  const lane = (name: string) =>
    new RawSocket(port, `/media?pass=${base64url(token)}&lane=${name}`, { Origin: ORIGIN }, changed);
  const [a, b] = [lane("a"), lane("b")];
  await until(() => a.status !== null && b.status !== null);
  expect([a.status, b.status]).toEqual([101, 101]);
  return {
    got: a.got,
    get code() {
      return a.code;
    },
    sound: (frame) => a.send(frame),
  };
}

/** A session by WebTransport, at the first port that is named. */
async function byQuic({ quic }: Answer, token: Bytes): Promise<Session> {
  const [at] = quic;
  if (!at || !addon) throw new Error("no QUIC here");
  const page = await QuicPage.connect(addon, at, base64url(token), changed);
  return {
    got: page.got,
    get code() {
      return page.code;
    },
    sound: (frame) => page.loose([frame]),
  };
}

/** A sound frame as the relay sees one: a header, and bytes that it cannot open. */
function sound(slot: number, ctr: number): Bytes {
  const flags = { key: false, discardable: false, rv: 0, temporal: 0, spatial: 0 };
  return concat(writeHeader({ kind: "audio", slot, stream: STREAM.microphone, ctr, ...flags }), noise(114));
}

/** Sends sound from one to the other until it arrives; true once it is the very bytes that were sent. */
async function hears(up: Session, down: Session, slot: number): Promise<boolean> {
  const sent: Bytes[] = [];
  for (let ctr = 0; ctr < 10; ctr++) {
    sent.push(sound(slot, ctr));
    up.sound(sent[ctr] ?? new Uint8Array());
  }
  const frames = () => down.got.filter((item) => item[0] === sent[0]?.[0]);
  await until(() => frames().length > 0);
  return frames().every((frame) => sent.some((one) => Buffer.compare(one, frame) === 0));
}

const ways = [
  [
    "WebSocket",
    (server: ServerProcess, _: Answer, tokens: readonly Bytes[]) => bySocket(server, tokens[1] as Bytes),
  ],
  [
    "WebTransport",
    (_: ServerProcess, answer: Answer, tokens: readonly Bytes[]) => byQuic(answer, tokens[0] as Bytes),
  ],
] as const;
const able = ways.filter(([name]) => name === "WebSocket" || addon !== null);

if (addon === null)
  test.skip("the relay by WebTransport: needs glibc 2.38, which `bun run test` brings along", () =>
    undefined);

describe.each(able)("the relay by %s", (_, open) => {
  test(
    "sound goes sealed from one to the other; SIGTERM in the call tells both and ends within 2 s",
    async () => {
      const server = await begin();
      const { host, client } = await seatedCall(server);
      const [mine, theirs] = [await ask(host), await ask(client)];
      expect([mine.slot, theirs.slot]).toEqual([0, 1]);
      const sessions = [
        await open(server, theirs, theirs.up),
        await open(server, mine, mine.down),
        await open(server, mine, mine.up),
        await open(server, theirs, theirs.down),
      ] as const;
      expect(await hears(sessions[0], sessions[1], 1)).toBe(true);
      expect(await hears(sessions[2], sessions[3], 0)).toBe(true);
      const began = performance.now();
      server.kill("SIGTERM");
      expect(await server.exited).toBe(0);
      expect(performance.now() - began).toBeLessThan(2000);
      await until(() => sessions.every(({ code }) => code !== null));
      expect(sessions.map(({ code }) => code)).toEqual(Array(4).fill(CLOSE.stopping.code));
      expect(await server.printed()).toContain('"msg":"server.stopped"');
    },
    SLOW,
  );

  test(
    "killed in the call and started again: the resume tokens bring back both slots, and media works again",
    async () => {
      const first = await begin();
      const { host, client, cookie } = await seatedCall(first);
      const before = await ask(client);
      const [hostToken, clientToken] = [await host.token(), await client.token()];
      first.kill("SIGKILL");
      await first.exited;
      const again = await begin();
      const back = [
        new SignalPage(again.port, { t: "resume", v, token: hostToken }, cookie),
        new SignalPage(again.port, { t: "resume", v, token: clientToken }),
      ] as const;
      for (const page of back) expect((await page.next("welcome")).resumed).toBe(true);
      await back[1].next("seated");
      const [mine, theirs] = [await ask(back[0]), await ask(back[1])];
      expect([mine.slot, theirs.slot]).toEqual([0, 1]);
      expect(theirs.quic.map(({ hash }) => hash)).toEqual(before.quic.map(({ hash }) => hash));
      const [up, down] = [await open(again, theirs, theirs.up), await open(again, mine, mine.down)];
      expect(await hears(up, down, 1)).toBe(true);
    },
    SLOW,
  );
});

test(
  "with QUIC off no port is named, none is open, and no page may connect anywhere but home",
  async () => {
    const server = await begin({ TPC_MEDIA_PORT: "off" });
    const { client } = await seatedCall(server);
    expect((await ask(client)).quic).toEqual([]);
    const page = await createBrowser(server).ask("GET", "/api/health");
    expect(page.headers.get("content-security-policy")).toContain("connect-src 'self';");
    server.kill("SIGTERM");
    await server.exited;
    expect(await server.printed()).toContain('"quic":null');
  },
  SLOW,
);

test(
  "no token, secret or URL of a session is in the log",
  async () => {
    const server = await begin({ TPC_LOG: "debug" });
    const { client } = await seatedCall(server);
    const answer = await ask(client);
    await bySocket(server, answer.up[1]);
    const refused = new RawSocket(server.port, "/media?pass=wrong&lane=a", { Origin: ORIGIN }, changed);
    await until(() => refused.status !== null);
    expect(refused.status).toBe(403);
    server.kill("SIGTERM");
    await server.exited;
    const printed = await server.printed();
    for (const token of [...answer.up, ...answer.down]) expect(printed).not.toContain(base64url(token));
    expect(printed).not.toContain("pass=");
  },
  SLOW,
);
