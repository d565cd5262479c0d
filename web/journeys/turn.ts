/** A real coturn with the operator's secret, for a journey. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Turn = { readonly url: string; readonly secret: string; log(): string; close(): Promise<void> };

/** Why there is no TURN server here; null where there is one. */
export function turnMissing(): string | null {
  return spawnSync("turnserver", ["--version"]).error ? "needs coturn (turnserver)" : null;
}

/** Starts coturn on `address`:`port`; resolves when it listens. */
export async function startTurn(address: string, port: number): Promise<Turn> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-turn-"));
  const secret = crypto.randomUUID();
  const child: ChildProcess = spawn(
    "turnserver",
    [
      "-n",
      "--no-cli",
      "--no-tls",
      "--no-dtls",
      "--use-auth-secret",
      `--static-auth-secret=${secret}`,
      "--realm=journey",
      `--listening-ip=${address}`,
      `--relay-ip=${address}`,
      `--listening-port=${port}`,
      "--min-port=50000",
      "--max-port=50100",
      "--log-file=stdout",
      "--simple-log",
      "--verbose",
      `--pidfile=${join(folder, "pid")}`,
      `--userdb=${join(folder, "db")}`,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let printed = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  for (let tries = 0; tries < 100 && !/listener opened on/i.test(printed); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `turn:${address}:${port}?transport=udp`,
    secret,
    log: () => printed,
    async close() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
