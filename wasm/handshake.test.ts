import { expect, test } from "bun:test";
import { fromHex, hex } from "../wire/bytes.ts";
import { ClientHandshake } from "./client.ts";
import { Identity } from "./identity.ts";
import { linkKeys } from "./link.ts";
import { ready } from "./sodium.ts";
import { TherapistHandshake } from "./therapist.ts";
import v from "./vectors.json";

await ready();
test("quick", () => {
  const queue =
    (...h: string[]) =>
    () =>
      fromHex(h.shift() ?? "");
  const identity = new Identity(fromHex(v.id_seed));
  const { rid, psk } = linkKeys(fromHex(v.L));
  const c = new ClientHandshake({ rid, psk, fingerprint: identity.fingerprint }, queue(v.eC_sk, v.nC));
  const t = new TherapistHandshake(
    { identity, linkKeyOf: (r) => (r === rid ? psk : null) },
    queue(v.eT_sk, v.nT),
  );
  expect(hex(c.m1)).toBe(v.link_hs.M1);
  const { m2 } = t.onM1(c.m1);
  expect(hex(m2)).toBe(v.link_hs.M2);
  const m3 = c.onM2(m2);
  const { m4, established } = t.onM3(m3);
  const e = c.onM4(m4);
  expect([c.m1, m2, m3, m4].map((m) => m.length)).toEqual([56, 176, 138, 64]);
  expect(hex(e.th)).toBe(v.link_hs.th);
  expect(hex(e.pid)).toBe(v.link_hs.pid);
  expect([...e.sas]).toEqual(v.link_hs.sas);
  expect(established.sas).toEqual(e.sas);
  expect(established.channel.open(e.channel.seal(fromHex("0102"))).payload).toEqual(fromHex("0102"));
});
