/** [A6] The plain of a sound frame: exact bytes, and a reader that takes nothing else. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hex } from "../../../wire/bytes.ts";
import { readSound, writeSound } from "./plain.ts";

/** CELT, 20 ms, one frame; SILK, 60 ms; CELT, three times 20 ms. */
const [TWENTY, SIXTY, THREE] = [0xf8, 0x58, 0xfb];
const packet = (first: number, size = 80, second = 3) =>
  new Uint8Array(size).fill(7).map((byte, at) => (at === 0 ? first : at === 1 ? second : byte));

describe("[A6] plain of a sound frame", () => {
  test("is 12, the meta, the packet", () => {
    const plain = writeSound({ captureUs: 0x0102030405, durationUs: 20_000, chunk: packet(TWENTY, 2) });
    expect(hex(plain)).toBe("0c" + "0000000102030405" + "00c8" + "0000" + "f803");
  });

  test("comes back as it was, at every step of the rate", () => {
    for (const [chunk, durationUs] of [
      [packet(TWENTY, 80), 20_000],
      [packet(TWENTY, 40), 20_000],
      [packet(SIXTY, 90), 60_000],
      [packet(THREE, 90), 60_000],
    ] as const) {
      const frame = { captureUs: 12_345_678_901, durationUs, chunk };
      expect(readSound(writeSound(frame))).toEqual(frame);
    }
  });

  test("one size for one rate, whatever the time says", () => {
    const size = (captureUs: number) =>
      writeSound({ captureUs, durationUs: 20_000, chunk: packet(TWENTY) }).length;
    expect(size(0)).toBe(93);
    expect(size(Number.MAX_SAFE_INTEGER)).toBe(93);
  });

  test("is refused when written outside its bounds", () => {
    const fine = { captureUs: 1, durationUs: 20_000, chunk: packet(TWENTY) };
    for (const wrong of [
      { captureUs: -1 },
      { captureUs: 0.5 },
      { captureUs: 2 ** 53 },
      { durationUs: 30_000 },
      { chunk: new Uint8Array(0) },
      { chunk: new Uint8Array(1_276) },
    ])
      expect(() => writeSound({ ...fine, ...wrong })).toThrow(RangeError);
  });

  test("is refused when read outside its bounds", () => {
    const good = writeSound({ captureUs: 1, durationUs: 20_000, chunk: packet(TWENTY) });
    const changed = (at: number, to: number) => good.map((byte, i) => (i === at ? to : byte));
    expect(readSound(good)).not.toBeNull();
    expect(readSound(good.subarray(0, 13))).toBeNull();
    expect(readSound(new Uint8Array([...good.subarray(0, 13), ...packet(TWENTY, 1_275)]))).not.toBeNull();
    expect(readSound(new Uint8Array([...good.subarray(0, 13), ...packet(TWENTY, 1_276)]))).toBeNull();
    for (const [at, to] of [
      [0, 11],
      [1, 0xff],
      [10, 0xc9],
      [11, 1],
      [12, 1],
      // the packet says 60 ms, the meta 20
      [13, SIXTY],
      // code 3 with 48 frames
      [13, THREE],
    ] as const)
      expect(readSound(changed(at, to))).toBeNull();
  });

  test("any bytes: read as a frame that writes the same bytes, or not at all", () => {
    const near = fc.tuple(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.uint8Array({ maxLength: 1_300 }));
    const head = near.map(([time, rest]) => new Uint8Array([12, 0, 0, ...time.subarray(2), ...rest]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 1_400 }), head), (bytes) => {
        const frame = readSound(bytes);
        return frame === null || hex(writeSound(frame)) === hex(bytes);
      }),
      { numRuns: 2_000 },
    );
  });
});
