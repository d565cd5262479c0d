/** [bad input] Where a webhook may point: every kind of address that is not of the public internet, and the operator's exceptions. */
import { expect, test } from "bun:test";
import { isPublic } from "./public.ts";
import { targetIn } from "./target.ts";

test("public addresses are, and the last before and first after each range that is not", () => {
  for (const address of [
    ..."9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.0.1".split(" "),
    ..."169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.0.1".split(" "),
    ..."198.20.0.0 223.255.255.255 8.8.8.8 2a00:1450::1 2001:4860:4860::8888 2003::1 3ffe::1".split(" "),
  ])
    expect([address, isPublic(address)]).toEqual([address, true]);
});

test("loopback, private, carrier NAT, link-local, tests, multicast, reserved, unique local, mapped, NAT64, 6to4, Teredo are not", () => {
  for (const address of [
    ..."0.0.0.0 0.1.2.3 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255".split(
      " ",
    ),
    ..."169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1".split(" "),
    ..."198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1".split(" "),
    ..."255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::7f00:1 64:ff9b::a00:1 100::1".split(" "),
    ..."fc00::1 fdff::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001::1 2001:db8::1 2002:a00:1::1 3fff::1".split(
      " ",
    ),
    ..."localhost praxis.example 1.2.3 0x7f.1".split(" "),
    "",
  ])
    expect([address, isPublic(address)]).toEqual([address, false]);
});

test("https and a public name; nothing else unless the operator allows that host and port", () => {
  expect(targetIn("https://praxis.example/in?a=1", [])).toMatchObject({
    host: "praxis.example",
    port: 443,
    isAllowed: false,
  });
  expect(targetIn("https://[2a00:1450::1]:8443/", [])).toMatchObject({ host: "2a00:1450::1", port: 8443 });
  for (const text of [
    "http://praxis.example/",
    "https://10.0.0.1/",
    "https://nas.lan/",
    "https://db/",
    "nonsense",
  ])
    expect([text, targetIn(text, [])]).toEqual([text, null]);
  const allow = ["10.0.0.1:8080", "nas.lan:443", "[::1]:80"];
  expect(targetIn("http://10.0.0.1:8080/in", allow)).toMatchObject({ port: 8080, isAllowed: true });
  expect(targetIn("https://NAS.lan/in", allow)).toMatchObject({ host: "nas.lan", isAllowed: true });
  expect(targetIn("http://[::1]/in", allow)).toMatchObject({ host: "::1", isAllowed: true });
  for (const text of ["http://10.0.0.1:8081/", "http://10.0.0.1/", "http://nas.lan/", "ftp://10.0.0.1:8080/"])
    expect([text, targetIn(text, allow)]).toEqual([text, null]);
  for (const text of ["https://a:b@praxis.example/", "https://praxis.example/#x", "https://praxis.example/#"])
    expect([text, targetIn(text, [])]).toEqual([text, null]);
});
