/** Which addresses are of the public internet: everything else may be a machine beside ours that trusts its neighbours. Pure. */
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IPv4 that is not public (IANA special-purpose registry): own host, private, carrier NAT, link-local, tests, multicast, reserved. */
const NOT_PUBLIC_4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Of IPv6 only global unicast is public: so mapped, NAT64, unique local, link-local, site-local and multicast are not. */
const GLOBAL_6: readonly [string, number] = ["2000::", 3];
/** And of that not what is set apart, or carries an IPv4 address inside: protocols, Teredo, documentation, 6to4. */
const NOT_PUBLIC_6: readonly [string, number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const blocked = new BlockList();
for (const [net, bits] of NOT_PUBLIC_4) blocked.addSubnet(net, bits, "ipv4");
for (const [net, bits] of NOT_PUBLIC_6) blocked.addSubnet(net, bits, "ipv6");
const global6 = new BlockList();
global6.addSubnet(...GLOBAL_6, "ipv6");

/** True for a plain address of the public internet; a zone, a name or anything else is none. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !blocked.check(address, "ipv4");
  if (!isIPv6(address) || address.includes("%")) return false;
  return global6.check(address, "ipv6") && !blocked.check(address, "ipv6");
}
