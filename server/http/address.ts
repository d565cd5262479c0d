/** Which browser counts as one and the same for limits: an IPv4 address or an IPv6 network of 64 bits, which is what one
 * household or phone gets. The address is used in memory only and never logged or stored. */
import { isIPv4, isIPv6 } from "node:net";
import type { AddressSource } from "../config.ts";

/** What limits count by. `socket` is the address of the connection; null (in-process calls) counts as one address. */
export function addressOf(source: AddressSource, headers: Headers, socket: string | null): string {
  return networkOf((source === "x-forwarded-for" ? lastHop(headers) : null) ?? socket ?? "local");
}

/** The last entry is the one one's own proxy appended; all before it is what the browser claims. */
function lastHop(headers: Headers): string | null {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIPv4(last) || isIPv6(last) ? last : null;
}

/** The IPv4 address, or the first 64 bits of an IPv6 address; anything else as it is. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
