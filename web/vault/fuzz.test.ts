/** Every decoder of the vault under seeded junk (issue "TP1 whole", bad input). A failure prints its seed; `FUZZ_SEED=…` repeats it. */
import { beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { TP1Error } from "../../wasm/error.ts";
import { openItem, sealItem } from "../../wasm/item.ts";
import { ready } from "../../wasm/sodium.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type ItemId, newId } from "../../wire/ids.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk, oneOf } from "../../wire/junk.testing.ts";
import type { UserName } from "../../wire/names.ts";
import { decodeManifest, encodeManifest } from "./manifest.ts";
import { decodeRecord, encodeRecord, NO_DETAILS, NOTHING_BEFORE, normalOf } from "./records.ts";
import { anyManifest, anyRecord } from "./samples.ts";

beforeAll(ready);

describe("[bad input] what lies in the vault", () => {
  test.each(FUZZ_SEEDS)(
    "junk is no record, or one that is written and read as the same again (FUZZ_SEED=%d)",
    (seed) => {
      const roll = dice(seed);
      const good = fc.sample(anyRecord, { seed, numRuns: 40 }).map(encodeRecord);
      let taken = 0;
      for (let step = fuzzSteps(600); step > 0; step--) {
        const record = decodeRecord(junk(roll, good));
        if (record === undefined) continue;
        taken += 1;
        expect(decodeRecord(encodeRecord(record))).toEqual(record);
        if (record.t === "client") expect(normalOf(record).length).toBeGreaterThan(0);
      }
      expect(taken).toBeGreaterThan(0);
    },
  );
  test.each(FUZZ_SEEDS)("junk is no table of contents, or one of ids and versions (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const good = fc.sample(anyManifest, { seed, numRuns: 40 }).map(encodeManifest);
    for (let step = fuzzSteps(600); step > 0; step--) {
      const manifest = decodeManifest(junk(roll, good));
      if (manifest !== undefined) expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
    }
  });
  test.each(FUZZ_SEEDS)("a box that is not the one sealed there opens nowhere (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const [key, account] = [new Uint8Array(32).fill(5), "anna.berg" as UserName];
    const places = Array.from({ length: 4 }, (_, version) => ({
      account,
      id: newId<ItemId>(),
      version: version + 1,
    }));
    const boxes = places.map((place) =>
      sealItem(
        key,
        place,
        encodeRecord({
          t: "settings",
          oneByOne: true,
          relayOnly: false,
          newCodes: false,
          practice: NO_DETAILS,
          before: NOTHING_BEFORE,
          reach: "",
          minutes: 50,
          changedAt: 1,
        }),
      ),
    );
    for (let step = fuzzSteps(200); step > 0; step--) {
      const [at, box] = [oneOf(roll, places), roll(2) === 0 ? oneOf(roll, boxes) : junk(roll, boxes)];
      if (Buffer.from(boxes[places.indexOf(at)] as Bytes).equals(box)) continue;
      expect(() => openItem(key, at, box)).toThrow(TP1Error);
    }
  });
});
