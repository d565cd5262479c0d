/** What a client's page shows of the practice when the server lies about it: nothing, without an error (TP1 §2.9). */
import { beforeAll, describe, expect, test } from "bun:test";
import { newLogoKey, sealBrand, sealLogo } from "../../wasm/brand.ts";
import { linkKeys, newLinkSecret } from "../../wasm/link.ts";
import { ready } from "../../wasm/sodium.ts";
import { type Brand, LOGO_BYTES_MAX } from "../../wire/brand.ts";
import { type Bytes, base64url, concat } from "../../wire/bytes.ts";
import type { LogoId } from "../../wire/ids.ts";
import { brandOfLink, pictureOf } from "./shown.ts";

beforeAll(ready);

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);
const answering = (answer: () => Response | Promise<Response>) => {
  const asked: string[] = [];
  return {
    asked,
    ask: async (path: string) => {
      asked.push(path);
      return await answer();
    },
  };
};
const json = (value: unknown) => () => new Response(JSON.stringify(value));
const status = (code: number) => () => new Response("{}", { status: code });
const offline = () => Promise.reject(new TypeError("offline"));

function made() {
  const { rid, brand: key } = linkKeys(newLinkSecret());
  const logo = {
    id: "4e".repeat(16) as LogoId,
    key: newLogoKey(),
    type: "image/png",
    width: 3,
    height: 2,
  } as const;
  const brand: Brand = { v: 1, logo, name: null, imprint: null, locale: "de" };
  return { rid, key, logo, brand, box: sealBrand(key, rid, brand) };
}

describe("[TP1 2.9] the brand of a link", () => {
  test("is asked for by its handle and opened by its key", async () => {
    const { rid, key, brand, box } = made();
    const { ask, asked } = answering(json({ box: base64url(box) }));
    expect(await brandOfLink({ rid, key }, ask)).toEqual(brand);
    expect(asked).toEqual([`/api/brand/${rid}`]);
  });
  test("that is missing, away, swapped or damaged is not shown", async () => {
    const { rid, key, box } = made();
    const foreign = made();
    const cases = [
      ["none", status(404)],
      ["away", status(429)],
      ["away", status(500)],
      ["away", offline],
      ["damaged", json({ box: base64url(foreign.box) })],
      ["damaged", json({ box: base64url(sealBrand(key, foreign.rid, foreign.brand)) })],
      ["damaged", json({ box: base64url(box.subarray(1)) })],
      ["damaged", json({ box: "!" })],
      ["damaged", json({})],
      ["damaged", json(null)],
      ["damaged", () => new Response("<html>proxy</html>")],
      ["damaged", () => new Response("x".repeat(5000))],
    ] as const;
    for (const [why, answer] of cases)
      expect(await brandOfLink({ rid, key }, answering(answer).ask)).toBe(why);
  });
});

describe("[TP1 2.9] the picture", () => {
  const logo = { id: "4e".repeat(16) as LogoId, width: 3, height: 2 };
  const sealed = (picture: Bytes, type: "image/png" | "image/webp" = "image/png") => {
    const named = { ...logo, key: newLogoKey(), type };
    return { named, box: sealLogo(named.key, logo.id, picture) };
  };
  test("is a blob of the type that was said, and of no other", async () => {
    const picture = concat(PNG, new Uint8Array(500));
    const { named, box } = sealed(picture);
    const { ask, asked } = answering(() => new Response(box));
    const blob = await pictureOf(named, ask);
    if (typeof blob === "string") throw new Error(blob);
    expect([blob.type, blob.size, asked]).toEqual(["image/png", 508, [`/api/logo/${logo.id}`]]);
  });
  test("of its largest size is shown, a byte more is not even read on", async () => {
    const whole = sealed(concat(PNG, new Uint8Array(LOGO_BYTES_MAX - PNG.length)));
    const blob = await pictureOf(whole.named, answering(() => new Response(whole.box)).ask);
    expect(typeof blob === "string" ? blob : blob.size).toBe(LOGO_BYTES_MAX);
    let pulled = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            pulled += 1;
            controller.enqueue(new Uint8Array(64 * 1024));
          },
        }),
      );
    expect(await pictureOf(whole.named, answering(endless).ask)).toBe("damaged");
    expect(pulled).toBeLessThan(10);
  });
  test.each([
    ["another kind than was said", JPEG],
    [
      "a drawing that could hold a program",
      new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ["nothing", new Uint8Array(0)],
  ])("%s is not shown", async (_, content) => {
    const { named, box } = sealed(concat(content));
    expect(await pictureOf(named, answering(() => new Response(box)).ask)).toBe("damaged");
  });
  test("of another id or key, missing or away is not shown", async () => {
    const { named, box } = sealed(concat(PNG));
    const other = { ...named, id: "5f".repeat(16) as LogoId };
    expect(await pictureOf(other, answering(() => new Response(box)).ask)).toBe("damaged");
    const another = { ...named, key: newLogoKey() };
    expect(await pictureOf(another, answering(() => new Response(box)).ask)).toBe("damaged");
    expect(await pictureOf(named, answering(status(404)).ask)).toBe("none");
    expect(await pictureOf(named, answering(offline).ask)).toBe("away");
  });
});
