/** Items on streams and in datagrams: whole again at the other end, whatever pieces they came in. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { concat } from "./bytes.ts";
import { FRAME_MAX_BYTES } from "./frame.ts";
import { Cutter, DATAGRAM_MAX_BYTES, inDatagrams, ofDatagram, onStream } from "./hop.ts";

test("a stream cut anywhere gives the items back in their order", () => {
  const items = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(items, fc.array(fc.nat(500)), (sent, cuts) => {
      let rest: Uint8Array = concat(...sent.map(onStream));
      const cutter = new Cutter();
      const got: Uint8Array[] = [];
      for (const cut of [...cuts, rest.length]) {
        got.push(...(cutter.push(rest.slice(0, cut)) ?? []));
        rest = rest.slice(cut);
      }
      expect(got).toEqual(sent);
      expect(cutter.held).toBe(0);
    }),
  );
});

test("an item as long as the longest frame passes, one byte more is given up before it has come", () => {
  const longest = new Uint8Array(FRAME_MAX_BYTES).fill(7);
  expect(new Cutter().push(onStream(longest))).toEqual([longest]);
  expect(new Cutter().push(new Uint8Array([0, 0x10, 0, 1]))).toBeUndefined();
  expect(new Cutter().push(new Uint8Array(4))).toBeUndefined();
});

test("datagrams hold as many items as fit, in their order, and come apart again", () => {
  const sized = fc.array(fc.uint8Array({ minLength: 1, maxLength: 700 }), { maxLength: 12 });
  fc.assert(
    fc.property(sized, (items) => {
      const { datagrams, tooLong } = inDatagrams(items);
      expect(tooLong).toBe(0);
      expect(datagrams.every(({ length }) => length <= DATAGRAM_MAX_BYTES)).toBe(true);
      expect(datagrams.flatMap((one) => ofDatagram(one) ?? [])).toEqual(
        items.map((item) => Uint8Array.from(item)),
      );
    }),
  );
});

test("three sound frames of 366 B go in one; what fits in none is left out and counted", () => {
  const sound = new Uint8Array(364);
  expect(inDatagrams([sound, sound, sound]).datagrams).toHaveLength(1);
  const most = DATAGRAM_MAX_BYTES - 2;
  const { datagrams, tooLong } = inDatagrams([new Uint8Array(most + 1), new Uint8Array(most)]);
  expect([datagrams.length, datagrams[0]?.length, tooLong]).toEqual([1, DATAGRAM_MAX_BYTES, 1]);
});

test("a datagram that is too long, cut short or has an empty item is none", () => {
  expect(ofDatagram(new Uint8Array(DATAGRAM_MAX_BYTES + 1))).toBeUndefined();
  for (const bad of [[0], [0, 2, 1], [0, 0], [0, 1, 9, 0]])
    expect(ofDatagram(new Uint8Array(bad))).toBeUndefined();
  expect(ofDatagram(new Uint8Array())).toEqual([]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 1200 }), (bytes) => void ofDatagram(bytes)));
});

test("a stream that comes byte by byte, an item of many thousand, comes out whole", () => {
  const item = Uint8Array.from({ length: 5_000 }, (_, i) => i & 255);
  const cutter = new Cutter();
  const got = [...onStream(item), ...onStream(item)].flatMap((byte) => cutter.push(new Uint8Array([byte])));
  expect(got).toEqual([item, item]);
  expect(cutter.held).toBe(0);
});
