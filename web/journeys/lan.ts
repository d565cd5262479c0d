/** Networks of a person's own, made of namespaces and cables on this machine: pull one cable, plug another, or leave two
 * people without any way to each other but the server. Needs root and iproute2. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the server is reached from every network. */
export const SERVER_ADDRESS = "10.77.200.1";

export type Lan = {
  /** A program that starts Chromium inside this network. */
  readonly browser: string;
  /** Pulls the first cable and plugs the second: other interface, other address. */
  changeNetwork(): void;
  /** Bytes that this network has sent over its second cable. */
  sentBySecond(): number;
  /** Pulls the cable that is plugged, and plugs it again. */
  unplug(): void;
  plugAgain(): void;
  /** From now on every UDP packet out of this network is lost, as behind a strict firewall. Needs nftables. */
  blockUdp(): void;
  /** From now on so many kilobits a second of UDP get out of this network, what is more is lost. Needs nftables. */
  narrowUdp(kbit: number): void;
  close(): void;
};

/** Why a network cannot be made here, as a sentence; null where it can. */
export function lanMissing(): string | null {
  if (process.getuid?.() !== 0) return "needs root for a network namespace";
  return spawnSync("ip", ["-V"]).status === 0 ? null : "needs iproute2";
}

function ip(...words: string[]): void {
  const done = spawnSync("ip", words, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ip ${words.join(" ")}: ${done.stderr}`);
}

/** Gives this machine the address that every network reaches the server by. */
export function addServerAddress(): void {
  const have = spawnSync("ip", ["addr", "show", "dev", "lo"], { encoding: "utf8" }).stdout;
  if (!have.includes(`${SERVER_ADDRESS}/32`)) ip("addr", "add", `${SERVER_ADDRESS}/32`, "dev", "lo");
}

/** Removes what a run that was killed left behind; the cables of one that still runs stay, and the next line says so. */
function removeLeftovers(number: number): void {
  const { stdout } = spawnSync("ip", ["netns", "list"], { encoding: "utf8" });
  for (const [name, pid] of stdout.matchAll(new RegExp(`^tpc-(\\d+)-${number}\\b`, "gm"))) {
    if (!existsSync(`/proc/${pid}`)) spawnSync("ip", ["netns", "del", name]);
  }
}

/** A network with two cables, of which the first is plugged. `number` (1–90) keeps networks apart. `reach`: may it send
 * beyond the server, to other networks? */
export function makeLan(number: number, reach: "anywhere" | "server only"): Lan {
  const name = `tpc-${process.pid}-${number}`;
  const folder = mkdtempSync(join(tmpdir(), "tpc-lan-"));
  removeLeftovers(number);
  ip("netns", "add", name);
  ip("-n", name, "link", "set", "lo", "up");
  const cables = [0, 1].map((cable) => {
    const [outer, inner, net] = [
      `tp${number}o${cable}`,
      `tp${number}i${cable}`,
      `10.${77 + cable}.${number}`,
    ];
    ip("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name);
    // an address that comes seconds later would be a change of network to every browser of this machine
    ip("link", "set", outer, "addrgenmode", "none");
    ip("addr", "add", `${net}.1/24`, "dev", outer);
    ip("link", "set", outer, "up");
    ip("-n", name, "addr", "add", `${net}.2/24`, "dev", inner);
    return { outer, inner, gateway: `${net}.1` };
  });
  const plug = (cable: { inner: string; gateway: string } | undefined) => {
    if (!cable) return;
    ip("-n", name, "link", "set", cable.inner, "up");
    const target = reach === "anywhere" ? "default" : `${SERVER_ADDRESS}/32`;
    ip("-n", name, "route", "add", target, "via", cable.gateway);
  };
  plug(cables[0]);
  /** What happens to UDP that leaves the network. */
  const filterUdp = (verdict: string) => {
    const rules = `table inet strict { chain out { type filter hook output priority 0; meta l4proto udp ${verdict}; }; };`;
    const words = ["netns", "exec", name, "nft", "-f", "-"];
    const done = spawnSync("ip", words, { input: rules, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`nft: ${done.stderr}`);
  };
  const browser = join(folder, "browser");
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  writeFileSync(browser, `#!/bin/sh\nexec ip netns exec ${name} ${chromium} "$@"\n`);
  chmodSync(browser, 0o755);
  return {
    browser,
    changeNetwork() {
      ip("-n", name, "link", "set", cables[0]?.inner ?? "", "down");
      plug(cables[1]);
    },
    sentBySecond: () => Number(readFileSync(`/sys/class/net/tp${number}o1/statistics/rx_bytes`, "utf8")),
    unplug() {
      ip("-n", name, "link", "set", cables[0]?.inner ?? "", "down");
    },
    plugAgain() {
      plug(cables[0]);
    },
    blockUdp: () => filterUdp("drop"),
    narrowUdp: (kbit) => filterUdp(`limit rate over ${kbit * 125} bytes/second burst 8000 bytes drop`),
    close() {
      for (const { outer } of cables) spawnSync("ip", ["link", "del", outer]);
      spawnSync("ip", ["netns", "del", name]);
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
}
