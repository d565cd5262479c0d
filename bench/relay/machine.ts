/** What a process and the machine have used, and what a server has sent: read from the kernel, so that it is the same for all. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc, on every Linux that runs Bun. */
const TICKS = 100;

/** Milliseconds of processor that a process has used, all its threads. */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

/** Milliseconds that all processors together had nothing to do, and how many there are. */
export function idleMs(): { readonly ms: number; readonly processors: number } {
  const lines = readFileSync("/proc/stat", "utf8").split("\n");
  const [, , , , idle = "0", wait = "0"] = (lines[0] ?? "").split(/\s+/);
  return {
    ms: ((Number(idle) + Number(wait)) * 1000) / TICKS,
    processors: lines.filter((line) => /^cpu\d/.test(line)).length,
  };
}

/** MiB of memory that a process holds. */
export function memoryOf(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round((Number(kib) / 1024) * 10) / 10;
}

/** How many threads of the QUIC library a process has. */
export function tokioThreadsOf(pid: number): number {
  const names = readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/comm`);
  return names.filter((path) => existsSync(path) && readFileSync(path, "utf8").startsWith("tokio")).length;
}

/** The machine's own way to send TCP; a line may name another. */
export function tcpCongestion(): string {
  return readFileSync("/proc/sys/net/ipv4/tcp_congestion_control", "utf8").trim();
}

export type Sent = {
  /** Bytes without IP, TCP and UDP headers so far; null where nft cannot count. */
  bytes(): number | null;
  close(): void;
};

/** IP, UDP. */
const UDP_HEADERS = 28;
/** IP, TCP with time stamps. */
const TCP_HEADERS = 52;

/** Counts what leaves by `expressions` ("udp sport 4433"); a table of our own that only counts. */
export function countSent(expressions: readonly string[]): Sent {
  const table = ["inet", `tpc_bench_${process.pid}`];
  const nft = (...words: string[]) => spawnSync("nft", words, { encoding: "utf8" });
  const close = () => void nft("delete", "table", ...table);
  close();
  nft("add", "table", ...table);
  nft("add", "chain", ...table, "out", "{ type filter hook output priority 0 ; }");
  const added = expressions.map((one) => nft("add", "rule", ...table, "out", one, "counter").status === 0);
  const bytes = () => {
    if (added.includes(false)) return null;
    const listed = nft("list", "table", ...table).stdout;
    const counters = [...listed.matchAll(/(udp|tcp) sport \S+ counter packets (\d+) bytes (\d+)/g)];
    return counters.reduce((sum, [, kind, packets, all]) => {
      return sum + Number(all) - Number(packets) * (kind === "tcp" ? TCP_HEADERS : UDP_HEADERS);
    }, 0);
  };
  return { bytes, close };
}
