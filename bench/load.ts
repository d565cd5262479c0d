/** `bun run bench:load`: a crowd at the real server on an embedded database: 1,000 connections that come within ten seconds, 5,000 that
 * wait, 200 direct calls, 20 group rooms of five. One JSON object on stdout; the generator shares the machine. `PAIRS`, `IDLE`, `ROOMS`,
 * `SECONDS`, `WAY=socket|quic` choose. */
import { dataFolder, startServer } from "../server/testing/process.ts";
import { ready } from "../wasm/sodium.ts";
import { newPractice, type Practice } from "./crowd/practice.ts";
import { groups, joining, talking, waiting } from "./crowd/scenes.ts";
import { onServerBun } from "./load/server-bun.ts";
import { memoryOf } from "./relay/machine.ts";

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const [pairs, idle, rooms] = [number("PAIRS", 500), number("IDLE", 5_000), number("ROOMS", 20)];
const calls = Math.min(pairs, number("CALLS", 200));
const watchMs = number("SECONDS", 20) * 1000;
const way = process.env.WAY === "quic" ? "quic" : "socket";
const JOIN_WITHIN_MS = 10_000;
/** What registering has left is given back before anything is measured. */
const SETTLE_MS = 10_000;
/** Clients of a practice that wait. */
const LINKS = 100;
/** As many a second as an address spread over houses may open. */
const DOORS_PER_SECOND = 250;

await onServerBun(import.meta.path);
await ready();
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const folder = dataFolder();
const server = await startServer(folder.path, {
  TPC_PORT: String(port),
  TPC_ORIGIN: origin,
  TPC_TRUST_PROXY: "x-forwarded-for",
});
try {
  const place = { port: server.port, origin };
  const crowd = { place, pid: server.pid, watchMs };
  const [alone, together] = [await practices(pairs, 0, 1), await practices(rooms, pairs, 4)];
  const houses = await practices(Math.ceil(idle / LINKS), pairs + rooms, LINKS);
  const doors = houses.flatMap(({ rids }) => rids).slice(0, idle);
  await Bun.sleep(SETTLE_MS);
  const atStart = memoryOf(server.pid);
  const came = await joining(crowd, alone, JOIN_WITHIN_MS);
  for (const page of came.pages.slice(2 * calls)) page.close();
  const direct = await talking(crowd, calls, came.pages.slice(0, 2 * calls));
  const grouped = await groups(crowd, together, way);
  const waited = await waiting(crowd, doors, (idle / DOORS_PER_SECOND) * 1000);
  const row = { memoryAtStartMiB: atStart, joining: came.row, waiting: waited.row, direct, groups: grouped };
  console.log(JSON.stringify(row, null, 1));
  for (const page of [...came.pages, ...waited.pages]) page.close();
} finally {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
}
process.exit(0);

async function practices(count: number, first: number, links: number): Promise<Practice[]> {
  const made: Practice[] = [];
  for (let n = first; n < first + count; n++)
    made.push(await newPractice(server, origin, `10.200.${n >> 8}.${n & 255}`, links));
  return made;
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = probe;
  probe.stop(true);
  return port;
}
