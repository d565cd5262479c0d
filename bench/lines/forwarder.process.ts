/** A process between one TUN device of the server and one of each person: what is read on one side is written on the other, later or
 * never. It says "ready" when the devices are there. When its standard input ends, because its parent closed it or died, it takes
 * everything away again. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { Direction, type LineQuality } from "./delay.ts";
import { type Fd, openTun, readPacket, waitFor, writePacket } from "./tun.ts";

export type ForwarderOrder = LineQuality & {
  readonly serverDevice: string;
  /** Device, address and namespace of each person. */
  readonly lines: readonly { readonly device: string; readonly address: string; readonly name: string }[];
  /** What to remove at the end, besides the namespaces. */
  readonly folder: string;
};

/** One line of standard input. */
export type ForwarderCommand = { readonly line: number; readonly kbit: number | null };

/** Where an IPv4 packet names where it goes. */
const TARGET_AT = 16;
const STDIN = 0;
const order: ForwarderOrder = JSON.parse(process.argv[2] ?? "{}");

const server = openTun(order.serverDevice);
const lines = order.lines.map(({ device, address }, i) => ({
  tun: openTun(device),
  target: Uint8Array.from(address.split("."), Number).join(),
  down: new Direction({ ...order, seed: order.seed + 2 * i }),
  up: new Direction({ ...order, seed: order.seed + 2 * i + 1 }),
}));
const byTarget = new Map(lines.map((line) => [line.target, line]));
process.stdout.write("ready\n");

/** The calls below wait inside the system: nothing else runs in this process. */
const fds = [STDIN, server, ...lines.map(({ tun }) => tun)];
for (let isOpen = true; isOpen; ) {
  const next = Math.min(...lines.flatMap(({ down, up }) => [down.nextDue, up.nextDue]));
  const ms = next === Number.POSITIVE_INFINITY ? -1 : Math.max(0, Math.ceil(next - performance.now()));
  const readable = waitFor(fds, ms);
  if (readable.includes(STDIN)) isOpen = obey(readPacket(STDIN));
  if (readable.includes(server)) {
    readAll(server, (packet) => byTarget.get(packet.subarray(TARGET_AT, TARGET_AT + 4).join())?.down);
  }
  for (const { tun, down, up } of lines) {
    if (readable.includes(tun)) readAll(tun, () => up);
    for (const packet of down.take(performance.now())) writePacket(tun, packet);
    for (const packet of up.take(performance.now())) writePacket(server, packet);
  }
}
for (const { name } of order.lines) spawnSync("ip", ["netns", "del", name]);
rmSync(order.folder, { recursive: true, force: true });
process.exit(0);

function readAll(from: Fd, whereTo: (packet: Uint8Array) => Direction | undefined): void {
  for (let packet = readPacket(from); packet !== null; packet = readPacket(from)) {
    whereTo(packet)?.push(packet, performance.now());
  }
}

/** False where the input has ended. */
function obey(input: Uint8Array | null): boolean {
  if (input === null) return false;
  for (const text of new TextDecoder().decode(input).trim().split("\n")) {
    const { line, kbit }: ForwarderCommand = JSON.parse(text);
    lines[line]?.down.narrow(kbit);
    lines[line]?.up.narrow(kbit);
  }
  return true;
}
