/** Every byte of M1 to M4 counts, and no input gives another error than ours (TP1 §3.2, A4). */
import { describe, expect, test } from "bun:test";
import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { type Bytes, lv } from "../wire/bytes.ts";
import { Identity } from "./identity.ts";
import { type Flight, newPair, type Pair, shakeHands } from "./pair.ts";
import { ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();

/** Thousands of handshakes: seconds on a busy machine. */
const SLOW_MS = 60_000;
const NAMES = ["m1", "m2", "m3", "m4"] as const;
const SIZES = { m1: 56, m2: 176, m3: 138, m4: 64 };

/** One handshake in which one message arrives as `change` makes it. */
function withChanged(name: keyof Flight, change: (message: Bytes) => Uint8Array, pair: Pair = newPair()) {
  return reasonOf(() => shakeHands(pair, (at, message) => (at === name ? change(message) : message)));
}

describe("[TP1 3.2] every changed byte is noticed", () => {
  test.each(NAMES)(
    "no flipped bit of %s goes through",
    (name) => {
      for (let bit = 0; bit < SIZES[name] * 8; bit++) {
        expect(withChanged(name, (message) => flipped(message, bit))).not.toBe("nothing");
      }
    },
    SLOW_MS,
  );
  test.each(NAMES)("no cut or lengthened %s goes through", (name) => {
    for (let length = 0; length < SIZES[name]; length++) {
      expect(withChanged(name, (message) => message.subarray(0, length))).toBe("format");
    }
    expect(withChanged(name, (message) => Uint8Array.from([...message, 0]))).toBe("format");
  });
  test(
    "both sides agree if and only if every byte agrees",
    () => {
      const bits = fc.record({ name: fc.constantFrom(...NAMES), bits: fc.array(fc.nat(8 * 56 - 1)) });
      const property = fc.property(bits, ({ name, bits: at }) => {
        const change = (message: Bytes) => at.reduce(flipped, message);
        const same = change(new Uint8Array(56)).every((byte) => byte === 0);
        expect(withChanged(name, change) === "nothing").toBe(same);
      });
      fc.assert(property, { numRuns: 300 });
    },
    SLOW_MS,
  );
});

describe("[TP1 3.2] input from anywhere", () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.jsonValue().map((value) => encode(value)),
    fc
      .tuple(fc.constantFrom(1, 2, "1"), fc.constantFrom("K", "A"), fc.uint8Array(), fc.uint8Array())
      .map((value) => encode(value)),
    fc.tuple(fc.uint8Array(), fc.uint8Array({ minLength: 64, maxLength: 64 })).map((value) => encode(value)),
  );
  test.each(NAMES)("as %s gives a reason, never another error", (name) => {
    const property = fc.property(anything, (bytes) => {
      expect(withChanged(name, () => bytes as Bytes)).not.toBe("nothing");
    });
    fc.assert(property, { numRuns: 200 });
  });
  test("more than 512 bytes are not even decoded", () => {
    const ofSize = (size: number) =>
      encode([2, "K", new Uint8Array(250), new Uint8Array(size - 258)]) as Bytes;
    expect(ofSize(512).length).toBe(512);
    expect(withChanged("m1", () => ofSize(512))).toBe("version");
    expect(withChanged("m1", () => ofSize(513))).toBe("format");
  });
  test.each(["m1", "m4"] as const)("a %s of another version is named", (name) => {
    const next = (message: Bytes) => {
      const value = decode(message) as unknown[];
      return encode([2, ...value.slice(1)]) as Bytes;
    };
    expect(withChanged(name, next)).toBe("version");
  });
  test("another spelling of M1 is another transcript: signature", () => {
    // The first bin 8 becomes a bin 16: the same value in one byte more.
    const respelled = (message: Bytes) =>
      Uint8Array.from([...message.subarray(0, 4), 0xc5, 0, ...message.subarray(5)]);
    expect(decode(respelled(newPair().client.m1))).toBeArrayOfSize(4);
    expect(withChanged("m1", respelled)).toBe("signature");
  });
});

describe("[A4] the link path stays the link path", () => {
  const core = (message: Bytes) => decode(message) as unknown[];
  test("points of the code path are refused on both sides", () => {
    const { client, therapist } = newPair();
    const [core2] = core(therapist.onM1(client.m1).m2) as [Bytes];
    const pointed = encode([...core(core2).slice(0, 5), [new Uint8Array(32)]]) as Bytes;
    const signed = new Identity(new Uint8Array(32).fill(1)).sign(lv("tp1 hello", client.m1, pointed));
    expect(reasonOf(() => client.onM2(encode([pointed, signed])))).toBe("format");
    const withPoint = (message: Bytes) => {
      const [core3, proofs] = core(message) as [Bytes, unknown];
      return encode([encode([...core(core3).slice(0, 4), new Uint8Array(32)]), proofs]) as Bytes;
    };
    expect(withChanged("m3", withPoint)).toBe("format");
  });
  test("M3 carries exactly one proof", () => {
    const [none, two] = [0, 2].map((count) =>
      withChanged("m3", (message) => {
        const [core3, [proof]] = core(message) as [Bytes, [unknown]];
        return encode([core3, Array.from({ length: count }, () => proof)]) as Bytes;
      }),
    );
    expect([none, two]).toEqual(["format", "format"]);
  });
});
