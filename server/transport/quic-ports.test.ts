/** The certificate changes by a second port while calls go on. Needs a Bun that loads the addon: `bun run test` brings one along. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64url } from "../../wire/bytes.ts";
import type { QuicPort } from "../../wire/signal.ts";
import { createLog } from "../log.ts";
import { VALID_MS } from "./certificate.ts";
import { freeUdpPort } from "./free-port.ts";
import { loadQuic } from "./quic-addon.ts";
import { OVERLAP_MS, QuicPorts, ROTATE_MS } from "./quic-ports.ts";
import { Hall } from "./testing/hall.ts";
import { QuicPage } from "./testing/quic-page.ts";

const addon = await loadQuic();
const HOUR_MS = 60 * 60_000;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A relay whose wall clock the test turns. */
function ground() {
  const hall = new Hall();
  const folder = mkdtempSync(join(tmpdir(), "quic-"));
  ends.push(
    () => hall.loop.stop(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  const time = { now: Date.now() };
  const clock = { now: () => time.now, monotonic: () => 0 };
  const log = createLog(clock, "debug", (line) => void hall.lines.push(line));
  const open = (port = 0) => {
    if (addon === null) throw new Error("the addon does not load here");
    const { loop, echoes } = hall;
    return QuicPorts.open({ addon, loop, echoes, clock, log, folder, host: "127.0.0.1", port });
  };
  const come = (at: QuicPort) => {
    if (addon === null) throw new Error("the addon does not load here");
    return QuicPage.connect(addon, at, base64url(hall.token()), () => hall.changed());
  };
  return { hall, time, open, come };
}

const first = (ports: QuicPorts): QuicPort => {
  const [port] = ports.ports;
  if (!port) throw new Error("no port");
  return port;
};

if (addon === null) {
  test.skip("rotation of the certificate: needs glibc 2.38, which `bun run test` brings along", () =>
    undefined);
} else {
  describe("QUIC ports [T10]", () => {
    test("a restart keeps the hash; with two days left it makes another certificate", async () => {
      const { time, open } = ground();
      const one = first(await open());
      time.now += VALID_MS - ROTATE_MS - HOUR_MS - 1000;
      expect(first(await open()).hash).toEqual(one.hash);
      time.now += 2000;
      expect(first(await open()).hash).not.toEqual(one.hash);
    });

    test("two days before the end a second port opens; a call on the first goes on, new ones find either", async () => {
      const { hall, time, open, come } = ground();
      const ports = await open();
      const old = first(ports);
      const page = await come(old);
      time.now += VALID_MS - ROTATE_MS - HOUR_MS - 1000;
      await ports.check();
      expect(ports.ports).toEqual([old]);
      time.now += 2000;
      await ports.check();
      const fresh = first(ports);
      expect(ports.ports).toEqual([fresh, old]);
      expect(fresh.port).not.toBe(old.port);
      expect(ports.reachable).toEqual([fresh.port, old.port]);
      for (const at of [fresh, old]) await come(at);
      page.sure(new Uint8Array([5]));
      await hall.until(() => hall.items.length === 1);
    });

    test("the old port is named for an hour, lives as long as a call is on it, and is then let go", async () => {
      const { hall, time, open, come } = ground();
      const ports = await open();
      const old = first(ports);
      const page = await come(old);
      time.now += VALID_MS - ROTATE_MS;
      await ports.check();
      time.now += OVERLAP_MS;
      await ports.check();
      expect(ports.ports).toHaveLength(1);
      page.sure(new Uint8Array([5]));
      await hall.until(() => hall.items.length === 1);
      page.close();
      await hall.until(() => hall.all("closed").length === 1);
      await ports.check();
      expect(ports.reachable).toEqual([first(ports).port]);
      await come(first(ports));
    });

    test("with a set port the second is the one after it, and both may be reached from the first day", async () => {
      const { time, open } = ground();
      const port = await freeUdpPort("127.0.0.1");
      const ports = await open(port);
      expect(ports.reachable).toEqual([port, port + 1]);
      time.now += VALID_MS;
      await ports.check();
      expect(first(ports).port).toBe(port + 1);
      expect(ports.reachable).toEqual([port, port + 1]);
    });
  });
}
