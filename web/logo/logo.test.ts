/** Chosen files before anything is drawn: what they are, how large they say they are, and how they become small. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Bytes, concat, utf8 } from "../../wire/bytes.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk } from "../../wire/junk.testing.ts";
import { choose, FILE_BYTES_MAX, PIXELS_MAX } from "./choose.ts";
import { dimensionsOf } from "./dimensions.ts";
import { fitInto } from "./fit.ts";
import { type Kind, kindOf } from "./kind.ts";
import { lookOf } from "./look.ts";
import { type Encode, shrink } from "./shrink.ts";

const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const u16 = (n: number) => [n >> 8, n & 255];
const le16 = (n: number) => [n & 255, n >> 8];
const le24 = (n: number) => [n & 255, (n >> 8) & 255, n >> 16];
const bytes = (...parts: (readonly number[] | string)[]): Bytes =>
  concat(...parts.map((part) => (typeof part === "string" ? utf8(part) : Uint8Array.from(part))));

const PNG_MAGIC = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
const png = (width: number, height: number) =>
  bytes(PNG_MAGIC, u32(13), "IHDR", u32(width), u32(height), [8, 6, 0, 0, 0], u32(0));
/** With a description of `extra` bytes before the size. */
const jpeg = (width: number, height: number, extra = 0) =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe0, ...u16(16)],
    "JFIF\0",
    [1, 1, 0, 0, 1, 0, 1, 0, 0],
    extra ? [0xff, 0xe1, ...u16(extra + 2), ...new Array<number>(extra).fill(7)] : [],
    [0xff, 0xc0, ...u16(17), 8, ...u16(height), ...u16(width), 3, 1, 34, 0, 2, 17, 1, 3, 17, 1],
  );
const webp = (width: number, height: number) =>
  bytes("RIFF", [30, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 16, 0, 0, 0], le24(width - 1), le24(height - 1));
const gif = (width: number, height: number) => bytes("GIF89a", le16(width), le16(height), [0x80, 0, 0]);
const MAKE = { png, jpeg, webp, gif } as const;
const KINDS = Object.keys(MAKE) as Kind[];

describe("[product 11] a file's kind", () => {
  test.each(KINDS)("%s is known by its first bytes", (kind) => {
    expect(kindOf(MAKE[kind](10, 10))).toBe(kind);
    for (let cut = 0; cut < 3; cut++) expect(kindOf(MAKE[kind](10, 10).subarray(0, cut))).toBeNull();
  });
  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    '\n  <?xml version="1.0"?>\n<!-- by hand --><svg\nwidth="3"/>',
    '\ufeff<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg>',
  ])("a drawing in text is known as one", (text) => {
    expect(kindOf(utf8(text))).toBe("svg");
  });
  test.each([
    "",
    "logo",
    "<html><svg></svg></html>",
    "%PDF-1.7",
    "BM",
    "II*\0",
    "RIFF1234WAVE",
    "<?xml?><plist/>",
  ])("“%s” is none", (text) => {
    expect(kindOf(utf8(text))).toBeNull();
  });
});

