/** A server that plays one side of the handshake, or sits between (TP1 §3.3). */
import { describe, expect, test } from "bun:test";
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, fromHex, lv } from "../wire/bytes.ts";
import { ClientHandshake } from "./client.ts";
import { hash } from "./hash.ts";
import { Identity } from "./identity.ts";
import { isKnown, knownProof, newDeviceSecret } from "./known.ts";
import { linkKeys } from "./link.ts";
import { newCodePair, newPair, shakeByCode, shakeHands } from "./pair.ts";
import { randomBytes, ready, sodium } from "./sodium.ts";
import { reasonOf } from "./tamper.ts";
import type { TherapistHandshake } from "./therapist.ts";

await ready();

describe("[TP1 3.3] a server that plays one side", () => {
  test("knowing the link, it cannot play the therapist: identity", () => {
    const { client } = newPair();
    const fake = newPair({ seed: new Uint8Array(32).fill(9) }).therapist;
    expect(reasonOf(() => client.onM2(fake.onM1(client.m1).m2))).toBe("identity");
  });
  test("with the real identity key inside, it cannot sign: signature", () => {
    const { client, therapist } = newPair();
    const [core2] = decode(therapist.onM1(client.m1).m2) as [Bytes];
    const other = new Identity(new Uint8Array(32).fill(9));
    const m2 = encode([core2, other.sign(lv("tp1 hello", client.m1, core2))]);
    expect(reasonOf(() => client.onM2(m2))).toBe("signature");
  });
  test("an M2 to another M1 is worthless: signature", () => {
    const [one, other] = [newPair(), newPair()];
    const { m2 } = other.therapist.onM1(other.client.m1);
    expect(reasonOf(() => one.client.onM2(m2))).toBe("signature");
  });
  test("without the link it cannot play the client: mac", () => {
    const { therapist } = newPair();
    const identity = new Identity(new Uint8Array(32).fill(1));
    const { rid } = linkKeys(new Uint8Array(16).fill(2));
    const link = { rid, psk: new Uint8Array(32), fingerprint: identity.fingerprint };
    const client = new ClientHandshake(link);
    const m3 = client.onM2(therapist.onM1(client.m1).m2);
    expect(reasonOf(() => therapist.onM3(m3))).toBe("mac");
  });
  test("a rid that is not open is not answered: link", () => {
    const stranger = newPair({ secret: new Uint8Array(16).fill(7) }).client;
    expect(reasonOf(() => newPair().therapist.onM1(stranger.m1))).toBe("link");
  });
  test("an M4 of another run is worthless: mac", () => {
    const other = shakeHands(newPair()).flight;
    expect(reasonOf(() => shakeHands(newPair(), (at, message) => (at === "m4" ? other.m4 : message)))).toBe(
      "mac",
    );
  });
});

/** Plays the client with the link in hand, but reveals another share than it committed to. */
function lateChoice(therapist: TherapistHandshake) {
  const { rid, psk } = linkKeys(new Uint8Array(16).fill(2));
  const promised = new ClientHandshake({ rid, psk, fingerprint: randomBytes(16) });
  therapist.onM1(promised.m1);
  const share = sodium.crypto_scalarmult_base(randomBytes(32));
  const core3 = encode([1, "R", share, randomBytes(32), null]);
  return encode([core3, [[randomBytes(32), randomBytes(24)]]]);
}

/** A server that knows the code plays the therapist to the client (`right`) and the client to the therapist (`left`). */
function betweenByCode() {
  const honest = newCodePair({ codes: ["4711"] });
  const liar = newCodePair({ seed: new Uint8Array(32).fill(9), codes: ["4711"] });
  const right = shakeByCode({ client: honest.client, therapist: liar.therapist });
  const left = shakeByCode({ client: liar.client, therapist: honest.therapist });
  return { right: right.atClient, left: left.hit.established };
}

describe("[TP1 2.5] the four words", () => {
  test("a share chosen after the other side's is refused: commit", () => {
    const { therapist } = newPair();
    const m3 = lateChoice(therapist);
    expect(reasonOf(() => therapist.onM3(m3))).toBe("commit");
  });
  test("differ on both screens where somebody with link and identity key sits between", () => {
    const [toTherapist, toClient] = [newPair(), newPair()];
    const left = shakeHands(toTherapist).atTherapist;
    const right = shakeHands(toClient).atClient;
    expect(left.sas).not.toEqual(right.sas);
    expect(left.th).not.toEqual(right.th);
  });
  test("differ on both screens where somebody with the code sits between", () => {
    const { left, right } = betweenByCode();
    expect(left.sas).not.toEqual(right.sas);
    expect(left.pid).not.toEqual(right.pid);
    // it does read and write: the words, the pinned identity and the known device are what is left
    expect(right.fingerprint).not.toEqual(new Identity(new Uint8Array(32).fill(1)).fingerprint);
  });
  test("a known device's proof of one side is worth nothing on the other", () => {
    const ds = newDeviceSecret();
    const byCode = betweenByCode();
    expect(isKnown(knownProof(ds, byCode.right.th), ds, byCode.left.th)).toBe(false);
    const byLink = [newPair(), newPair()].map((pair) => shakeHands(pair).atClient.th) as [Bytes, Bytes];
    expect(isKnown(knownProof(ds, byLink[0]), ds, byLink[1])).toBe(false);
    expect(isKnown(knownProof(ds, byLink[0]), ds, byLink[0])).toBe(true);
  });
  test("are four numbers of ten bits, spread over the whole list", () => {
    const seen = Array.from({ length: 200 }, () => shakeHands(newPair()).atClient.sas).flat();
    expect(seen.every((n) => Number.isInteger(n) && n >= 0 && n < 1024)).toBe(true);
    expect(new Set(seen).size).toBeGreaterThan(450);
    for (const bit of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]) {
      const ones = seen.filter((n) => (n & bit) !== 0).length;
      expect(ones).toBeGreaterThan(300);
      expect(ones).toBeLessThan(500);
    }
  });
});

test("[TP1 3.2] each transcript has a pid of its own, by code as by link", () => {
  const runs = Array.from({ length: 30 }, () => [
    shakeByCode(newCodePair()).atClient,
    shakeHands(newPair()).atClient,
  ]).flat();
  expect(new Set(runs.map(({ pid }) => pid.join())).size).toBe(60);
  expect(new Set(runs.map(({ th }) => th.join())).size).toBe(60);
});

test("[TP1 2.4] a share of low order is refused: share", () => {
  const { therapist } = newPair();
  const { rid } = linkKeys(new Uint8Array(16).fill(2));
  const [zero, nonce] = [new Uint8Array(32), randomBytes(32)];
  const commit = hash(32, null, "tp1 commit", zero, nonce);
  therapist.onM1(encode([1, "K", fromHex(rid), commit]));
  const m3 = encode([encode([1, "R", zero, nonce, null]), [[randomBytes(32), randomBytes(24)]]]);
  expect(reasonOf(() => therapist.onM3(m3))).toBe("share");
});
