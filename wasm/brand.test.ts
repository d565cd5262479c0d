/** The logo and the brands against a server that swaps and changes them (TP1 §2.9). */
import { describe, expect, test } from "bun:test";
import { type Brand, LOGO_BYTES_MAX } from "../wire/brand.ts";
import { type Bytes, lv } from "../wire/bytes.ts";
import type { LogoId, Rid } from "../wire/ids.ts";
import { sealBox } from "./box.ts";
import { newLogoKey, openBrand, openLogo, sealBrand, sealLogo } from "./brand.ts";
import { linkKeys, newLinkSecret } from "./link.ts";
import { randomBytes, ready, sodium } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();

const id = "0123456789abcdef0123456789abcdef" as LogoId;
const other = "f".repeat(32) as LogoId;
const logo = { id, key: newLogoKey(), type: "image/webp", width: 640, height: 120 } as const;
const brand: Brand = { v: 1, logo, name: "Praxis am Park", imprint: null, locale: "de" };
const [mine, foreign] = [linkKeys(newLinkSecret()), linkKeys(newLinkSecret())];

describe("[TP1 2.9] a brand", () => {
  const box = sealBrand(mine.brand, mine.rid, brand);
  test("opens with its link", () => {
    expect(openBrand(mine.brand, mine.rid, box)).toEqual(brand);
    const bare: Brand = { v: 1, logo: null, name: null, imprint: null, locale: "en" };
    expect(openBrand(mine.brand, mine.rid, sealBrand(mine.brand, mine.rid, bare))).toEqual(bare);
  });
  test("of another link, under another handle, changed or cut: sealed", () => {
    expect(reasonOf(() => openBrand(foreign.brand, foreign.rid, box))).toBe("sealed");
    expect(reasonOf(() => openBrand(mine.brand, foreign.rid, box))).toBe("sealed");
    for (let at = 0; at < box.length; at += 5) {
      expect(reasonOf(() => openBrand(mine.brand, mine.rid, flipped(box, 8 * at)))).toBe("sealed");
      expect(reasonOf(() => openBrand(mine.brand, mine.rid, box.subarray(0, at)))).toBe("sealed");
    }
  });
  test("a logo, a name or none: the box has one size", () => {
    const sizes = [brand, { ...brand, logo: null }, { ...brand, name: null }].map(
      (content) => sealBrand(mine.brand, mine.rid, content).length,
    );
    expect(sizes).toEqual([296, 296, 296]);
  });
  test.each([
    ["of a later version", { ...brand, v: 2 }],
    ["with a drawing that could hold a program", { ...brand, logo: { ...logo, type: "image/svg+xml" } }],
    ["larger than any logo", { ...brand, logo: { ...logo, width: 1281 } }],
    ["of no width", { ...brand, logo: { ...logo, width: 0 } }],
    ["with a key that is none", { ...brand, logo: { ...logo, key: new Uint8Array(31) } }],
    ["with one thing more", { ...brand, url: "https://elsewhere.example" }],
  ])("%s is no brand: format", (_, content) => {
    const sealed = sealBrand(mine.brand, mine.rid, content as Brand);
    expect(reasonOf(() => openBrand(mine.brand, mine.rid, sealed))).toBe("format");
  });
  test("without padding, or empty: format", () => {
    const place = lv("tp1 brand", mine.rid);
    for (const plain of [new Uint8Array(0), new Uint8Array(256), sodium.pad(new Uint8Array(0), 256)])
      expect(reasonOf(() => openBrand(mine.brand, mine.rid, sealBox(mine.brand, place, plain)))).toBe(
        "format",
      );
  });
});

describe("[TP1 2.9] a logo", () => {
  const picture: Bytes = randomBytes(700);
  const box = sealLogo(logo.key, id, picture);
  test("opens with its key under its id", () => {
    expect(openLogo(logo.key, id, box)).toEqual(picture);
  });
  test("another one of the same practice in its place, another key, changed: sealed", () => {
    expect(reasonOf(() => openLogo(logo.key, other, box))).toBe("sealed");
    expect(reasonOf(() => openLogo(newLogoKey(), id, box))).toBe("sealed");
    for (const at of [0, 24, 300, box.length - 1])
      expect(reasonOf(() => openLogo(logo.key, id, flipped(box, 8 * at)))).toBe("sealed");
  });
  test("is no brand, whatever the key", () => {
    const asBrand = id as string as Rid;
    const sealed = sealBrand(logo.key, asBrand, brand);
    expect(reasonOf(() => openLogo(logo.key, id, sealed))).toBe("sealed");
  });
  test("has a largest size", () => {
    expect(sealLogo(logo.key, id, new Uint8Array(LOGO_BYTES_MAX)).length).toBe(LOGO_BYTES_MAX + 40);
    expect(reasonOf(() => sealLogo(logo.key, id, new Uint8Array(LOGO_BYTES_MAX + 1)))).toBe("size");
  });
});
