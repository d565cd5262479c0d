/** A real redis-server of its own in memory. For tests; those that need it are skipped by name where there is none. */
import { openRedis } from "../transport/redis.ts";

const PROGRAM = Bun.which("redis-server");
/** For `test.skipIf`. */
export const hasNoRedis = PROGRAM === null;
/** Higher: one that cannot start is noticed later. Lower: a busy machine fails the test. */
const START_MS = 10_000;

/** A port that nobody uses now. */
function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

/** Starts one; `start` again after `kill` finds nothing of what it knew, as after a loss of its data. */
export async function serveRedis() {
  const port = freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: Bun.Subprocess | null = null;
  const start = async () => {
    const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    child = Bun.spawn([PROGRAM ?? "redis-server", ...settings], { stdout: "ignore", stderr: "ignore" });
    const until = performance.now() + START_MS;
    while (!(await answers(url))) {
      if (performance.now() > until) throw new Error("redis-server did not start");
      await Bun.sleep(20);
    }
  };
  const kill = async () => {
    child?.kill("SIGKILL");
    await child?.exited;
  };
  await start();
  return { url, start, kill };
}

export type RedisServer = Awaited<ReturnType<typeof serveRedis>>;

async function answers(url: string): Promise<boolean> {
  const redis = openRedis(url);
  try {
    return (await redis.send("PING", [])) === "PONG";
  } catch {
    return false;
  } finally {
    redis.close();
  }
}
