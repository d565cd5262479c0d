/** `bun run bench:nodes`: what several nodes ask of what they share. Claims in a real redis-server, and beats of running calls on an embedded
 * database with the check of who measures, each on the disk before the next begins. One JSON object on stdout. `PRACTICES`, `BEATS`. */
import { join } from "node:path";
import { openStore } from "../db/store.ts";
import { storePractice } from "../db/testing/samples.ts";
import { NodeDirectory } from "../server/nodes/directory.ts";
import { dataFolder } from "../server/testing/process.ts";
import { serveRedis } from "../server/testing/redis.ts";
import { openRedis } from "../server/transport/redis.ts";
import { type CallId, newId, type PracticeId, type RoomId } from "../wire/ids.ts";

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const [practices, beats] = [number("PRACTICES", 10_000), number("BEATS", 2000)];
/** Claims under way at once, as when a node takes over. */
const AT_ONCE = 50;

async function claims() {
  const server = await serveRedis();
  const redis = openRedis(server.url);
  const directory = new NodeDirectory({ commands: redis, prefix: "bench", node: "a", run: newId<never>() });
  await directory.renew();
  const before = await usedBytes(redis);
  const began = performance.now();
  for (let done = 0; done < practices; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => directory.claim(newId<PracticeId>())));
    if (performance.now() - began > 1000) await directory.renew();
  }
  const seconds = (performance.now() - began) / 1000;
  const kib = ((await usedBytes(redis)) - before) / 1024;
  redis.close();
  await server.kill();
  return { practices, perSecond: Math.round(practices / seconds), redisKiB: Math.round(kib) };
}

async function usedBytes(redis: ReturnType<typeof openRedis>): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(String(await redis.send("INFO", ["memory"])))?.[1]);
}

async function kept() {
  const folder = dataFolder();
  const store = await openStore({ url: `file:${join(folder.path, "bench.db")}`, token: null });
  const run = newId<CallId>();
  const those = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const { practice } = await storePractice(store);
      await store.holds.take(practice.id, run);
      return { call: newId<CallId>(), practice: practice.id, room: newId<RoomId>(), run, shared: true };
    }),
  );
  const began = performance.now();
  for (let n = 0; n < beats; n++) {
    const one = those[n % those.length];
    const interval = { kind: "single", begunAt: 1_800_000_000_000, length: 10_000 + n } as const;
    if (one) await store.calls.save({ ...one, intervals: [interval] });
  }
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  folder.remove();
  return { beats, perSecond: Math.round(beats / seconds) };
}

console.log(JSON.stringify({ claims: await claims(), beats: await kept() }, null, 1));
process.exit(0);
