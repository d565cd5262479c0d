/** Items and the manifest against a server that swaps, changes and rolls back (TP1 §2.10, §3.3). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { utf8 } from "../wire/bytes.ts";
import type { ItemId } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import {
  ITEM_MAX_BYTES,
  openItem,
  openManifest,
  openPage,
  sealItem,
  sealManifest,
  sealPage,
} from "./item.ts";
import { randomBytes, ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();

const account = "praxis-1" as UserName;
const other = "praxis-2" as UserName;

describe("[TP1 2.10] items and the manifest", () => {
  const vaultKey = randomBytes(32);
  const id = "0123456789abcdef0123456789abcdef" as ItemId;
  const place = { account, id, version: 7 };
  const box = sealItem(vaultKey, place, utf8("Sommer 12"));
  test("an item opens in its place, whatever its bytes", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 600 }), (plain) => {
      expect(openItem(vaultKey, place, sealItem(vaultKey, place, plain))).toEqual(Uint8Array.from(plain));
    });
    fc.assert(property);
  });
  test("swapped, rolled back or of another account or key: sealed", () => {
    const elsewhere = [
      { ...place, id: "1".repeat(32) as ItemId },
      { ...place, version: 6 },
      { ...place, version: 8 },
      { ...place, account: other },
    ];
    for (const at of elsewhere) expect(reasonOf(() => openItem(vaultKey, at, box))).toBe("sealed");
    expect(reasonOf(() => openItem(randomBytes(32), place, box))).toBe("sealed");
  });
  test("changed or cut: sealed", () => {
    for (let at = 0; at < box.length; at += 7) {
      expect(reasonOf(() => openItem(vaultKey, place, flipped(box, 8 * at)))).toBe("sealed");
      expect(reasonOf(() => openItem(vaultKey, place, box.subarray(0, at)))).toBe("sealed");
    }
  });
  test("lengths show in steps of 256 bytes; one thing sealed twice looks different", () => {
    const sizes = [0, 255, 256].map((n) => sealItem(vaultKey, place, new Uint8Array(n)).length - 40);
    expect(sizes).toEqual([256, 256, 512]);
    expect(sealItem(vaultKey, place, utf8("Sommer 12"))).not.toEqual(box);
  });
  test("an item has a largest size", () => {
    expect(sealItem(vaultKey, place, new Uint8Array(ITEM_MAX_BYTES)).length).toBeGreaterThan(ITEM_MAX_BYTES);
    expect(reasonOf(() => sealItem(vaultKey, place, new Uint8Array(ITEM_MAX_BYTES + 1)))).toBe("size");
  });
  test("a manifest is bound to its counter and is no item", () => {
    const manifest = sealManifest(vaultKey, { account, counter: 7 }, utf8("{}"));
    expect(openManifest(vaultKey, { account, counter: 7 }, manifest)).toEqual(utf8("{}"));
    expect(reasonOf(() => openManifest(vaultKey, { account, counter: 8 }, manifest))).toBe("sealed");
    expect(reasonOf(() => openManifest(vaultKey, { account: other, counter: 7 }, manifest))).toBe("sealed");
    expect(reasonOf(() => openItem(vaultKey, place, manifest))).toBe("sealed");
  });
  test("[A5] what a page keeps is bound to the account and is no item", () => {
    const kept = sealPage(vaultKey, account, utf8("list"));
    expect(openPage(vaultKey, account, kept)).toEqual(utf8("list"));
    expect(reasonOf(() => openPage(vaultKey, other, kept))).toBe("sealed");
    expect(reasonOf(() => openPage(vaultKey, account, flipped(kept, 300)))).toBe("sealed");
    expect(reasonOf(() => openPage(vaultKey, account, box))).toBe("sealed");
    expect(reasonOf(() => openItem(vaultKey, place, kept))).toBe("sealed");
  });
});
