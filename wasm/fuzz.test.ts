/** Every decoder of this folder under seeded junk (TP1 §3.2): nothing but our own errors comes out, nothing hangs. A failure prints
 * its seed; `FUZZ_SEED=…` repeats it. */
import { expect, test } from "bun:test";
import { type Bytes, concat, fromHex, utf8 } from "../wire/bytes.ts";
import { FRAME_MAX_BYTES, readHeader, STREAM } from "../wire/frame.ts";
import type { ItemId, LogoId, Rid } from "../wire/ids.ts";
import { dice, FUZZ_SEEDS, fuzzSteps, junk, oneOf, type Roll, randomJunk } from "../wire/junk.testing.ts";
import type { UserName } from "../wire/names.ts";
import { decodeSealed, encodeSealed, toClient, toTherapist } from "../wire/sealed.ts";
import { openBrand, openLogo, sealBrand, sealLogo } from "./brand.ts";
import { claimOf, readCodeM1, readCodeM2, readCodeM3 } from "./code-messages.ts";
import { deviceOpen, deviceSeal } from "./device.ts";
import { EpochMember } from "./epoch-member.ts";
import { openItem, openManifest, openPage, sealItem, sealManifest } from "./item.ts";
import { formatLink, parseLink } from "./link.ts";
import { readM1, readM2, readM3, readM4 } from "./messages.ts";
import { Opener } from "./opener.ts";
import { newCodePair, newPair, shakeByCode, shakeHands } from "./pair.ts";
import { formatRecovery, parseRecovery } from "./recovery.ts";
import { keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { ready } from "./sodium.ts";
import { reasonOf } from "./tamper.ts";
import vectors from "./vectors.json";
import { unwrapKey, wrapKey } from "./wrap.ts";

await ready();

const STEPS = fuzzSteps(150);

const account = "praxis-1" as UserName;
const key = new Uint8Array(32).fill(5);
const item = { account, id: "0".repeat(32) as ItemId, version: 1 };
const [byLink, byCode] = [shakeHands(newPair()), shakeByCode(newCodePair())];
const [hostPid, pid, csid] = [1, 2, 3].map((value) => new Uint8Array(16).fill(value)) as [
  Bytes,
  Bytes,
  Bytes,
];
const roster = [hostPid, pid].map((one, slot) => ({ pid: one, slot, name: "" }));
const keysFor = (who: Bytes) => keysOfEpoch({ csid, rv: 7, secret: key.slice(), roster }, who);
const sealer = new Sealer({ pid, slot: 1 });
sealer.use(keysFor(pid));
const frames = [STREAM.microphone, STREAM.camera0, STREAM.data].map((stream) => sealer.seal(stream, key));
const good: readonly Bytes[] = [
  ...Object.values(byLink.flight),
  ...Object.values(byCode.flight),
  ...frames,
  sealItem(key, item, key),
  sealManifest(key, { account, counter: 1 }, key),
  sealBrand(key, "1".repeat(32) as Rid, { v: 1, logo: null, name: "Praxis", imprint: null, locale: "de" }),
  sealLogo(key, "2".repeat(32) as LogoId, key),
  wrapKey(key, key, { account, kind: "pw" }),
  deviceSeal(key, { account, sessionHalf: key, deviceHalf: key }),
  utf8(formatLink("https://praxis.example", pid, csid)),
  utf8(formatRecovery(new Uint8Array(20).fill(9))),
  fromHex(vectors.code_hs.M2),
];

/** All that reads bytes from outside. */
const READERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  claimOf,
  readM1,
  readM2,
  readM3,
  readM4,
  readCodeM1,
  readCodeM2,
  readCodeM3: (bytes) => readCodeM3(bytes, 4),
  readHeader,
  sealedToClient: (bytes) => decodeSealed(toClient, bytes),
  sealedToTherapist: (bytes) => decodeSealed(toTherapist, bytes),
  channel: (bytes) => shakeHands(newPair()).atClient.channel.open(bytes),
  item: (bytes) => openItem(key, item, bytes),
  manifest: (bytes) => openManifest(key, { account, counter: 1 }, bytes),
  brand: (bytes) => openBrand(key, "1".repeat(32) as Rid, bytes),
  logo: (bytes) => openLogo(key, "2".repeat(32) as LogoId, bytes),
  page: (bytes) => openPage(key, account, bytes),
  device: (bytes) => deviceOpen(bytes, { account, sessionHalf: key, deviceHalf: key }),
  wrap: (bytes) => unwrapKey(bytes, key, { account, kind: "pw" }),
  link: (bytes) => parseLink(new TextDecoder().decode(bytes)),
  recovery: (bytes) => parseRecovery(new TextDecoder().decode(bytes)),
};

