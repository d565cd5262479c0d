/** The published vectors (`vectors.json`): link path and vault. The code path is in `cpace.test.ts` and `verifier.test.ts`, frames in
 * `frames.test.ts`. */
import { expect, test } from "bun:test";
import { fromHex, hex, u32be } from "../wire/bytes.ts";
import type { UserName } from "../wire/names.ts";
import { hash } from "./hash.ts";
import { Identity } from "./identity.ts";
import { knownProof } from "./known.ts";
import { formatLink, linkKeys, parseLink } from "./link.ts";
import { newPair, shakeHands } from "./pair.ts";
import { passwordKeys } from "./password.ts";
import { ready } from "./sodium.ts";
import vectors from "./vectors.json";

await ready();

const seed = fromHex(vectors.id_seed);
const secret = fromHex(vectors.L);

function drawing(...values: string[]) {
  return () => fromHex(values.shift() ?? "");
}

test("[TP1 2.1] identity key and fingerprint", () => {
  const identity = new Identity(seed);
  expect(hex(identity.publicKey)).toBe(vectors.id_pk);
  expect(hex(identity.fingerprint)).toBe(vectors.fp);
});

test("[TP1 2.2] the keys of a link and its text, both ways", () => {
  const { rid, psk, brand } = linkKeys(secret);
  expect([rid as string, hex(psk), hex(brand)]).toEqual([vectors.rid, vectors.psk, vectors.brand]);
  const text = formatLink("", secret, fromHex(vectors.fp));
  expect(text).toBe(vectors.link);
  expect(parseLink(text)).toEqual({ secret, fingerprint: fromHex(vectors.fp), exposed: false });
});

test("[TP1 2.4] M1, M2, core3 and what both sides derive, to the byte", () => {
  const pair = newPair({
    seed,
    secret,
    clientRandom: drawing(vectors.eC_sk, vectors.nC),
    therapistRandom: drawing(vectors.eT_sk, vectors.nT),
  });
  const { atClient, atTherapist, flight } = shakeHands(pair);
  const { M1, M2, core3, th, pid, sas } = vectors.link_hs;
  expect([hex(flight.m1), hex(flight.m2)]).toEqual([M1, M2]);
  expect(hex(flight.m3)).toStartWith(`92c449${core3}`);
  expect(Object.values(flight).map((message) => message.length)).toEqual([56, 176, 138, 64]);
  for (const side of [atClient, atTherapist]) {
    expect([hex(side.th), hex(side.pid), [...side.sas]]).toEqual([th, pid, sas]);
  }
});

test("[TP1 2.5] the proof of a known device", () => {
  const deviceSecret = new Uint8Array(32).fill(6);
  expect(hex(knownProof(deviceSecret, new Uint8Array(32).fill(7)))).toBe(vectors.known);
});

test("[TP1 2.10] both keys of a password", () => {
  const { salt, argon_salt, ops, mem, auth, kek } = vectors.vault;
  const user = vectors.user as UserName;
  expect(hex(hash(16, null, "tp1 salt", user, fromHex(salt)))).toBe(argon_salt);
  const cost = { passes: ops, memoryBytes: mem };
  const keys = passwordKeys("correct horse battery staple", user, fromHex(salt), cost);
  expect([hex(keys.authKey), hex(keys.kek)]).toEqual([auth, kek]);
});

test("[TP1 2.0] fields are told apart by their lengths, labels by being first", () => {
  const one = hash(32, null, "tp1 th", "ab", "c");
  expect(hash(32, null, "tp1 th", "a", "bc")).not.toEqual(one);
  expect(hash(32, null, "tp1 ms", "ab", "c")).not.toEqual(one);
  expect(hash(32, u32be(0), "tp1 th", "ab", "c")).not.toEqual(one);
});
