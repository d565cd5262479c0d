/** What lies in a sealed file of the Kartei comes back as it was; anything else is nothing. */
import { describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { dice, FUZZ_SEEDS, fuzzSteps, junk } from "../../../wire/junk.testing.ts";
import { anyRecords } from "../samples.ts";
import { contentsOf, decodeContents, encodeContents } from "./contents.ts";

const fingerprint = new Uint8Array(16).fill(7);

test("clients and groups come back as they were, and nothing else goes along", () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const file = contentsOf(records, fingerprint, 5);
      expect(decodeContents(encodeContents(file))).toEqual(file);
      const kept = [...records.values()].filter(({ t }) => t === "client" || t === "group");
      expect(file.clients.length + file.groups.length).toBe(kept.length);
    }),
  );
});

describe("[bad input]", () => {
  test("another kind, an unknown field and a short fingerprint are refused", () => {
    const file = contentsOf(new Map(), fingerprint, 5);
    expect(decodeContents(encode(file))).toEqual(file);
    for (const bad of [
      { ...file, t: "else" },
      { ...file, more: 1 },
      { ...file, identity: fingerprint.subarray(1) },
      { ...file, clients: [{ item: "x", record: {} }] },
    ])
      expect(decodeContents(encode(bad))).toBeUndefined();
  });

  test.each(FUZZ_SEEDS)("junk is nothing, or read as the same again (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const good = fc
      .sample(anyRecords, { seed, numRuns: 30 })
      .map((records) => encodeContents(contentsOf(records, fingerprint, 5)));
    for (let step = fuzzSteps(500); step > 0; step--) {
      const file = decodeContents(junk(roll, good));
      if (file !== undefined) expect(decodeContents(encodeContents(file))).toEqual(file);
    }
  });
});