describe("[product 11] the size a header names", () => {
  test.each(KINDS)("%s", (kind) => {
    const property = fc.property(
      fc.integer({ min: 1, max: 16_000 }),
      fc.integer({ min: 1, max: 16_000 }),
      (w, h) => {
        expect(dimensionsOf(kind, MAKE[kind](w, h))).toEqual({ width: w, height: h });
      },
    );
    fc.assert(property);
  });
  test("of a JPEG stands behind its descriptions", () => {
    expect(dimensionsOf("jpeg", jpeg(800, 600, 60_000))).toEqual({ width: 800, height: 600 });
  });
  test.each(KINDS)("of a %s that is cut, or has no width, is none", (kind) => {
    expect(dimensionsOf(kind, MAKE[kind](10, 10).subarray(0, 8))).toBeNull();
    if (kind !== "webp") expect(dimensionsOf(kind, MAKE[kind](0, 10))).toBeNull();
  });
  test.each(FUZZ_SEEDS)("junk is none or a size, in no time (FUZZ_SEED=%d)", (seed) => {
    const roll = dice(seed);
    const good = [png(30, 20), jpeg(800, 600, 300), webp(64, 64), gif(12, 9)];
    const start = performance.now();
    for (let step = fuzzSteps(600); step > 0; step--) {
      const one = junk(roll, good);
      for (const kind of KINDS) {
        const size = dimensionsOf(kind, one);
        if (size) expect(size.width > 0 && size.height > 0).toBe(true);
      }
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
  test("a JPEG of four megabytes that never comes to its size costs less than two seconds", () => {
    const endless = new Uint8Array(4 * 1024 * 1024);
    endless.set([0xff, 0xd8, 0xff, 0xe0]);
    const start = performance.now();
    expect(dimensionsOf("jpeg", endless)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("[product 11] files that are refused before anything is drawn", () => {
  const file = (...parts: BlobPart[]) => new Blob(parts);
  test.each([
    ["large", file(new Uint8Array(FILE_BYTES_MAX + 1))],
    ["empty", file()],
    ["svg", file("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")],
    ["kind", file("this is a letter")],
    ["pixels", file(png(50_000, 50_000))],
    ["pixels", file(png(PIXELS_MAX + 1, 1))],
    ["broken", file(bytes(PNG_MAGIC))],
  ] as const)("%s", async (fault, blob) => {
    expect(await choose(blob)).toBe(fault);
  });
});

describe("[product 11] fitting", () => {
  const room = { width: 1280, height: 720 };
  test.each([
    [1280, 720, 1280, 720],
    [300, 100, 300, 100],
    [1, 1, 1, 1],
    [2560, 720, 1280, 360],
    [1281, 720, 1280, 719],
    [1000, 7200, 100, 720],
    [40_000, 1, 1280, 1],
  ])("%d × %d becomes %d × %d", (width, height, w, h) => {
    expect(fitInto({ width, height }, room)).toEqual({ width: w, height: h });
  });
  test("nothing ever grows, and nothing vanishes", () => {
    const side = fc.integer({ min: 1, max: 60_000 });
    const property = fc.property(side, side, (width, height) => {
      const size = fitInto({ width, height }, room);
      expect(size.width).toBeLessThanOrEqual(Math.min(width, 1280));
      expect(size.height).toBeLessThanOrEqual(Math.min(height, 720));
      expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
    });
    fc.assert(property);
  });
});

describe("[product 11] writing in so many bytes", () => {
  const asked: string[] = [];
  /** A PNG takes four bytes a pixel, WebP its quality of them. */
  const encode: Encode = async ({ width, height }, { type, quality = 4 }) => {
    asked.push(`${type} ${quality} ${width}`);
    return { bytes: new Uint8Array(Math.round(width * height * quality)), type };
  };
  const size = { width: 400, height: 100 };
  test("as PNG where that fits, to the byte", async () => {
    expect(await shrink(size, encode, 160_000)).toMatchObject({ ...size, type: "image/png" });
    expect(await shrink(size, encode, 159_999)).toMatchObject({ ...size, type: "image/webp" });
  });
  test("then with a little loss, and only then with fewer pixels", async () => {
    asked.length = 0;
    const got = await shrink(size, encode, 20_000);
    expect(asked.slice(0, 5)).toEqual([
      "image/png 4 400",
      "image/webp 0.92 400",
      "image/webp 0.8 400",
      "image/webp 0.6 400",
      "image/png 4 320",
    ]);
    expect(got).toMatchObject({ width: 320, height: 80, type: "image/webp" });
    expect(got?.bytes.length).toBeLessThanOrEqual(20_000);
  });
  test("a browser that writes no WebP gets a smaller PNG", async () => {
    const onlyPng: Encode = async (wanted) => encode(wanted, { type: "image/png" });
    const got = await shrink(size, onlyPng, 20_000);
    expect(got?.type).toBe("image/png");
    expect(got?.bytes.length).toBeLessThanOrEqual(20_000);
  });
  test("ends where nothing helps", async () => {
    const stubborn: Encode = async (_, { type }) => ({ bytes: new Uint8Array(500), type });
    expect(await shrink(size, stubborn, 499)).toBeNull();
  });
});

describe("[product 11] how it will stand on the dark", () => {
  const of = (...pixels: number[][]) => lookOf(pixels.flat());
  const CLEAR = [0, 0, 0, 0];
  test.each([
    ["dark ink on nothing", [[20, 40, 30, 255], CLEAR], { clear: true, dark: true }],
    ["white ink on nothing", [[255, 255, 255, 255], CLEAR], { clear: true, dark: false }],
    [
      "dark on white",
      [
        [0, 0, 0, 255],
        [255, 255, 255, 255],
      ],
      { clear: false, dark: false },
    ],
    ["dark all over", [[0, 0, 0, 255]], { clear: false, dark: false }],
    ["nothing at all", [CLEAR], { clear: true, dark: false }],
  ])("%s", (_, pixels, look) => {
    expect(of(...pixels)).toEqual(look);
  });
});
