/** CPace against the published vectors: draft-irtf-cfrg-cpace B.3 (group ristretto255, SHA-512), and TP1's own code path. */
import { expect, test } from "bun:test";
import { concat, fromHex, hex, utf8 } from "../wire/bytes.ts";
import { foldUserName, type NormalId, normalClientId, type UserName } from "../wire/names.ts";
import { CodeHandshake } from "./code-client.ts";
import { blindHalf, generatorFrom, iskOf, lvCat, newHalf, times } from "./cpace.ts";
import { randomBytes, ready } from "./sodium.ts";
import { reasonOf } from "./tamper.ts";
import vectors from "./vectors.json";

await ready();

const draft = {
  ci: "6f630b425f726573706f6e6465720b415f696e69746961746f72",
  sid: "7e4b4791d6a8ef019b936c79fb7f2c57",
  g: "a6fc82c3b8968fbb2e06fee81ca858586dea50d248f0c7ca6a18b0902a30b36b",
  ya: "da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08",
  Ya: "d40fb265a7abeaee7939d91a585fe59f7053f982c296ec413c624c669308f87a",
  yb: "d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d",
  Yb: "08bcf6e9777a9c313a3db6daa510f2d398403319c2341bd506a92e672eb7e307",
  K: "e22b1ef7788f661478f3cddd4c600774fc0f41e6b711569190ff88fa0e607e09",
  isk:
    "4c5469a16b2364c4b944ebc1a79e51d1674ad47db26e8718154f59faebfaa52d" +
    "8346f30aa58377117eb20d527f2cbc5c76381f7fd372e89df8239f87f2e02ed1",
};

/** `values` one after the other; a scalar is filled with zeros to the 64 bytes that a half draws. */
function drawing(...values: string[]) {
  return (length: number) => concat(fromHex(values.shift() ?? ""), new Uint8Array(length)).slice(0, length);
}

test("[TP1 3.1] the draft's generator, points, K and ISK (initiator first)", () => {
  const sid = fromHex(draft.sid);
  const g = generatorFrom(utf8("Password"), fromHex(draft.ci), sid);
  expect(hex(g)).toBe(draft.g);
  expect([hex(newHalf(g, drawing(draft.ya)).point), hex(newHalf(g, drawing(draft.yb)).point)]).toEqual([
    draft.Ya,
    draft.Yb,
  ]);
  const shared = times(fromHex(draft.ya), fromHex(draft.Yb));
  expect(hex(shared)).toBe(draft.K);
  expect(hex(times(fromHex(draft.yb), fromHex(draft.Ya)))).toBe(draft.K);
  const [a, b] = [
    { point: fromHex(draft.Ya), data: utf8("ADa") },
    { point: fromHex(draft.Yb), data: utf8("ADb") },
  ];
  expect(hex(iskOf(shared, sid, a, b))).toBe(draft.isk);
});

test("[TP1 3.1] a length from 128 on takes two bytes", () => {
  expect(hex(lvCat(new Uint8Array(127))).slice(0, 4)).toBe("7f00");
  expect(hex(lvCat(new Uint8Array(128))).slice(0, 6)).toBe("800100");
  expect(hex(lvCat("ab", ""))).toBe("02616200");
});

test("[TP1 2.3] a point of no code looks like any other, and is new each time", () => {
  const seen = Array.from({ length: 50 }, () => hex(blindHalf(randomBytes).point));
  expect(new Set(seen).size).toBe(50);
});

test("[TP1 2.3] bytes that are no point, and the identity: share", () => {
  for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(0xff), new Uint8Array(31)]) {
    expect(reasonOf(() => times(fromHex(draft.ya), bad))).toBe("share");
  }
});

test("[TP1 2.3] the published run by code: M1, core3, pid and words, to the byte", () => {
  const client = new CodeHandshake(
    {
      user: foldUserName("Praxis-1") as UserName,
      code: normalClientId(vectors.typed) as NormalId,
      pinned: null,
    },
    drawing(vectors.eC_sk, vectors.nC, vectors.yC),
  );
  expect(hex(client.m1)).toBe(vectors.code_hs.M1);
  const m3 = client.onM2(fromHex(vectors.code_hs.M2));
  expect(hex(m3)).toStartWith(`92c46a${vectors.code_hs.core3}92`);
});