/** Here also: frames with a wrong epoch or a far counter. */
function anyJunk(roll: Roll): Bytes {
  const one = oneOf(roll, good).slice();
  if (roll(8) === 0) return concat(one.slice(0, 2), randomJunk(roll, 1), one.slice(3));
  if (roll(8) === 0) return concat(one.slice(0, 4), new Uint8Array([127, 255, 255, roll(256)]), one.slice(8));
  return junk(roll, good);
}

test.each(FUZZ_SEEDS)("junk gives a reason or nothing, never another error (FUZZ_SEED=%d)", (seed) => {
  const roll = dice(seed);
  const opener = new Opener();
  opener.install(keysFor(hostPid), 0);
  for (let step = 0; step < STEPS; step++) {
    const bytes = anyJunk(roll);
    for (const read of Object.values(READERS)) reasonOf(() => read(bytes));
    const opened = opener.open(bytes, step);
    const whole = frames.some((frame) => Buffer.from(frame).equals(bytes));
    expect(typeof opened === "object" && !whole).toBe(false);
  }
});

test("a frame of ten megabytes and msgpack a thousand deep are refused before they cost anything", () => {
  const start = process.cpuUsage();
  const opener = new Opener();
  const huge = new Uint8Array(10 * FRAME_MAX_BYTES).fill(0x40);
  for (let i = 0; i < 1_000; i++) expect(opener.open(huge, i)).toBe("header");
  const deep = new Uint8Array(1_000).fill(0x91);
  for (const read of [readCodeM1, readCodeM2, claimOf]) expect(reasonOf(() => read(deep))).toBe("format");
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
});

/** Two handshakes each. Higher: a long run takes ten minutes here alone. Lower: it sees less than other decoders do. */
const HANDSHAKES_MAX = 2_000;

/** What each side of a handshake makes of junk in the place of any message: a reason word, and nothing of it a second time. */
test.each(FUZZ_SEEDS)("junk in a handshake ends it with a reason (FUZZ_SEED=%d)", (seed) => {
  const roll = dice(seed);
  for (let step = Math.min(fuzzSteps(60), HANDSHAKES_MAX); step > 0; step--) {
    const [at, bad] = [oneOf(roll, ["m1", "m2", "m3", "m4"] as const), junk(roll, good)];
    const between = (name: string, message: Bytes) => (name === at ? bad : message);
    for (const run of [() => shakeHands(newPair(), between), () => shakeByCode(newCodePair(), between)]) {
      // made from another run, so it cannot be the true one by chance
      expect(reasonOf(run)).not.toBe("nothing");
    }
  }
});

/** Epochs as a hostile host page may send them: whatever is taken over is a roster with us in it, and nothing throws. */
test.each(FUZZ_SEEDS)("junk as an epoch is refused by name (FUZZ_SEED=%d)", (seed) => {
  const roll = dice(seed);
  const bytes = (size: number) => randomJunk(roll, size);
  const pids = [pid, hostPid, bytes(16), bytes(16)];
  for (let step = fuzzSteps(300); step > 0; step--) {
    const member = new EpochMember();
    const handshake = member.admitted({ pid, slot: 1 });
    const people = Array.from({ length: roll(5) }, () => ({
      slot: roll(4),
      pid: oneOf(roll, pids),
      name: "",
    }));
    const sent = encodeSealed({ t: "epoch", csid, rv: roll(2 ** 31), secret: bytes(32), roster: people });
    const epoch = decodeSealed(toClient, roll(2) === 0 ? sent : junk(roll, [sent]));
    if (epoch?.t !== "epoch") continue;
    const taken = member.accept(epoch, handshake);
    expect(epoch.secret).toEqual(new Uint8Array(32));
    if (typeof taken === "string") continue;
    expect([taken.own.slot, taken.others.some(({ slot }) => slot === 0)]).toEqual([1, true]);
    expect(new Set(taken.others.map(({ slot }) => slot)).size).toBe(taken.others.length);
  }
});
