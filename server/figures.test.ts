/** A scrape of the real server, and the dashboard that is made for it. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { watchLag } from "./ops/lag.ts";
import { createMetrics } from "./ops/metrics.ts";
import { dataFolder, type ServerProcess, startServer } from "./testing/process.ts";
import { createBrowser } from "./testing/rig.ts";
import { seatedCall } from "./testing/seated-call.ts";

const SLOW = 60_000;
const folder = dataFolder();
let server: ServerProcess;
let port = 0;

beforeAll(async () => {
  server = await startServer(folder.path, { TPC_METRICS_PORT: "0" });
  port = Number(/"metrics":(\d+)/.exec(server.log())?.[1]);
}, SLOW);
afterAll(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

const scrape = () => fetch(`http://127.0.0.1:${port}/metrics`);

/** Samples by name and labels. */
async function samples(): Promise<Map<string, number>> {
  const lines = (await (await scrape()).text()).split("\n").filter((line) => /^tpc_/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

test(
  "[R9] a call is counted by what it is, and no name, id or address is among the figures",
  async () => {
    const before = await samples();
    const { cookie, room } = await seatedCall(server);
    const browser = createBrowser(server);
    await browser.ask("GET", "/api/nothing");
    let now = await samples();
    while (now.get('tpc_calls{kind="single"}') !== 1) now = await samples();
    expect(now.get('tpc_clients{state="seated"}')).toBe(1);
    expect(now.get("tpc_signaling_connections")).toBe(2);
    expect(now.get("tpc_ready")).toBe(1);
    expect(now.get('tpc_http_answers_total{status="4xx"}')).toBeGreaterThan(0);
    expect(now.get('tpc_http_answers_total{status="2xx"}')).toBeGreaterThan(
      before.get('tpc_http_answers_total{status="2xx"}') ?? 0,
    );
    expect(now.get('tpc_memory_bytes{kind="rss"}')).toBeGreaterThan(1_000_000);
    const text = await (await scrape()).text();
    for (const secret of [room, cookie.slice(-20), "127.0.0.1"]) expect(text).not.toContain(secret);
    const labels = [...text.matchAll(/="([^"]*)"/g)].map(([, value]) => value);
    for (const value of labels) expect(value).toMatch(/^([a-z-]+|[1-5]xx)$/);
  },
  SLOW,
);

test("what is read is the text of Prometheus, at one address, and not at the public port", async () => {
  const answer = await scrape();
  expect(answer.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: "POST" })).status).toBe(405);
  expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(404);
});

test("every metric of the dashboard is in a scrape, and the dashboard shows every metric", async () => {
  const file = readFileSync(join(import.meta.dir, "..", "deploy", "grafana.json"), "utf8");
  const { panels } = JSON.parse(file) as { panels: { targets: { expr: string }[] }[] };
  const shown = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/tpc_[a-z_]+/g) ?? []),
  );
  const text = await (await scrape()).text();
  const known = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
  expect([...new Set(shown)].sort()).toEqual(known.sort() as string[]);
});

test(
  "a server that is told of no port opens none",
  async () => {
    const quiet = dataFolder();
    const other = await startServer(quiet.path);
    expect(other.log()).toContain('"metrics":null');
    other.kill("SIGTERM");
    expect(await other.exited).toBe(0);
    quiet.remove();
  },
  SLOW,
);

test("a figure that cannot be read is no scrape rather than a wrong one", async () => {
  const figures = () => ({});
  const metrics = createMetrics({
    calls: figures,
    clients: figures,
    connections: () => 0,
    signaling: figures,
    sessions: figures,
    relayed: figures,
    dropped: figures,
    ledger: () => ({ settled: 0, retried: 0 }),
    notices: () => Promise.reject(new Error("away")),
    busy: () => 0,
    answers: figures,
    lag: () => 0,
    ready: async () => true,
    memory: () => ({ rss: 1, heapUsed: 1 }),
  });
  await expect(metrics.text()).rejects.toThrow("away");
});

test("the loop's longest hold-up is told once, also one that still lasts", () => {
  let now = 0;
  let ring: () => void = () => undefined;
  const lag = watchLag({ monotonic: () => now }, (_, run) => {
    ring = run;
    return () => undefined;
  });
  for (const at of [200, 1450, 1650]) {
    now = at;
    ring();
  }
  expect([lag.take(), lag.take()]).toEqual([1.05, 0]);
  now = 2350;
  expect(lag.take()).toBe(0.5);
});
