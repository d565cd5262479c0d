/** Every decoder of this folder under seeded junk (TP1 §3.2): nothing but our own errors comes out, nothing hangs. A failure prints
 * its seed; `FUZZ_SEED=…` runs one, `FUZZ_STEPS=…` makes it longer. */
import { expect, test } from "bun:test";
import { type Bytes, concat, fromHex } from "../wire/bytes.ts";
import { FRAME_MAX_BYTES, readHeader, STREAM } from "../wire/frame.ts";
import type { ItemId } from "../wire/ids.ts";
import type { UserName } from "../wire/names.ts";
import { decodeSealed, toClient, toTherapist } from "../wire/sealed.ts";
import { claimOf, readCodeM1, readCodeM2, readCodeM3 } from "./code-messages.ts";
import { openItem, openManifest, openPage } from "./item.ts";
import { parseLink } from "./link.ts";
import { readM1, readM2, readM3, readM4 } from "./messages.ts";
import { Opener } from "./opener.ts";
import { newCodePair, newPair, shakeByCode, shakeHands } from "./pair.ts";
import { parseRecovery } from "./recovery.ts";
import { keysOfEpoch } from "./roster.ts";
import { Sealer } from "./sealer.ts";
import { ready } from "./sodium.ts";
import { reasonOf } from "./tamper.ts";
import vectors from "./vectors.json";
import { unwrapKey } from "./wrap.ts";

await ready();

/** Seeds that failed once, then some at random. */
const SEEDS = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [1, ...Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 32))];
const STEPS = Number(process.env.FUZZ_STEPS ?? 150);

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
  page: (bytes) => openPage(key, account, bytes),
  wrap: (bytes) => unwrapKey(bytes, key, { account, kind: "pw" }),
  link: (bytes) => parseLink(new TextDecoder().decode(bytes)),
  recovery: (bytes) => parseRecovery(new TextDecoder().decode(bytes)),
};

/** mulberry32: the same junk again from the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Random, truncated, changed, lengthened, deep, with a wrong epoch or a far counter. */
function junk(roll: (below: number) => number): Bytes {
  const bytes = (size: number) => Uint8Array.from({ length: size }, () => roll(256));
  const one = (good[roll(good.length)] ?? new Uint8Array(0)).slice();
  const kinds: readonly (() => Bytes)[] = [
    () => bytes(roll(1_600)),
    () => one.slice(0, roll(one.length)),
    () => concat(one, bytes(1 + roll(40))),
    () => new Uint8Array(1 + roll(1_500)).fill(0x91),
    () => concat(new Uint8Array(roll(700)).fill([0x81, 0x92, 0xdc, 0xdf][roll(4)] ?? 0), bytes(8)),
    () => concat(one.slice(0, 2), bytes(1), one.slice(3)),
    () => concat(one.slice(0, 4), new Uint8Array([127, 255, 255, roll(256)]), one.slice(8)),
  ];
  if (roll(3) > 0) return (kinds[roll(kinds.length)] ?? (() => one))();
  for (let times = 1 + roll(4); times > 0; times--) one[roll(one.length)] = roll(256);
  return one;
}

test.each(SEEDS)("junk gives a reason or nothing, never another error (FUZZ_SEED=%d)", (seed) => {
  const roll = dice(seed);
  const opener = new Opener();
  opener.install(keysFor(hostPid), 0);
  for (let step = 0; step < STEPS; step++) {
    const bytes = junk(roll);
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
