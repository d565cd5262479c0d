/** Faults of the surroundings while a call runs, at the real product: killed at each moment of a call's end, and a remote database that is
 * away. What works on goes on, what cannot says so, and the ledger has each call once. */
import { afterAll, afterEach, expect, test } from "bun:test";
import { serveHrana } from "../db/testing/hrana-double.ts";
import { SIGNAL_VERSION as v } from "../wire/version.ts";
import { BEAT_MS } from "./signaling/presence.ts";
import { lookAt, month, nowOf, statementOf } from "./testing/ledger-pages.ts";
import { dataFolder, type ServerProcess, startServer } from "./testing/process.ts";
import { seatedCall } from "./testing/seated-call.ts";
import { SignalPage } from "./testing/signal-page.ts";

const SLOW = 90_000;
const running: ServerProcess[] = [];
const folders: ReturnType<typeof dataFolder>[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill("SIGKILL");
    await server.exited;
  }
});
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function newFolder() {
  const folder = dataFolder();
  folders.push(folder);
  return folder;
}

async function begin(data: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer(data, env);
  running.push(server);
  return server;
}

const callsOf = async (server: ServerProcess, cookie: string) => (await statementOf(server, cookie)).calls;

async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fits())) await Bun.sleep(50);
}

/** Hangs up, kills the server so much later, and looks at what the next one says. */
async function killedAfterHangup({ path, server, call }: Running, ms: number) {
  const { host, room, cookie } = call;
  const hostToken = await host.token();
  host.send({ t: "end", room });
  await Bun.sleep(ms);
  server.kill("SIGKILL");
  await server.exited;
  const next = await begin(path);
  const back = new SignalPage(next.port, { t: "resume", v, token: hostToken }, cookie);
  await back.next("rooms");
  // where the word was lost with the process, the call stands still, and the page says it again
  const left = await nowOf(next, cookie);
  if (left.length > 0) back.send({ t: "end", room });
  await until(async () => (await callsOf(next, cookie)).length > 0);
  const still = left.every(({ counting }) => counting === null);
  return { still, calls: await callsOf(next, cookie), now: await nowOf(next, cookie) };
}

type Running = {
  readonly path: string;
  readonly server: ServerProcess;
  readonly call: Awaited<ReturnType<typeof seatedCall>>;
};

test(
  "[LG3, BM6] kill -9 at some moments after the therapist hung up: the call is booked once, by whichever process",
  async () => {
    const calls: Running[] = [];
    for (let n = 0; n < 4; n++) {
      const { path } = newFolder();
      const server = await begin(path);
      calls.push({ path, server, call: await seatedCall(server) });
    }
    // each has a beat that is kept
    await Bun.sleep(BEAT_MS + 1_000);
    for (const [n, call] of calls.entries()) {
      const end = await killedAfterHangup(call, [0, 2, 5, 15][n] ?? 0);
      expect(end).toMatchObject({ still: true, calls: [{ minutes: { single: 1, group: 0 } }], now: [] });
      expect(end.calls).toHaveLength(1);
    }
  },
  SLOW,
);

test(
  "[needs no sqld: a double of Hrana] the database is away for longer than a beat in a call: the two talk on, the pages hear why not, and it is booked once",
  async () => {
    const folder = newFolder();
    const remote = serveHrana(folder.file);
    try {
      const server = await begin(folder.path, { TPC_DATABASE_URL: remote.url });
      const { host, client, room, cookie } = await seatedCall(server);
      await until(async () => (await nowOf(server, cookie)).length === 1);
      remote.setAway(true);
      await Bun.sleep(BEAT_MS + 2_000);
      expect((await lookAt(server, cookie, month())).status).toBe(503);
      const { peer } = await hostOf(client);
      client.send({ t: "relay", to: peer, n: 1, ack: 0, data: new Uint8Array(64) });
      expect((await host.next("relay")).data).toHaveLength(64);
      remote.setAway(false);
      await until(async () => (await lookAt(server, cookie, month())).status === 200);
      const [call] = await nowOf(server, cookie);
      expect(call?.counting).not.toBeNull();
      host.send({ t: "end", room });
      await client.next("over");
      await until(async () => (await callsOf(server, cookie)).length > 0);
      const [booked, ...more] = await callsOf(server, cookie);
      expect(more).toEqual([]);
      expect(booked).toMatchObject({ minutes: { single: 1, group: 0 } });
    } finally {
      remote.stop();
    }
  },
  SLOW,
);

/** Who answers this client. */
async function hostOf(
  client: SignalPage,
): Promise<{ peer: NonNullable<Extract<(typeof client.heard)[number], { t: "door" }>["host"]> }> {
  const { host } = await client.next("door");
  if (host === null) throw new Error("nobody answers");
  return { peer: host };
}
