/** Vectors: RFC 5769 §2.1 to 2.3 (their FINGERPRINT covers every byte, so a typing error in them fails the first test). */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { fromHex, hex } from "../../wire/bytes.ts";
import { answerTo, REQUEST_MAX_BYTES, type Request, readRequest } from "./stun-message.ts";

const bytes = (text: string) => fromHex(text.replace(/\s/g, ""));
const TRANSACTION = "b7e7a701bc34d686fa87dfae";
const SAMPLE_REQUEST = bytes(`00010058 2112a442 ${TRANSACTION}
  80220010 5354554e207465737420636c69656e74  00240004 6e0001ff  80290008 932ff9b151263b36
  00060009 6576746a3a68367659202020  00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2  80280004 e57a3bcf`);
const SAMPLE_IPV4 = "0001a147e112a643";
const SAMPLE_IPV6 = "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9";
const PLAIN = bytes(`00010000 2112a442 ${TRANSACTION}`);

const request = (change: Partial<Request> = {}): Request => ({
  transaction: bytes(TRANSACTION),
  fingerprint: false,
  unknown: [],
  ...change,
});

describe("RFC 5769", () => {
  test("§2.1: the sample request is read, its fingerprint holds, PRIORITY is not for a plain STUN server", () => {
    const read = readRequest(SAMPLE_REQUEST);
    expect(read).toEqual(request({ fingerprint: true, unknown: [0x0024] }));
  });

  test.each([
    ["§2.2", "192.0.2.1", SAMPLE_IPV4],
    ["§2.2 in IPv6 clothes", "::ffff:192.0.2.1", SAMPLE_IPV4],
    ["§2.3", "2001:db8:1234:5678:11:2233:4455:6677", SAMPLE_IPV6],
    ["§2.3 with a zone", "2001:db8:1234:5678:11:2233:4455:6677%eth0", SAMPLE_IPV6],
  ])("%s: the mapped address of the sample response", (_name, address, wanted) => {
    expect(hex(answerTo(request(), address, 32853) ?? PLAIN)).toContain(
      `0020${wanted.length === 16 ? "0008" : "0014"}${wanted}`,
    );
  });
});

describe("answers", () => {
  test("a plain request is answered in 32 bytes (IPv4) and 44 (IPv6): header, one attribute, nothing of us", () => {
    const read = readRequest(PLAIN) ?? request();
    const four = answerTo(read, "192.0.2.1", 32853);
    expect(hex(four ?? PLAIN)).toBe(`0101000c2112a442${TRANSACTION}00200008${SAMPLE_IPV4}`);
    expect(answerTo(read, "::1", 1)).toHaveLength(44);
  });

  test("a request with FINGERPRINT gets one that holds", () => {
    const answer = answerTo(request({ fingerprint: true }), "192.0.2.1", 1) ?? PLAIN;
    const before = answer.subarray(0, answer.length - 8);
    const wanted = (Bun.hash.crc32(before) ^ 0x5354554e) >>> 0;
    expect(new DataView(answer.buffer).getUint32(answer.length - 4)).toBe(wanted);
  });

  test("attributes that must be understood and are not are named in error 420", () => {
    const answer = answerTo(request({ unknown: [0x0024, 0x7fff] }), "192.0.2.1", 1) ?? PLAIN;
    expect(hex(answer)).toBe(`011100102112a442${TRANSACTION}0009000400000414000a000400247fff`);
  });

  test("no answer to what is no address", () => {
    for (const no of ["", "here", "300.1.1.1", "1.2.3", "1::2::3", "::12345", "1:2:3:4:5:6:7:8:9", "1:2:3"]) {
      expect(answerTo(request(), no, 1)).toBeUndefined();
    }
  });
});

describe("what is not a request", () => {
  test.each([
    ["a response", bytes(`01010000 2112a442 ${TRANSACTION}`)],
    ["an indication", bytes(`00110000 2112a442 ${TRANSACTION}`)],
    ["another method", bytes(`00030000 2112a442 ${TRANSACTION}`)],
    ["RFC 3489 without cookie", bytes(`00010000 00000000 ${TRANSACTION}`)],
    ["a wrong length", bytes(`00010004 2112a442 ${TRANSACTION}`)],
    ["an attribute over the end", bytes(`00010004 2112a442 ${TRANSACTION} 80220004`)],
    ["a false fingerprint", bytes(`00010008 2112a442 ${TRANSACTION} 80280004 00000000`)],
    ["nothing", new Uint8Array()],
  ])("%s", (_name, datagram) => {
    expect(readRequest(datagram)).toBeUndefined();
  });

  test("548 bytes are read, 552 are not", () => {
    for (const [length, is] of [
      [REQUEST_MAX_BYTES, true],
      [REQUEST_MAX_BYTES + 4, false],
    ] as const) {
      const datagram = new Uint8Array(length);
      datagram.set(PLAIN);
      const view = new DataView(datagram.buffer);
      view.setUint16(2, length - 20);
      view.setUint16(20, 0x8022);
      view.setUint16(22, length - 24);
      expect(readRequest(datagram) !== undefined).toBe(is);
    }
  });
});

describe("fuzz", () => {
  const answered = (datagram: Uint8Array) => {
    const read = readRequest(datagram);
    return read && answerTo(read, "2001:db8::1", 40000);
  };

  test("random bytes never throw and are never answered with more than 2.2 times their bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (datagram) => {
        const answer = answered(datagram);
        return answer === undefined || answer.length <= datagram.length * 2.2;
      }),
    );
  });

  test("nor do requests with random attributes", () => {
    const attribute = fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(attribute, { maxLength: 12 }), (attributes) => {
        const body = attributes.flatMap(([type, value]) => [
          type >> 8,
          type & 255,
          0,
          value.length,
          ...value,
          ...new Array<number>(-value.length & 3).fill(0),
        ]);
        const datagram = new Uint8Array([...PLAIN, ...body]);
        new DataView(datagram.buffer).setUint16(2, body.length);
        const answer = answered(datagram);
        return answer === undefined || answer.length <= datagram.length * 2.2;
      }),
    );
  });

  test("one changed bit of the sample never throws", () => {
    for (let bit = 0; bit < SAMPLE_REQUEST.length * 8; bit++) {
      const changed = Uint8Array.from(SAMPLE_REQUEST);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => answered(changed)).not.toThrow();
    }
  });
});
