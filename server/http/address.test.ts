/** Which addresses count as one. */
import { expect, test } from "bun:test";
import { addressOf, networkOf } from "./address.ts";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
  ["not an address", "not an address"],
])("%s counts as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

const headers = (value: string) => new Headers({ "x-forwarded-for": value });

test("the header counts only where the operator says so, and only its last entry", () => {
  expect(addressOf("socket", headers("192.0.2.1"), "198.51.100.1")).toBe("198.51.100.1");
  expect(addressOf("x-forwarded-for", headers("192.0.2.1, 192.0.2.2"), "127.0.0.1")).toBe("192.0.2.2");
  expect(addressOf("x-forwarded-for", headers("192.0.2.1, junk"), "127.0.0.1")).toBe("127.0.0.1");
  expect(addressOf("x-forwarded-for", new Headers(), "127.0.0.1")).toBe("127.0.0.1");
  expect(addressOf("socket", new Headers(), null)).toBe("local");
});
