/** Bad lines for real programs: each person is a network namespace whose only card is a TUN device; a process in the middle delays and
 * loses packets, of TCP as of UDP. The server's end lies in the caller's own network. Needs root and iproute2. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LineQuality } from "./delay.ts";
import type { ForwarderCommand, ForwarderOrder } from "./forwarder.process.ts";

export type LinesOptions = LineQuality & {
  /** Up to 90 people, each with a line of their own. */
  readonly count: number;
  /** How the server's end sends TCP. The people's ends are `cubic`, as most people's devices are. */
  readonly tcpCongestion: "bbr" | "cubic";
};

export type Line = {
  /** A program that starts Chromium inside this network. */
  readonly browser: string;
  /** The words that start a program inside this network. */
  enter(words: readonly string[]): string[];
  /** Lets only so much through, each way; `null`: everything again. */
  narrow(kbitPerSecond: number | null): void;
};

export type Lines = {
  /** Where a server of the caller's network is reached from every line. */
  readonly serverAddress: string;
  readonly lines: readonly Line[];
  close(): Promise<void>;
};

/** Why no line can be made here, as a sentence; null where it can. */
export function linesMissing(): string | null {
  if (process.getuid?.() !== 0) return "needs root for a network namespace";
  if (!existsSync("/dev/net/tun")) return "needs /dev/net/tun";
  return spawnSync("ip", ["-V"]).status === 0 ? null : "needs iproute2";
}

const BUN = process.versions.bun ? process.execPath : "bun";
let made = 0;

/** Makes the lines; what fails half-way is taken away again. */
export async function makeLines(options: LinesOptions): Promise<Lines> {
  const net = `10.79.${((process.pid + 83 * made++) % 250) + 1}`;
  const tag = `tl${process.pid.toString(36)}x${made.toString(36)}`;
  const ends = Array.from({ length: options.count }, (_, k) => ({
    name: `${tag}-${k}`,
    device: `${tag}f${k}`,
    address: `${net}.${k + 10}`,
  }));
  const [serverDevice, folder] = [`${tag}n`, mkdtempSync(join(tmpdir(), "tpc-lines-"))];
  const forwarder = await startForwarder({ ...options, serverDevice, lines: ends, folder });
  try {
    plug([], serverDevice, `${net}.1`, [`${net}.0/24`, "congctl", options.tcpCongestion]);
    const lines = ends.map((end, line) => {
      enterNetwork(end);
      const narrow = (kbit: number | null) => forwarder.tell({ line, kbit });
      return { browser: starter(folder, end.name), enter: entering(end.name), narrow };
    });
    return { serverAddress: `${net}.1`, lines, close: forwarder.end };
  } catch (error) {
    await forwarder.end();
    throw error;
  }
}

function entering(name: string) {
  return (words: readonly string[]) => ["ip", "netns", "exec", name, ...words];
}

function enterNetwork({ name, device, address }: ForwarderOrder["lines"][number]): void {
  ip("netns", "add", name);
  ip("link", "set", device, "netns", name);
  ip("-n", name, "link", "set", "lo", "up");
  // browsers gather no addresses for WebRTC where no way leads to everywhere
  plug(["-n", name], device, address, ["default", "congctl", "cubic"]);
}

function plug(where: readonly string[], device: string, address: string, route: readonly string[]): void {
  // without IPv6 nothing speaks on the line but the two programs
  ip(...where, "link", "set", device, "addrgenmode", "none");
  ip(...where, "addr", "add", `${address}/32`, "dev", device);
  ip(...where, "link", "set", device, "up");
  const [target = "", ...how] = route;
  ip(...where, "route", "add", target, "dev", device, "src", address, ...how);
}

function starter(folder: string, name: string): string {
  const browser = join(folder, `browser-${name}`);
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  writeFileSync(browser, `#!/bin/sh\nexec ip netns exec ${name} ${chromium} "$@"\n`);
  chmodSync(browser, 0o755);
  return browser;
}

function ip(...words: readonly string[]): void {
  const done = spawnSync("ip", words, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ip ${words.join(" ")}: ${done.stderr}`);
}

/** In a session of its own: an interrupt at the keyboard ends the caller, and by that the forwarder in its own order. */
async function startForwarder(order: ForwarderOrder) {
  const script = join(import.meta.dirname, "forwarder.process.ts");
  const child = spawn(BUN, ["--no-install", script, JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const ended = once(child, "exit");
  const isReady = await Promise.race([once(child.stdout, "data").then(() => true), ended.then(() => false)]);
  if (!isReady) {
    rmSync(order.folder, { recursive: true, force: true });
    throw new Error("the lines' forwarder did not start");
  }
  return {
    tell: (command: ForwarderCommand) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
