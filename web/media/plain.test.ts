/** The plain of a picture frame (PROTOCOL.md "Relay: plain of frames"): written, read, and everything that is none. */
import { expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { concat, hex, utf8 } from "../../wire/bytes.ts";
import { packPicture, unpackPicture } from "./plain.ts";

const meta = { ts: 1_234_567, dep: 2, w: 640, h: 360 };

test("to the byte", () => {
  const plain = packPicture(meta, utf8("chunk"));
  expect(hex(plain)).toBe(`1884a27473ce0012d687a364657002a177cd0280a168cd0168${hex(utf8("chunk"))}`);
  expect(unpackPicture(plain)).toEqual({ meta, chunk: utf8("chunk") });
});

test("a capture time of days, a turned picture and the codec of a key frame come through", () => {
  const full = { ...meta, ts: 1e12, dur: 33_333, dep: 0, codec: "vp8", rot: 90 };
  expect(unpackPicture(packPicture(full, utf8("x")))?.meta).toEqual(full);
});

test("what is none is refused, and never throws", () => {
  const wrong = [
    { ...meta, ts: -1 },
    { ...meta, dep: 1.5 },
    { ...meta, w: 0 },
    { ...meta, h: 8_193 },
    { ...meta, codec: "av01" },
    { ...meta, rot: 45 },
    { dep: 0, w: 2, h: 2 },
    [1, 2, 3],
    null,
  ];
  for (const one of wrong) {
    const packed = encode(one);
    expect(unpackPicture(concat(new Uint8Array([packed.length]), packed, utf8("x")))).toBeNull();
  }
  expect(unpackPicture(new Uint8Array(0))).toBeNull();
  expect(unpackPicture(packPicture(meta, new Uint8Array(0)))).toBeNull();
  const anything = fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
    unpackPicture(bytes);
  });
  fc.assert(anything, { numRuns: 2_000 });
});
