/** Starts the relay's process for a load, on loopback, with TLS where a certificate can be made. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "../../wasm/sodium.ts";
import { base64url, fromBase64url } from "../../wire/bytes.ts";
import { type CallId, newId } from "../../wire/ids.ts";
import type { QuicPort } from "../../wire/signal.ts";
import type { RelayOrder, RelayWord, Seat } from "./relay.process.ts";
import type { Seats } from "./room.ts";

export type Relay = {
  readonly origin: string;
  readonly pid: number;
  /** Where it is by QUIC; null where that is off. */
  readonly quic: QuicPort | null;
  /** Resolves when the tokens are good. */
  seat(seat: Seat): Promise<void>;
  unseat(call: CallId, slot: number): void;
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

/** A new call of this relay, seated as signaling would. */
export function seatsAt(relay: Relay): Seats {
  const call = newId<CallId>();
  return {
    async seat(slot) {
      const tokens = [randomBytes(24), randomBytes(24)] as const;
      await relay.seat({ call, slot, tokens: tokens.map(base64url) });
      return tokens;
    },
    unseat: (slot) => relay.unseat(call, slot),
  };
}

const SCRIPT = join(import.meta.dir, "relay.process.ts");
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

/** Which transport people come by. */
export type LoadWay = "quic" | "socket";

/** The relay, when it listens. */
export async function startRelay(way: LoadWay): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-load-"));
  const tls = certificate(folder);
  const seated = new Map<number, () => void>();
  let asked = 0;
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
  const child = Bun.spawn([process.execPath, "--no-install", SCRIPT, way, folder, ...tls], {
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (word: RelayWord) => {
      if (word.t === "seated") {
        seated.get(word.n)?.();
        seated.delete(word.n);
      } else for (const take of [...heard]) take(word);
    },
  });
  const { port, quic } = await ready;
  return {
    origin: `${tls.length > 0 ? "https" : "http"}://127.0.0.1:${port}`,
    pid: child.pid,
    quic: quic && { port: quic.port, hash: fromBase64url(quic.hash) },
    seat: (seat) =>
      new Promise((resolve) => {
        seated.set(++asked, resolve);
        child.send({ ...seat, t: "seat", n: asked } satisfies RelayOrder);
      }),
    unseat: (call, slot) => void child.send({ t: "unseat", call, slot } satisfies RelayOrder),
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
