/** The real product in a process of its own, on a folder of its own. For tests. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subprocess } from "bun";
import { keptBun } from "../../scripts/kept-bun.ts";
import { ORIGIN } from "./rig.ts";

const MAIN = join(import.meta.dir, "..", "main.ts");
/** Higher: a server that hangs is noticed later. Lower: a busy machine fails the test. */
const START_MS = 30_000;

/** A folder for `TPC_DATA` that `remove` takes away. */
export function dataFolder() {
  const path = mkdtempSync(join(tmpdir(), "tpc-data-"));
  return {
    path,
    file: join(path, "therapsy.db"),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Bytes of a file, 0 where there is none. */
export function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** Starts the product with nothing of this process's own settings. `main`: what a test puts around it. */
export function spawnServer(data: string, env: Record<string, string> = {}, main = MAIN) {
  const child = Bun.spawn([keptBun() ?? process.execPath, "--no-install", main], {
    env: {
      PATH: process.env.PATH ?? "",
      TPC_DATA: data,
      TPC_PORT: "0",
      TPC_STUN_PORT: "0",
      TPC_MEDIA_PORT: "0",
      TPC_ORIGIN: ORIGIN,
      TPC_REGISTRATIONS_PER_HOUR: "100000",
      ...env,
    },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const out = { text: "" };
  const read = (async () => {
    for await (const chunk of child.stdout) out.text += new TextDecoder().decode(chunk);
  })();
  return { child, out, read };
}

/** Starts the product and waits until it answers. `handle` takes requests to `ORIGIN`. */
export async function startServer(data: string, env: Record<string, string> = {}, main = MAIN) {
  const { child, out, read } = spawnServer(data, env, main);
  const port = await portIn(out, child);
  return {
    pid: child.pid,
    port,
    exited: child.exited,
    /** Everything it printed; whole once it has ended. */
    printed: async () => {
      await read;
      return `${out.text}${await new Response(child.stderr).text()}`;
    },
    /** What it printed so far. */
    log: () => out.text,
    handle: (request: Request) =>
      fetch(request.url.replace(ORIGIN, `http://127.0.0.1:${port}`), forward(request)),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
  };
}

export type ServerProcess = Awaited<ReturnType<typeof startServer>>;

async function portIn(out: { text: string }, child: Subprocess<"ignore", "pipe", "pipe">): Promise<number> {
  const until = performance.now() + START_MS;
  while (performance.now() < until && child.exitCode === null) {
    const port = /"msg":"server.ready","port":(\d+)/.exec(out.text)?.[1];
    if (port !== undefined && out.text.includes(" is ready: ")) return Number(port);
    await Bun.sleep(5);
  }
  child.kill("SIGKILL");
  throw new Error(`the server did not start: ${await new Response(child.stderr).text()}`);
}

function forward(request: Request): RequestInit {
  const { method, headers, body } = request;
  return { method, headers, redirect: "manual", ...(body === null ? {} : { body }) };
}
