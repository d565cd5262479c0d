/** Bad lines for real programs: each line is a network namespace whose only card is a TUN device; a process in the middle delays and
 * loses packets, of TCP as of UDP. The near end lies in the caller's own network. Needs root and iproute2. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LineQuality } from "./delay.ts";
import type { ForwarderOrder } from "./forwarder.process.ts";

export type LinesOptions = LineQuality & {
  /** Up to 90 people, each with a line of their own. */
  readonly count: number;
  /** How the near end, where the server is, sends TCP. The far ends are `cubic`, as most people's devices are. */
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
  const hasBoth = ["ip", "tc"].every((program) => spawnSync(program, ["-V"]).status === 0);
  return hasBoth ? null : "needs iproute2 (ip, tc)";
}

/** Bytes that may pass at once through a narrow line. Higher: it is not narrow for that long. Lower: not even one packet. */
const BURST = "8kb";
/** How long a packet may wait before a narrow line. Higher: as in a home router that buffers for seconds. Lower: it drops at once. */
const NARROW_WAIT = "300ms";
const BUN = process.versions.bun ? process.execPath : "bun";
let made = 0;

/** Makes the lines; what fails half-way is taken away again. */
export async function makeLines(options: LinesOptions): Promise<Lines> {
  const net = ((process.pid + 83 * made++) % 250) + 1;
  const tag = `tl${process.pid.toString(36)}x${made.toString(36)}`;
  const plans = Array.from({ length: options.count }, (_, k) => ({
    name: `${tag}-${k}`,
    near: `${tag}n${k}`,
    far: `${tag}f${k}`,
    serverAddress: `10.79.${net}.1`,
    address: `10.79.${net}.${k + 10}`,
  }));
  const folder = mkdtempSync(join(tmpdir(), "tpc-lines-"));
  const forwarder = await startForwarder({
    ...options,
    pairs: plans.map(({ near, far }) => [near, far] as const),
    folder,
    namespaces: plans.map(({ name }) => name),
  });
  const close = () => forwarder.end();
  try {
    const lines = plans.map((plan) => plug(plan, options, folder));
    return { serverAddress: `10.79.${net}.1`, lines, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Plan = {
  readonly name: string;
  readonly near: string;
  readonly far: string;
  readonly serverAddress: string;
  readonly address: string;
};

function plug(plan: Plan, { tcpCongestion }: LinesOptions, folder: string): Line {
  const { name, near, far, serverAddress, address } = plan;
  const enter = (words: readonly string[]) => ["ip", "netns", "exec", name, ...words];
  run("ip", "netns", "add", name);
  run("ip", "link", "set", far, "netns", name);
  run("ip", "-n", name, "link", "set", "lo", "up");
  const ends = [
    { ns: [], device: near, from: serverAddress, to: address, cc: tcpCongestion },
    { ns: ["-n", name], device: far, from: address, to: serverAddress, cc: "cubic" },
  ];
  for (const { ns, device, from, to, cc } of ends) {
    // without IPv6 nothing speaks on the line but the two programs
    run("ip", ...ns, "link", "set", device, "addrgenmode", "none");
    run("ip", ...ns, "addr", "add", `${from}/32`, "dev", device);
    run("ip", ...ns, "link", "set", device, "up");
    run("ip", ...ns, "route", "add", `${to}/32`, "dev", device, "src", from, "congctl", cc);
  }
  const narrow = (kbit: number | null) => {
    for (const { ns, device } of ends) {
      if (kbit === null) run("tc", ...ns, "qdisc", "del", "dev", device, "root");
      else {
        const limit = ["rate", `${kbit}kbit`, "burst", BURST, "latency", NARROW_WAIT];
        run("tc", ...ns, "qdisc", "replace", "dev", device, "root", "tbf", ...limit);
      }
    }
  };
  return { browser: starter(folder, name), enter, narrow };
}

function starter(folder: string, name: string): string {
  const browser = join(folder, `browser-${name}`);
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  writeFileSync(browser, `#!/bin/sh\nexec ip netns exec ${name} ${chromium} "$@"\n`);
  chmodSync(browser, 0o755);
  return browser;
}

function run(...command: readonly string[]): void {
  const [program = "", ...words] = command;
  const done = spawnSync(program, words, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${program} ${words.join(" ")}: ${done.stderr}`);
}

/** In a session of its own: an interrupt at the keyboard ends the caller, and by that the forwarder in its own order. */
async function startForwarder(order: ForwarderOrder): Promise<{ end(): Promise<void> }> {
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
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
