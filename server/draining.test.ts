/** `SIGTERM` with a call on, as a process: who is inside goes on, nobody begins anew, and it is over when the call is. */
import { afterEach, expect, test } from "bun:test";
import { SIGNAL_VERSION as v } from "../wire/version.ts";
import { dataFolder, type ServerProcess, startServer } from "./testing/process.ts";
import { ORIGIN } from "./testing/rig.ts";
import { seatedCall } from "./testing/seated-call.ts";
import { SignalPage } from "./testing/signal-page.ts";

const SLOW = 60_000;
const folder = dataFolder();
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill("SIGKILL");
    await server.exited;
  }
  folder.remove();
});

async function begin(seconds: number) {
  const server = await startServer(folder.path, { TPC_DRAIN_SECONDS: String(seconds) });
  running.push(server);
  const call = await seatedCall(server);
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { cookie: call.cookie, origin: ORIGIN, "content-type": "application/json" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await server.handle(new Request(`${ORIGIN}${path}`, init));
    return { status: answer.status, body: await answer.json() };
  };
  return { server, ...call, ask };
}

async function draining(server: ServerProcess): Promise<void> {
  while (!server.log().includes("server.draining")) await Bun.sleep(20);
}

test(
  "the call goes on, no room opens, not ready any more but alive; the end of the call ends the server",
  async () => {
    const { server, host, client, room, cookie, ask } = await begin(600);
    expect(await ask("GET", "/api/ready")).toEqual({ status: 200, body: { ready: true } });
    server.kill("SIGTERM");
    await draining(server);
    expect(await ask("GET", "/api/ready")).toEqual({ status: 503, body: { ready: false } });
    expect((await ask("GET", "/api/health")).status).toBe(200);
    const refused = await ask("POST", "/api/rooms", { clients: [["0".repeat(32)]] });
    expect(refused).toMatchObject({ status: 503, body: { code: "server.draining" } });
    expect(Number(refused.body.retryAfterSeconds)).toBeWithin(500, 601);
    for (const page of [host, client]) expect((await page.next("draining")).seconds).toBeWithin(590, 601);
    const late = new SignalPage(server.port, { t: "host", v }, cookie);
    expect((await late.next("draining")).seconds).toBeWithin(1, 601);
    host.send({ t: "beat" });
    await host.next("beat");
    expect((await ask("GET", "/api/ledger/now")).body.calls.length).toBe(1);
    host.send({ t: "end", room });
    expect(await server.exited).toBe(0);
    expect(await server.printed()).toContain('"msg":"server.stopped"');
  },
  SLOW,
);

test(
  "a second signal ends the wait, and the stop is clean",
  async () => {
    const { server, client } = await begin(600);
    server.kill("SIGTERM");
    await draining(server);
    const began = performance.now();
    server.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(2500);
    expect(await client.closed).toBe(1001);
  },
  SLOW,
);
