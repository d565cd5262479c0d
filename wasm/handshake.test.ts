/** What an honest handshake gives, and that its state is used up by the first message (TP1 §2.4, A4). */
import { describe, expect, test } from "bun:test";
import { utf8 } from "../wire/bytes.ts";
import { ClientHandshake } from "./client.ts";
import { Identity } from "./identity.ts";
import { linkKeys } from "./link.ts";
import { newPair, shakeHands } from "./pair.ts";
import { ready } from "./sodium.ts";
import { flipped, reasonOf } from "./tamper.ts";
import { TherapistHandshake } from "./therapist.ts";

await ready();

describe("[TP1 2.4] an honest run", () => {
  test("gives both sides the same pid, th and words, and a channel each way", () => {
    const { atClient, atTherapist } = shakeHands(newPair());
    expect(atClient.th).toEqual(atTherapist.th);
    expect(atClient.pid).toEqual(atTherapist.pid);
    expect(atClient.sas).toEqual(atTherapist.sas);
    expect(atTherapist.channel.open(atClient.channel.seal(utf8("knock"))).payload).toEqual(utf8("knock"));
    expect(atClient.channel.open(atTherapist.channel.seal(utf8("admit"))).payload).toEqual(utf8("admit"));
  });
  test("names the route before it proves it", () => {
    const { client, therapist } = newPair();
    expect(therapist.onM1(client.m1).rid).toBe(linkKeys(new Uint8Array(16).fill(2)).rid);
  });
  test("twice gives two pids: a transcript never comes again", () => {
    const runs = Array.from({ length: 50 }, () => shakeHands(newPair()).atClient);
    expect(new Set(runs.map(({ pid }) => pid.join())).size).toBe(50);
  });
  test("keeps its keys out of print", () => {
    const { client, therapist } = newPair();
    client.onM2(therapist.onM1(client.m1).m2);
    const shown = Bun.inspect(client, { depth: 9 }) + Bun.inspect(therapist, { depth: 9 });
    expect(shown).not.toContain("psk");
    expect(shown).not.toContain("secret");
    expect(Object.keys(client)).toEqual(["m1"]);
    expect(Object.keys(therapist)).toEqual([]);
  });
  test("leaves the caller's keys as they are", () => {
    const identity = new Identity(new Uint8Array(32).fill(1));
    const { rid, psk } = linkKeys(new Uint8Array(16).fill(2));
    const before = psk.slice();
    const client = new ClientHandshake({ rid, psk, fingerprint: identity.fingerprint });
    shakeHands({ client, therapist: new TherapistHandshake({ identity, linkKeyOf: () => psk }) });
    expect(psk).toEqual(before);
  });
});

describe("[A4] a handshake's state is used up by the first message, before any check", () => {
  test("a second M2 is dropped and the attempt goes on", () => {
    const { client, therapist } = newPair();
    const { m2 } = therapist.onM1(client.m1);
    const m3 = client.onM2(m2);
    expect(reasonOf(() => client.onM2(m2))).toBe("state");
    expect(client.onM4(therapist.onM3(m3).m4).channel.alive).toBe(true);
  });
  test("after a bad M2 the good one comes too late", () => {
    const { client, therapist } = newPair();
    const { m2 } = therapist.onM1(client.m1);
    expect(reasonOf(() => client.onM2(flipped(m2, 900)))).not.toBe("nothing");
    expect(reasonOf(() => client.onM2(m2))).toBe("state");
  });
  test("a second M3, good or bad, is dropped: one guess per M2", () => {
    const { client, therapist } = newPair();
    const m3 = client.onM2(therapist.onM1(client.m1).m2);
    expect(reasonOf(() => therapist.onM3(flipped(m3, 700)))).not.toBe("nothing");
    expect(reasonOf(() => therapist.onM3(m3))).toBe("state");
    expect(reasonOf(() => therapist.onM3(m3))).toBe("state");
  });
  test("garbage uses the state up too", () => {
    const { client, therapist } = newPair();
    const { m2 } = therapist.onM1(client.m1);
    const m3 = client.onM2(m2);
    expect(reasonOf(() => therapist.onM3(new Uint8Array(0)))).toBe("format");
    expect(reasonOf(() => therapist.onM3(m3))).toBe("state");
  });
  test("a second M1, a second M4 and messages before their time are dropped", () => {
    const { client, therapist } = newPair();
    expect(reasonOf(() => client.onM4(new Uint8Array(64)))).toBe("state");
    expect(reasonOf(() => therapist.onM3(new Uint8Array(138)))).toBe("state");
    const { m2 } = therapist.onM1(client.m1);
    expect(reasonOf(() => therapist.onM1(client.m1))).toBe("state");
    const { m4 } = therapist.onM3(client.onM2(m2));
    client.onM4(m4);
    expect(reasonOf(() => client.onM4(m4))).toBe("state");
  });
  test("after abort nothing is answered", () => {
    const { client, therapist } = newPair();
    const { m2 } = therapist.onM1(client.m1);
    const m3 = client.onM2(m2);
    client.abort();
    therapist.abort();
    therapist.abort();
    expect(reasonOf(() => therapist.onM3(m3))).toBe("state");
    expect(reasonOf(() => client.onM4(new Uint8Array(64)))).toBe("state");
    expect(reasonOf(() => client.onM2(m2))).toBe("state");
  });
});
