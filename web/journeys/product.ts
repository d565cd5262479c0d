/** The real product for a journey: the server as its own process, a data folder of its own, everything it said. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptBun } from "../../scripts/kept-bun.ts";

/** The copy that loads the WebTransport addon, the Bun that runs this, or the one of the PATH where the runner is another. */
const BUN = keptBun() ?? (process.versions.bun ? process.execPath : "bun");
const ROOT = join(import.meta.dirname, "..", "..");

export type Product = {
  readonly origin: string;
  /** Where the database and the keys lie. */
  readonly data: string;
  /** The server's process. */
  pid(): number;
  /** Everything the server printed so far. */
  log(): string;
  /** Ends the process by the signal and waits. */
  kill(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Ends it and removes the data. */
  close(): Promise<void>;
};

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** True where the server answers; a certificate made for the journey is nobody's to trust. */
async function health(base: string): Promise<boolean> {
  const answer = await fetch(`${base}/api/health`, { tls: { rejectUnauthorized: false } }).catch(
    () => undefined,
  );
  return answer?.ok ?? false;
}

/** What is started as the server: the product, or a composition root of a journey's own. */
export const MAIN = "server/main.ts";

/** Starts the product. `host` is the name browsers use; `env` adds settings. Throws with the log where it does not answer. */
export async function startProduct(
  host = "localhost",
  env: Record<string, string> = {},
  main = MAIN,
): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), "tpc-journey-"));
  const port = await freePort();
  const stunPort = await freePort();
  const origin = `${env.TPC_TLS_CERT ? "https" : "http"}://${host}:${port}`;
  let printed = "";
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    child = spawn(BUN, ["--no-install", main], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        ...(process.env.TPC_WEB ? { TPC_WEB: process.env.TPC_WEB } : {}),
        TPC_HOST: host === "localhost" ? "127.0.0.1" : "0.0.0.0",
        TPC_PORT: String(port),
        TPC_DATA: data,
        TPC_ORIGIN: origin,
        TPC_STUN_PORT: String(stunPort),
        TPC_MEDIA_PORT: "0",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (chunk: Buffer) => {
      printed += chunk.toString();
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    for (let tries = 0; tries < 200; tries++) {
      const isUp = await health(`${new URL(origin).protocol}//127.0.0.1:${port}`);
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server does not answer:\n${printed}`);
  };

  const kill = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await ended;
  };

  await start();
  const close = async (): Promise<void> => {
    await kill("SIGTERM");
    rmSync(data, { recursive: true, force: true });
  };
  return { origin, data, pid: () => child?.pid ?? 0, log: () => printed, kill, start, close };
}
