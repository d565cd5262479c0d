/** The header of a sealed frame: both ways, and everything that is not one (TP1 §2.7, A6). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { concat, hex } from "./bytes.ts";
import {
  CTR_MAX,
  FRAME_MAX_BYTES,
  FRAME_OVERHEAD_BYTES,
  type FrameHeader,
  kindOf,
  readHeader,
  STREAM,
  writeHeader,
} from "./frame.ts";

const bits = (count: number) => fc.nat(2 ** count - 1);
const headers: fc.Arbitrary<FrameHeader> = fc.record({
  kind: fc.constantFrom("audio", "video", "screen", "data"),
  key: fc.boolean(),
  discardable: fc.boolean(),
  slot: bits(4),
  stream: bits(4),
  rv: bits(8),
  temporal: bits(3),
  spatial: bits(2),
  ctr: bits(31),
});
const one: FrameHeader = {
  kind: "video",
  key: true,
  discardable: false,
  slot: 3,
  stream: 2,
  rv: 2,
  temporal: 1,
  spatial: 0,
  ctr: 7,
};
const frameOf = (header: Uint8Array, size = FRAME_OVERHEAD_BYTES) =>
  concat(header, new Uint8Array(size - header.length));

describe("[TP1 2.7] the header", () => {
  test("has the drawn bytes", () => {
    expect(hex(writeHeader(one))).toBe("5832022000000007");
    expect(hex(writeHeader({ ...one, kind: "data", key: false, discardable: true, ctr: CTR_MAX - 1 }))).toBe(
      "723202207fffffff",
    );
  });
  test("is read as it was written", () => {
    fc.assert(
      fc.property(headers, (header) => expect(readHeader(frameOf(writeHeader(header)))).toEqual(header)),
    );
  });
  test("reserved bits, another version and a counter of 32 bits are refused", () => {
    const header = writeHeader(one);
    const bad = [
      [0, 0x80],
      [0, 0x04],
      [0, 0x01],
      [3, 0x04],
      [3, 0x02],
      [3, 0x01],
      [4, 0x80],
    ] as const;
    for (const [at, bit] of bad) {
      const changed = header.slice();
      changed[at] = (changed[at] ?? 0) ^ bit;
      expect(readHeader(frameOf(changed))).toBeNull();
    }
  });
  test("[A6] nobody needs `end`: its bit is reserved", () => {
    expect(readHeader(frameOf(new Uint8Array([0x44, 0, 0, 0, 0, 0, 0, 0])))).toBeNull();
  });
  test("24 bytes to 1 MiB, not one less and not one more", () => {
    const header = writeHeader(one);
    expect(readHeader(frameOf(header).subarray(0, 23))).toBeNull();
    expect(readHeader(frameOf(header))).not.toBeNull();
    expect(readHeader(frameOf(header, FRAME_MAX_BYTES))).not.toBeNull();
    expect(readHeader(frameOf(header, FRAME_MAX_BYTES + 1))).toBeNull();
  });
  test("fields that do not fit are refused, not cut", () => {
    const bad = [
      { slot: 16 },
      { stream: 16 },
      { rv: 256 },
      { temporal: 8 },
      { spatial: 4 },
      { ctr: CTR_MAX },
    ];
    for (const field of [...bad, { ctr: -1 }]) {
      expect(() => writeHeader({ ...one, ...field })).toThrow(RangeError);
    }
  });
  test("anything is read without an error", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void readHeader(bytes)));
  });
});

test("[A6] a stream fixes its kind", () => {
  const kinds = Object.values(STREAM).map(kindOf);
  expect(kinds).toEqual(["audio", "video", "video", "video", "screen", "audio", "data"]);
  expect([6, 13, 14, 16].map(kindOf)).toEqual([null, null, null, null]);
});
