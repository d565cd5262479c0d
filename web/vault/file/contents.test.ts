/** What lies in a sealed file of the Kartei comes back as it was; anything else is nothing. */
import { beforeAll, describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { ready } from "../../../wasm/sodium.ts";
import type { ItemId } from "../../../wire/ids.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk } from "../../../wire/junk.testing.ts";
import { newClient } from "../clients.ts";
import { hashOfText } from "../consent-texts.ts";
import type { VaultRecord } from "../records.ts";
import { anyRecords } from "../samples.ts";
import { contentsOf, decodeContents, encodeContents } from "./contents.ts";
import { incomingOfFile } from "./incoming.ts";

beforeAll(ready);
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

test("[R16] of the consent texts those go along that somebody has answered; a file of before has none", () => {
  const answer = { version: 1, hash: hashOfText("Ja."), at: 1, accepted: true, revokedAt: null };
  const records = new Map<ItemId, VaultRecord>([
    ["01".repeat(16) as ItemId, { ...newClient(new Map(), "K-1", 1), consents: [answer] }],
    ["02".repeat(16) as ItemId, { t: "consent", text: "Ja.", createdAt: 1 }],
    ["03".repeat(16) as ItemId, { t: "consent", text: "Nie gefragt.", createdAt: 1 }],
  ]);
  const file = contentsOf(records, fingerprint, 5);
  expect(decodeContents(encodeContents(file))?.texts.map(({ text }) => text)).toEqual(["Ja."]);
  const { texts, ...before } = file;
  expect(decodeContents(encode(before))).toEqual({ ...file, texts: [] });
  expect(incomingOfFile(file, fingerprint).texts).toEqual(texts);
  expect(incomingOfFile(file, new Uint8Array(16)).texts).toEqual([]);
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
