/** The forwarder's loss and delay, and (with root) a real line between this network and another. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { Direction } from "./delay.ts";
import { type Line, linesMissing, makeLines } from "./lines.ts";
import { losses } from "./loss.ts";

const lostOf = (percent: number, seed: number, n = 10_000) => {
  const lost = losses(percent, seed);
  return Array.from({ length: n }, () => lost());
};

test("the same seed loses the same packets, another seed others", () => {
  expect(lostOf(3, 1)).toEqual(lostOf(3, 1));
  expect(lostOf(3, 1)).not.toEqual(lostOf(3, 2));
});

test("as many are lost as the percentage says; none at 0, all at 100", () => {
  const share = lostOf(3, 7, 100_000).filter(Boolean).length / 1000;
  expect(share).toBeGreaterThan(2.8);
  expect(share).toBeLessThan(3.2);
  expect(lostOf(0, 7).some(Boolean)).toBe(false);
  expect(lostOf(100, 7).every(Boolean)).toBe(true);
  expect(() => losses(101, 1)).toThrow(RangeError);
});

test("a packet comes out after its delay, not one moment before, in order", () => {
  const way = new Direction({ lossPercent: 0, delayMs: 20, seed: 1, udp: "open" });
  const [a, b] = [new Uint8Array([1]), new Uint8Array([2])];
  way.push(a, 100);
  way.push(b, 105);
  expect(way.nextDue).toBe(120);
  expect(way.take(119.9)).toEqual([]);
  expect(way.take(120)).toEqual([a]);
  expect(way.take(200)).toEqual([b]);
  expect(way.nextDue).toBe(Number.POSITIVE_INFINITY);
});

test("where UDP is blocked, everything else goes through", () => {
  const way = new Direction({ lossPercent: 0, delayMs: 0, seed: 1, udp: "blocked" });
  const packet = (protocol: number) => new Uint8Array(20).fill(protocol, 9, 10);
  for (const protocol of [1, 6, 17]) way.push(packet(protocol), 0);
  expect(way.take(0)).toEqual([packet(1), packet(6)]);
});

test("a narrow line spaces packets out, keeps some waiting, and drops what would wait too long", () => {
  const way = new Direction({ lossPercent: 0, delayMs: 5, seed: 1, udp: "open" });
  way.narrow(80);
  // 1,000 bytes take 100 ms
  for (let i = 0; i < 6; i++) way.push(new Uint8Array(1_000), 0);
  expect([104, 105, 205, 305, 405, 9_000].map((now) => way.take(now).length)).toEqual([0, 1, 1, 1, 1, 0]);
  way.narrow(null);
  way.push(new Uint8Array(1_000), 9_000);
  expect(way.nextDue).toBe(9_005);
});

test("a flood does not wait for ever: the queue has an end", () => {
  const way = new Direction({ lossPercent: 0, delayMs: 0, seed: 1, udp: "open" });
  for (let i = 0; i < 2_001; i++) way.push(new Uint8Array(1), 0);
  expect(way.take(0).length).toBe(2_000);
});

/** A server of this network that answers HTTP and counts datagrams. */
async function answering(hostname: string) {
  const counted = { datagrams: 0 };
  const http = Bun.serve({ hostname, port: 0, fetch: () => new Response("here") });
  const udp = await Bun.udpSocket({ hostname, socket: { data: () => void counted.datagrams++ } });
  const close = async () => {
    udp.close();
    await http.stop(true);
  };
  return { counted, url: http.url.href, udp: udp.port, close };
}

/** What a program on the far end prints. */
async function says({ enter }: Line, script: string): Promise<string> {
  const child = Bun.spawn(enter([process.execPath, "-e", script]), { stdout: "pipe" });
  return (await new Response(child.stdout).text()).trim();
}

const asks = (url: string) =>
  `const t = performance.now(); const r = await fetch("${url}"); console.log(await r.text(), performance.now() - t >= 60);`;
const shouts = (address: string, port: number) =>
  `const s = await Bun.udpSocket({}); for (let i = 0; i < 400; i++) { s.send("x", ${port}, "${address}"); await Bun.sleep(1); } s.close();`;
const leftovers = () => Bun.spawnSync(["ip", "netns", "list"]).stdout.toString();

test.skipIf(linesMissing() !== null)(
  "a real line delays TCP and loses UDP, one with UDP blocked carries TCP alone; nothing is left behind",
  async () => {
    const before = leftovers();
    const quality = { delayMs: 15, seed: 5, tcpCongestion: "cubic" } as const;
    const lossy = await makeLines({ ...quality, count: 2, lossPercent: 20, udp: "open" });
    const walled = await makeLines({ ...quality, count: 1, lossPercent: 0, udp: "blocked" });
    for (const { lines, serverAddress } of [lossy, walled]) {
      const server = await answering(serverAddress);
      for (const line of lines) {
        // connection and answer: two round trips of 30 ms
        expect(await says(line, asks(server.url))).toBe("here true");
      }
      const [line] = lines;
      if (line) await says(line, shouts(serverAddress, server.udp));
      await Bun.sleep(100);
      const { datagrams } = server.counted;
      if (lines === walled.lines) expect(datagrams).toBe(0);
      else expect([datagrams > 260, datagrams < 380]).toEqual([true, true]);
      await server.close();
    }
    expect(leftovers()).not.toBe(before);
    await lossy.close();
    await walled.close();
    expect(leftovers()).toBe(before);
  },
  30_000,
);

test.skipIf(linesMissing() !== null)(
  "whoever made lines and was killed leaves nothing behind either",
  async () => {
    const before = leftovers();
    const script = `const { makeLines } = await import(${JSON.stringify(join(import.meta.dir, "lines.ts"))});
      await makeLines({ count: 1, lossPercent: 0, delayMs: 0, seed: 1, udp: "open", tcpCongestion: "bbr" });
      console.log("made"); setInterval(() => {}, 1000);`;
    const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" });
    await child.stdout.getReader().read();
    expect(leftovers()).not.toBe(before);
    child.kill("SIGKILL");
    await child.exited;
    const deadline = performance.now() + 5_000;
    while (leftovers() !== before && performance.now() < deadline) await Bun.sleep(20);
    expect(leftovers()).toBe(before);
  },
  30_000,
);
