/** How TCP on this machine behaves when a line loses packets: with BBR, sockets carry pictures over a line that loses 3 % almost as well as
 * over a good one; with CUBIC, the usual default, five people stand still. So the start says which one it is. */
import { readFileSync } from "node:fs";

const KNOWN = ["bbr", "cubic", "reno"] as const;

/** The word for the log; "other" where the kernel has another one, or none to read. */
export function tcpCongestion(
  path = "/proc/sys/net/ipv4/tcp_congestion_control",
): (typeof KNOWN)[number] | "other" {
  try {
    const word = readFileSync(path, "utf8").trim();
    return KNOWN.find((known) => known === word) ?? "other";
  } catch {
    return "other";
  }
}
