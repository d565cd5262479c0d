/** The way in by user name and code: what an honest run gives, that a wrong guess gives nothing, and that nothing can be tried
 * twice (TP1 §2.3, A4). */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { type Bytes, hex, utf8 } from "../wire/bytes.ts";
import { type NormalId, normalClientId, type UserName } from "../wire/names.ts";
import { CodeAnswer } from "./code-answer.ts";
import { CodeHandshake } from "./code-client.ts";
import { claimOf } from "./code-messages.ts";
import { Identity } from "./identity.ts";
import { newCodePair, newPair, shakeByCode } from "./pair.ts";
import { ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";

await ready();
// Seconds on a busy machine.
setDefaultTimeout(60_000);

const normal = (typed: string) => normalClientId(typed) as NormalId;
const pointsIn = (m2: Bytes) => (decode((decode(m2) as [Bytes])[0]) as unknown[])[5] as Bytes[];
const many = (count: number) => Array.from({ length: count }, (_, i) => `client ${i}`);

describe("[TP1 2.3] an honest run by code", () => {
  test("gives both sides the same pid, th and words, a channel, and whose code it was", () => {
    const { atClient, hit } = shakeByCode(newCodePair({ codes: ["anna", "bert"], typed: "Bert" }));
    expect(hit.ref).toBe("bert");
    expect(atClient.th).toEqual(hit.established.th);
    expect(atClient.pid).toEqual(hit.established.pid);
    expect(atClient.sas).toEqual(hit.established.sas);
    expect(atClient.fingerprint).toEqual(new Identity(new Uint8Array(32).fill(1)).fingerprint);
    expect(hit.established.channel.open(atClient.channel.seal(utf8("knock"))).payload).toEqual(utf8("knock"));
    expect(atClient.channel.open(hit.established.channel.seal(utf8("admit"))).payload).toEqual(utf8("admit"));
  });
  test("finds each of sixteen codes", () => {
    for (const typed of many(16)) {
      expect(shakeByCode(newCodePair({ codes: many(16), typed })).hit.ref).toBe(typed);
    }
    expect(() => newCodePair({ codes: many(17) })).toThrow(RangeError);
  });
  test.each([
    ["7KQ4M9TXC", "7kq4-m9tx-c"],
    ["OIL 10", "0il-l0"],
    ["Straße", "STRASSE"],
    ["ﬁn", "FIN"],
    ["ΐ", "Ϊ́"],
  ])("the code %s may be typed %s", (code, typed) => {
    expect(shakeByCode(newCodePair({ codes: [code], typed })).hit.ref).toBe(code);
  });
  test("claims its door before it proves it", () => {
    expect(claimOf(newCodePair().client.m1)).toEqual({ by: "code", user: "praxis-1" as UserName });
    expect(claimOf(newPair().client.m1)).toMatchObject({ by: "link" });
  });
});

describe("[A4] the therapist's answer", () => {
  test.each([
    [1, 4],
    [4, 4],
    [5, 8],
    [13, 16],
    [16, 16],
  ])("for %d open codes has %d points, all different", (open, padded) => {
    const { client, therapist } = newCodePair({ codes: many(open) });
    const points = pointsIn(therapist.onM1(client.m1)).map(hex);
    expect(new Set(points).size).toBe(padded);
  });
  test("has other points for the same codes each time", () => {
    const points = [1, 2].flatMap(() => {
      const { client, therapist } = newCodePair({ codes: many(4) });
      return pointsIn(therapist.onM1(client.m1)).map(hex);
    });
    expect(new Set(points).size).toBe(8);
  });
  test("is none where no code is open, or for another user name", () => {
    expect(
      reasonOf(() => newCodePair({ codes: [] }).therapist.onM1(newCodePair({ typed: "x" }).client.m1)),
    ).toBe("code");
    const stranger = newCodePair({ user: "praxis-2" }).client;
    expect(reasonOf(() => newCodePair().therapist.onM1(stranger.m1))).toBe("link");
    expect(reasonOf(() => newCodePair().therapist.onM1(newPair().client.m1))).toBe("format");
  });
});

describe("[TP1 3.3] a wrong code", () => {
  test("gives nothing to either side: code", () => {
    const { client, therapist } = newCodePair({ codes: ["anna", "bert"], typed: "carl" });
    const m3 = client.onM2(therapist.onM1(client.m1));
    expect(reasonOf(() => therapist.onM3(m3))).toBe("code");
  });
  test("the right code under another user name is another secret", () => {
    const keys = { identity: new Identity(new Uint8Array(32).fill(1)), user: "praxis-1" as UserName };
    const therapist = new CodeAnswer({ ...keys, codes: [{ code: normal("anna"), ref: 0 }] });
    const client = new CodeHandshake({ user: "praxis-2" as UserName, code: normal("anna"), pinned: null });
    // a lying server writes the asked name into M1; the client computes with the one that was typed
    const m1 = client.m1.slice();
    m1[m1.indexOf(0x32)] = 0x31;
    expect(reasonOf(() => client.onM2(therapist.onM1(m1)))).toBe("signature");
  });
  test("a server that poses as the therapist with sixteen guesses learns from its MACs only those guesses", () => {
    const { client } = newCodePair({ codes: ["4711"], typed: "4711" });
    const server = newCodePair({ seed: new Uint8Array(32).fill(9), codes: many(16) }).therapist;
    const m3 = client.onM2(server.onM1(client.m1));
    expect(reasonOf(() => server.onM3(m3))).toBe("code");
    expect(reasonOf(() => client.onM2(server.onM1(client.m1)))).toBe("state");
  });
  test("another therapist than the pinned one is refused before any proof leaves: identity", () => {
    const pinned = new Identity(new Uint8Array(32).fill(1)).fingerprint;
    const { client } = newCodePair({ pinned });
    const other = newCodePair({ seed: new Uint8Array(32).fill(9) }).therapist;
    expect(reasonOf(() => client.onM2(other.onM1(client.m1)))).toBe("identity");
    expect(shakeByCode(newCodePair({ pinned })).hit.ref).toBe("anna");
  });
});

test("[TP1 2.5] a share chosen after the other side's is refused, whoever knows the code: commit", () => {
  const late = newCodePair({ codes: ["anna"] });
  const other = late.client.onM2(late.therapist.onM1(late.client.m1));
  const answered = newCodePair();
  answered.therapist.onM1(answered.client.m1);
  expect(reasonOf(() => answered.therapist.onM3(other))).toBe("commit");
});

describe("[A4] a state is used up by the first message, before any check", () => {
  test("a second M2 is dropped and the attempt goes on", () => {
    const { client, therapist } = newCodePair();
    const m2 = therapist.onM1(client.m1);
    const m3 = client.onM2(m2);
    expect(reasonOf(() => client.onM2(m2))).toBe("state");
    expect(client.onM4(therapist.onM3(m3).m4).channel.alive).toBe(true);
  });
  test("a second and a third M3 are dropped: one guess per M2", () => {
    const { client, therapist } = newCodePair();
    const m3 = client.onM2(therapist.onM1(client.m1));
    expect(reasonOf(() => therapist.onM3(flipped(m3, 8 * 130)))).not.toBe("nothing");
    expect(reasonOf(() => therapist.onM3(m3))).toBe("state");
    expect(reasonOf(() => therapist.onM3(m3))).toBe("state");
  });
  test("a second M1, a second M4 and what comes after abort are dropped", () => {
    const { client, therapist } = newCodePair();
    const m2 = therapist.onM1(client.m1);
    expect(reasonOf(() => therapist.onM1(client.m1))).toBe("state");
    const m3 = client.onM2(m2);
    const { m4 } = therapist.onM3(m3);
    client.onM4(m4);
    expect(reasonOf(() => client.onM4(m4))).toBe("state");
    const given = newCodePair();
    const late = given.client.onM2(given.therapist.onM1(given.client.m1));
    given.client.abort();
    given.therapist.abort();
    expect(reasonOf(() => given.therapist.onM3(late))).toBe("state");
    expect(reasonOf(() => given.client.onM4(m4))).toBe("state");
  });
});

/** Thousands of handshakes: seconds on a busy machine. */
const SLOW_MS = 60_000;
const NAMES = ["m1", "m2", "m3", "m4"] as const;

/** One handshake in which one message arrives as `change` makes it. */
function withChanged(name: (typeof NAMES)[number], change: (message: Bytes) => Uint8Array) {
  return reasonOf(() =>
    shakeByCode(newCodePair(), (at, message) => (at === name ? change(message) : message)),
  );
}

describe("[TP1 3.2] every changed byte is noticed", () => {
  const { flight } = shakeByCode(newCodePair());
  test("sizes of the messages with one open code", () => {
    expect(NAMES.map((name) => flight[name].length)).toEqual([48, 312, 354, 64]);
  });
  test.each(NAMES)(
    "no flipped bit of %s goes through",
    (name) => {
      // The proofs of the three random points prove nothing to anybody: the last 3 × 61 bytes of M3 may change.
      const size = flight[name].length - (name === "m3" ? 3 * 61 : 0);
      for (let at = 0; at < size; at++) {
        expect(withChanged(name, (message) => flipped(message, at * 8 + (at % 8)))).not.toBe("nothing");
      }
    },
    SLOW_MS,
  );
  test.each(NAMES)(
    "anything as %s gives a reason, never another error",
    (name) => {
      const anything = fc.oneof(
        fc.uint8Array({ maxLength: 1600 }),
        fc.jsonValue().map((value) => encode(value)),
        fc
          .tuple(fc.uint8Array({ minLength: 1 }), fc.uint8Array({ minLength: 64, maxLength: 64 }))
          .map(encode),
      );
      const property = fc.property(anything, (bytes) => {
        expect(withChanged(name, () => bytes as Bytes)).not.toBe("nothing");
      });
      fc.assert(property, { numRuns: 60 });
    },
    SLOW_MS,
  );
  test("a point that is none, or the identity, is refused on both sides: share", () => {
    const withPoint = (message: Bytes, point: Uint8Array) => {
      const [core3, proofs] = decode(message) as [Bytes, unknown];
      const fields = (decode(core3) as unknown[]).slice(0, 4);
      return encode([encode([...fields, point]), proofs]) as Bytes;
    };
    for (const point of [new Uint8Array(32), new Uint8Array(32).fill(255)]) {
      expect(withChanged("m3", (message) => withPoint(message, point))).toBe("share");
    }
  });
  test("M3 carries one proof per candidate: format", () => {
    const cut = (message: Bytes) => {
      const [core3, proofs] = decode(message) as [Bytes, unknown[]];
      return encode([core3, proofs.slice(0, 3)]) as Bytes;
    };
    expect(withChanged("m3", cut)).toBe("format");
  });
  test("more than 1,536 bytes are not even decoded", () => {
    expect(withChanged("m2", () => new Uint8Array(1537))).toBe("format");
    const { m2, m3 } = shakeByCode(newCodePair({ codes: many(16) })).flight;
    expect([m2.length, m3.length]).toEqual([723, 1088]);
  });
});
