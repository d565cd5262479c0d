/** Three real servers on one real redis-server and one remote database (a double of it: Hrana on an embedded file, no real sqld), and pages
 * that go where they are sent. For tests. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { serveHrana } from "../../db/testing/hrana-double.ts";
import { CLOSE } from "../../wire/close.ts";
import type { PeerId } from "../../wire/ids.ts";
import type { ToServer } from "../../wire/signal.ts";
import { dataFolder, type ServerProcess, startServer } from "./process.ts";
import { serveRedis } from "./redis.ts";
import { SignalPage } from "./signal-page.ts";

/** Higher: a page that nobody takes is noticed later. Lower: a busy machine fails the test. */
const FOLLOW_MS = 90_000;
/** A node that takes the connection and says nothing, since it was stopped, is left after so long. */
const WELCOME_MS = 4000;
const NAMES = ["a", "b", "c"] as const;
export type NodeName = (typeof NAMES)[number];

/** A page that was welcomed, and by which node. */
export type At = { readonly page: SignalPage; readonly node: NodeName; readonly peer: PeerId };

export async function startCluster(settings: Record<string, string> = {}) {
  const folders = NAMES.map(() => dataFolder());
  const database = dataFolder();
  const hrana = serveHrana(database.file, "token");
  const redis = await serveRedis();
  const servers = new Map<NodeName, ServerProcess>();
  const start = async (name: NodeName, more: Record<string, string> = {}) => {
    const folder = folders[NAMES.indexOf(name)]?.path ?? "";
    const env = { TPC_DATABASE_URL: hrana.url, TPC_DATABASE_TOKEN: "token", TPC_REDIS_URL: redis.url };
    const server = await startAgain(folder, { ...env, TPC_NODE: name, ...settings, ...more });
    servers.set(name, server);
    return server;
  };
  // the first one makes the key that all have
  await start("a");
  const [first, ...others] = folders;
  for (const { path } of others)
    copyFileSync(join(first?.path ?? "", "server.key"), join(path, "server.key"));
  for (const name of ["b", "c"] as const) await start(name);
  const of = (name: NodeName) => {
    const server = servers.get(name);
    if (!server) throw new Error(`node ${name} is not there`);
    return server;
  };
  /** Goes from node to node as pages do, until one welcomes it; the nodes in `asked` are asked in turn. */
  const follow = async (first: ToServer, asked: readonly NodeName[], cookie = ""): Promise<At> => {
    const until = performance.now() + FOLLOW_MS;
    let named: NodeName | null = null;
    for (let n = 0; performance.now() < until; n++) {
      const node: NodeName = named ?? asked[n % asked.length] ?? "a";
      named = null;
      const page = new SignalPage(of(node).port, first, cookie);
      const late = Bun.sleep(WELCOME_MS).then(() => CLOSE.lost.code);
      const code = await Promise.race([page.closed, page.next("welcome"), late]);
      if (typeof code !== "number") {
        // its token stays where the page looks for one
        page.heard.unshift(code);
        return { page, node, peer: code.peer };
      }
      if (CLOSE.elsewhere.code === code) named = (await page.next("at")).node as NodeName;
      else await Bun.sleep(Math.min(1000, 100 * 2 ** n));
    }
    throw new Error("no node welcomed the page");
  };
  return {
    redis,
    hrana,
    database: { url: hrana.url, token: "token" },
    of,
    ports: () => NAMES.map((name) => of(name).port),
    start,
    follow,
    /** `SIGKILL`, as a power failure or an out-of-memory killer does it. */
    kill: async (name: NodeName) => {
      of(name).kill("SIGKILL");
      await of(name).exited;
    },
    end: async () => {
      for (const server of servers.values()) server.kill("SIGKILL");
      await Promise.all([...servers.values()].map(({ exited }) => exited));
      await redis.kill();
      hrana.stop();
      for (const folder of [...folders, database]) folder.remove();
    },
  };
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>;

/** A node that was killed in a transaction leaves the database locked for some seconds; whoever runs servers starts them again. */
async function startAgain(folder: string, env: Record<string, string>): Promise<ServerProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await startServer(folder, env);
    } catch (error) {
      if (tries === 4) throw error;
    }
  }
}
