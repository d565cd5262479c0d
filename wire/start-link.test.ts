/** The start deep link: what is written is read, nothing else is, and junk costs nothing. */
import { describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import { base64url, fromBase64url } from "./bytes.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk } from "./junk.testing.ts";
import { formatStartLink, PAIRING_BYTES, parseStartLink } from "./start-link.ts";

const ORIGIN = "https://praxis.example";
const pairing = new Uint8Array(PAIRING_BYTES).fill(7);
const hashOf = (link: string) => link.slice(link.indexOf("#"));
const raw = (value: unknown) => parseStartLink(base64url(encode(value)));

describe("[e2ee 2.11] the start deep link", () => {
  test("what was written is read, with a pairing and without one, for one client and for eight", () => {
    const eight = Array.from({ length: 8 }, (_, n) => `${"字".repeat(63)}${n}`);
    for (const link of [
      { ids: ["K-1042"], pairing },
      { ids: ["Mittwoch 14 Uhr", "Ö 2"], pairing: null },
      { ids: eight, pairing },
    ]) {
      const text = formatStartLink(ORIGIN, link);
      expect(text.startsWith(`${ORIGIN}/start#`)).toBe(true);
      expect(parseStartLink(hashOf(text))).toEqual(link);
      expect(parseStartLink(hashOf(text).slice(1))).toEqual(link);
    }
  });

  test("all of it stands behind the #", () => {
    const url = new URL(formatStartLink(ORIGIN, { ids: ["K-1042"], pairing }));
    expect(url.pathname + url.search).toBe("/start");
  });

  test("anything that is not exactly one is none", () => {
    for (const value of [
      { v: 2, id: ["K-1"], p: pairing },
      { v: 1, id: [], p: pairing },
      { v: 1, id: Array.from({ length: 9 }, (_, n) => `K-${n}`) },
      { v: 1, id: ["K-1", "k 1"] },
      { v: 1, id: ["   "] },
      { v: 1, id: ["a".repeat(65)] },
      { v: 1, id: "K-1" },
      { v: 1, id: [1] },
      { v: 1, id: ["K-1"], p: pairing.slice(1) },
      { v: 1, id: ["K-1"], p: "text" },
      { v: 1, id: ["K-1"], p: null },
      { v: 1, id: ["K-1"], q: 1 },
      { id: ["K-1"] },
      [],
      null,
    ])
      expect([value, raw(value)]).toEqual([value, null]);
    for (const hash of ["", "#", "#!", "#====", `#${"A".repeat(100_000)}`])
      expect([hash.slice(0, 9), parseStartLink(hash)]).toEqual([hash.slice(0, 9), null]);
  });

  test.each(FUZZ_SEEDS)(
    "[bad input] junk is none, or one that is written and read again (FUZZ_SEED=%d)",
    (seed) => {
      const roll = dice(seed);
      const good = [
        { ids: ["K-1042", "Ö 2"], pairing },
        { ids: ["K-7"], pairing: null },
      ].map((link) => fromBase64url(hashOf(formatStartLink(ORIGIN, link)).slice(1)));
      let taken = 0;
      for (let step = fuzzSteps(600); step > 0; step--) {
        const link = parseStartLink(base64url(junk(roll, good)));
        if (link === null) continue;
        taken += 1;
        expect(parseStartLink(hashOf(formatStartLink(ORIGIN, link)))).toEqual(link);
      }
      expect(taken).toBeGreaterThan(0);
    },
  );
});
