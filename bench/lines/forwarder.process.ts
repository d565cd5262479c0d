/** A process that joins pairs of TUN devices: what is read from one is written to the other, later or never. It says "ready" when
 * the devices are there. When its standard input ends, because its parent closed it or died, it takes everything away again. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { Direction, type LineQuality } from "./delay.ts";
import { type Fd, openTun, readPacket, waitFor, writePacket } from "./tun.ts";

export type ForwarderOrder = LineQuality & {
  /** Names of the devices, two and two. */
  readonly pairs: readonly (readonly [string, string])[];
  /** What to remove at the end. */
  readonly namespaces: readonly string[];
  readonly folder: string;
};

const STDIN = 0;
const order: ForwarderOrder = JSON.parse(process.argv[2] ?? "{}");

type Way = { readonly from: Fd; readonly to: Fd; readonly line: Direction };
const ways = order.pairs.flatMap(([near, far], i): Way[] => {
  const [a, b] = [openTun(near), openTun(far)];
  const direction = (n: number) => new Direction({ ...order, seed: order.seed + 2 * i + n });
  return [
    { from: a, to: b, line: direction(0) },
    { from: b, to: a, line: direction(1) },
  ];
});
process.stdout.write("ready\n");

/** The calls below wait inside the system: nothing else runs in this process. */
const fds = [STDIN, ...ways.map(({ from }) => from)];
for (;;) {
  const next = Math.min(...ways.map(({ line }) => line.nextDue));
  const ms = next === Number.POSITIVE_INFINITY ? -1 : Math.max(0, Math.ceil(next - performance.now()));
  const readable = waitFor(fds, ms);
  if (readable.includes(STDIN)) break;
  for (const { from, to, line } of ways) {
    if (readable.includes(from)) readAll(from, line);
    for (const packet of line.take(performance.now())) writePacket(to, packet);
  }
}
for (const name of order.namespaces) spawnSync("ip", ["netns", "del", name]);
rmSync(order.folder, { recursive: true, force: true });
process.exit(0);

function readAll(from: Fd, line: Direction): void {
  for (let packet = readPacket(from); packet !== null; packet = readPacket(from)) {
    line.push(packet, performance.now());
  }
}
