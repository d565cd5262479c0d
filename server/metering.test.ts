/** Metering in the real product, by messages alone: a clean stop in a call, and a full disk at its end. */
import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Statement } from "../wire/ledger.ts";
import { nowOf, statementOf } from "./testing/ledger-pages.ts";
import { type ServerProcess, startServer } from "./testing/process.ts";
import { seatedCall } from "./testing/seated-call.ts";

const SLOW = 60_000;
/** Kept at the first beat, ten seconds after the two have met. */
const BEAT_MS = 12_000;
const folder = mkdtempSync(join(tmpdir(), "metering-"));
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill("SIGKILL");
    await server.exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function begin(data: string): Promise<ServerProcess> {
  const server = await startServer(data, {});
  running.push(server);
  return server;
}

/** The statement once it has a call. */
async function settled(server: ServerProcess, cookie: string): Promise<Statement> {
  for (;;) {
    const statement = await statementOf(server, cookie);
    if (statement.calls.length > 0) return statement;
    await Bun.sleep(100);
  }
}

test(
  "[BM6] a clean stop keeps what was metered to the moment, and the call stays open",
  async () => {
    const data = join(folder, "stop");
    const first = await begin(data);
    const { cookie } = await seatedCall(first);
    await Bun.sleep(1500);
    first.kill("SIGTERM");
    await first.exited;
    const second = await begin(data);
    const [call] = await nowOf(second, cookie);
    expect(call?.counting).toBeNull();
    expect(call?.lengths.single).toBeGreaterThan(1000);
    expect(call?.lengths.single).toBeLessThan(10_000);
    expect((await statementOf(second, cookie)).calls).toEqual([]);
  },
  SLOW,
);

const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)(
  "[needs root] a full disk at the end of a call: tried until there is room, then booked once",
  async () => {
    const disk = join(folder, "disk");
    Bun.spawnSync(["mkdir", "-p", disk]);
    Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]);
    try {
      const server = await begin(disk);
      const { host, client, cookie } = await seatedCall(server);
      await Bun.sleep(BEAT_MS);
      const { room } = (await nowOf(server, cookie))[0] ?? {};
      if (!room) throw new Error("no call is metered");
      fill(disk);
      host.send({ t: "end", room });
      await client.next("over");
      await until(() => server.log().includes("billing.unwritten"));
      expect((await statementOf(server, cookie)).calls).toEqual([]);
      rmSync(join(disk, "ballast"));
      const { calls } = await settled(server, cookie);
      expect(calls).toMatchObject([{ minutes: { single: 1, group: 0 } }]);
    } finally {
      Bun.spawnSync(["umount", "-l", disk]);
    }
  },
  SLOW,
);

/** Nothing more fits onto this disk. */
function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "ballast"), new Uint8Array(bavail * bsize));
}

async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await Bun.sleep(50);
}
