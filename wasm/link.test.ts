/** Links as people receive, cut, wrap and paste them (TP1 §2.2; "Bad input": wrong, cut and `%23` links). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Bytes, fromHex } from "../wire/bytes.ts";
import { formatLink, linkKeys, newLinkSecret, parseLink } from "./link.ts";
import { ready } from "./sodium.ts";

await ready();

const secret = fromHex("000102030405060708090a0b0c0d0e0f");
const fingerprint = fromHex("eae4cc6a592658e4167027b88c9d3fb9");
const code = "1AAECAwQFBgcICQoLDA0OD-rkzGpZJljkFnAnuIydP7k";
const whole = { secret, fingerprint, exposed: false };

describe("[TP1 2.2] a link", () => {
  test("comes back from its text, whatever the bytes", () => {
    const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Uint8Array.from(bytes));
    const property = fc.property(bytes16, bytes16, (a: Bytes, b: Bytes) => {
      const text = formatLink("https://praxis.example", a, b);
      expect(text).toMatch(/^https:\/\/praxis\.example\/j#1[\w-]{43}$/);
      expect(parseLink(text)).toEqual({ secret: a, fingerprint: b, exposed: false });
    });
    fc.assert(property);
  });
  test.each([
    ["the whole address", `https://praxis.example/j#${code}`],
    ["with a port", `http://localhost:3000/j#${code}`],
    ["the hash alone", `#${code}`],
    ["with what a mail program appends", `#${code}.`],
    ["in brackets", `<https://praxis.example/j#${code}>`],
    ["with spaces around", `  https://praxis.example/j#${code}\n`],
    ["with words after it", `https://praxis.example/j#${code} bis morgen`],
    ["with its hash doubled", `https://praxis.example/j##${code}`],
    ["with a query before it", `https://praxis.example/j?from=mail#${code}`],
  ])("is read from %s", (_, text) => {
    expect(parseLink(text)).toEqual(whole);
  });
  test.each([
    ["in the path", `/j%23${code}`],
    ["in a whole address", `https://praxis.example/j%23${code}`],
    ["escaped twice", `https://praxis.example/j%2523${code}`],
    ["behind the hash", `#%23${code}`],
    ["inside a scanner's address", `https://scan.example/?url=https%3A%2F%2Fp.example%2Fj%23${code}&x=1`],
  ])("with %%23 %s is read and called exposed", (_, text) => {
    expect(parseLink(text)).toEqual({ ...whole, exposed: true });
  });
});

describe("[TP1 2.2] what is no link", () => {
  test.each([
    ["none", ""],
    ["none", "#"],
    ["none", "https://praxis.example/j"],
    ["none", "https://praxis.example/j%23"],
    ["cut", "#1"],
    ["cut", `#${code.slice(0, -1)}`],
    ["cut", `https://praxis.example/j#${code.slice(0, 20)}\n${code.slice(20)}`],
    ["version", `#2${code.slice(1)}`],
    ["version", "#9"],
    ["garbage", `#${code}A`],
    ["garbage", "#about"],
    ["garbage", "#!"],
    ["garbage", `#${code.slice(0, 20)}+${code.slice(21)}`],
    // The last character carries two bits that belong to nothing and must be zero.
    ["garbage", `#${code.slice(0, -1)}l`],
    ["garbage", `#${code}${" ".repeat(4096)}`],
  ] as const)("%s: %s", (fault, text) => {
    expect(parseLink(text)).toBe(fault);
  });
  test("never throws", () => {
    const property = fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (text) => {
      const got = parseLink(text);
      expect(typeof got === "string" || got.secret.length === 16).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe("[TP1 2.2] the keys of a link", () => {
  test("the rid tells nothing of the rest: another secret, other keys", () => {
    const [one, other] = [linkKeys(secret), linkKeys(fingerprint)];
    expect(one.rid).not.toBe(other.rid);
    expect(one.psk).not.toEqual(other.psk);
    expect(one.brand).not.toEqual(one.psk);
  });
  test("secrets are fresh", () => {
    expect(new Set(Array.from({ length: 100 }, () => newLinkSecret().join())).size).toBe(100);
  });
});
