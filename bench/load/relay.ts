/** Starts the relay's process for a load, on loopback, with TLS where a certificate can be made. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RelayOrder, RelayWord } from "./relay.process.ts";

export type Relay = {
  readonly origin: string;
  readonly pid: number;
  tell(order: RelayOrder): void;
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

const START_MS = 15_000;

/** Files of a certificate for this machine; none where there is no openssl. */
function certificate(folder: string): string[] {
  const files = [join(folder, "cert.pem"), join(folder, "key.pem")] as const;
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...["-subj", "/CN=localhost", "-out", files[0], "-keyout", files[1]],
  ]);
  return made.status === 0 ? [...files] : [];
}

/** The relay, when it listens. */
export async function startRelay(): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-load-"));
  const tls = certificate(folder);
  const heard = new Set<(word: RelayWord) => void>();
  const next = <T extends RelayWord["t"]>(t: T) =>
    new Promise<Extract<RelayWord, { t: T }>>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the relay does not answer")), START_MS);
      const take = (word: RelayWord) => {
        if (word.t !== t) return;
        heard.delete(take);
        clearTimeout(late);
        resolve(word as Extract<RelayWord, { t: T }>);
      };
      heard.add(take);
    });
  const ready = next("ready");
  const child = Bun.spawn(
    [process.execPath, "--no-install", join(import.meta.dir, "relay.process.ts"), ...tls],
    {
      stdio: ["ignore", "inherit", "inherit"],
      ipc: (word: RelayWord) => {
        for (const take of [...heard]) take(word);
      },
    },
  );
  const { port } = await ready;
  return {
    origin: `${tls.length > 0 ? "https" : "http"}://127.0.0.1:${port}`,
    pid: child.pid,
    tell: (order) => child.send(order),
    counts: async () => {
      const answer = next("counts");
      child.send({ t: "counts" } satisfies RelayOrder);
      return (await answer).counts;
    },
    async close() {
      child.disconnect();
      await child.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
