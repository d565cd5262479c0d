/** Every decoder of this folder under seeded junk (TP1 §3.2, issue "TP1 whole", bad input): none throws, none hands out what is not
 * exactly a message, and lengths that lie reserve no memory. A failure prints its seed; `FUZZ_SEED=…` repeats it. */
import { describe, expect, test } from "bun:test";
import { type Brand, decodeBrand, encodeBrand } from "./brand.ts";
import { type Bytes, fromBase64url, fromHex } from "./bytes.ts";
import { DATA_PLAIN_MAX_BYTES, type DataMessage, decodeData, encodeData } from "./data.ts";
import { readHeader, writeHeader } from "./frame.ts";
import { isId } from "./ids.ts";
import { anyValue, dice, FUZZ_SEEDS, fuzzSteps, junk, oneOf } from "./junk.testing.ts";
import { foldUserName, normalClientId, userNameOf } from "./names.ts";
import { CONTROL_MAX_BYTES, decodeControl, encodeControl, fromRelay, toRelay } from "./relay.ts";
import {
  decodeSealed,
  encodeSealed,
  type ToClient,
  type ToTherapist,
  toClient,
  toTherapist,
} from "./sealed.ts";
import {
  decodeSignal,
  encodeSignal,
  foreignVersion,
  MESSAGE_MAX_BYTES,
  toBrowser,
  toServer,
} from "./signal.ts";
import { SIGNAL_VERSION } from "./version.ts";

const bytes = (size: number) => new Uint8Array(size).fill(7);
const id = "0f".repeat(16) as never;
const v = SIGNAL_VERSION;
const ice = [{ urls: "turn:here:3478", username: "u", credential: "c" }];

const SIGNALS: readonly Bytes[] = [
  { t: "hello", v, rid: id },
  { t: "helloCode", v, user: "praxis.am-park" as never },
  { t: "resume", v, token: bytes(90) },
  { t: "relay", to: id, n: 3, ack: 2, data: bytes(50) },
  { t: "seat", peer: id, seat: id, slot: 3 },
].map((message) => encodeSignal(message as never));
const ANSWERS: readonly Bytes[] = [
  { t: "welcome", peer: id, token: bytes(90), resumed: false },
  { t: "at", node: "a" },
  { t: "door", state: "open", host: id, planned: null },
  { t: "relay", from: id, n: 3, ack: 2, data: bytes(50) },
  { t: "rooms", rooms: [{ room: id, clients: [[id]], closesAt: 1, call: null }] },
  { t: "seated", seat: id, ice },
].map((message) => encodeSignal(message as never));
const CLIENT: readonly ToTherapist[] = [
  { t: "join", known: bytes(32), label: "Mila", hide: false },
  { t: "sdp", type: "answer", sdp: "v=0\r\n" },
  { t: "ice", candidate: "candidate:1", mid: "0" },
  { t: "media", mic: true, cam: true, screen: false },
  { t: "quality", out: true, in: false, still: false },
  {
    t: "told",
    name: "Mila",
    card: { place: "Wien", phone: "1", contact: "Bo" },
    consent: { version: 2, accepted: true },
  },
  { t: "away", on: true },
  { t: "rated", id: 4, value: 10 },
  { t: "lines", board: 6 },
];
const LOGO = { id, key: bytes(32), type: "image/png", width: 300, height: 90 } as const;
const BRAND: Brand = { v: 1, logo: LOGO, name: "Praxis am Park", imprint: null, locale: "de" };
const THERAPIST: readonly ToClient[] = [
  { t: "admit", csid: bytes(16), mode: "direct", slot: 1, ds: null, words: "de" },
  { t: "epoch", csid: bytes(16), rv: 7, secret: bytes(32), roster: [{ slot: 0, pid: bytes(16), name: "T" }] },
  {
    t: "ask",
    name: true,
    card: false,
    consent: { version: 2, text: "Ich willige ein.", must: true },
    again: false,
  },
  { t: "link", url: "https://praxis.example/j#1" },
  { t: "reach", text: "Rufen Sie mich an: 01 234 56 78" },
  { t: "brand", brand: BRAND },
  {
    t: "tools",
    scale: { id: 4, question: "Wie fest?", shared: [1, 10] },
    breath: { id: 5, in: 4, hold: 2, out: 6, ms: 900 },
    board: { id: 6 },
  },
];
const DATA: readonly DataMessage[] = [
  { t: "text", id: bytes(8), text: "Grüß Gott" },
  { t: "file", id: bytes(8), name: "a.pdf", size: 9, hash: bytes(32) },
  { t: "piece", id: bytes(8), bytes: bytes(500) },
  { t: "got", id: bytes(8), whole: true },
  { t: "stroke", board: 1, of: 2, n: 9, at: 0, colour: 3, width: 1, points: bytes(40) },
  { t: "unstroke", board: 1, of: 2, n: 9 },
];
const heard = [{ slot: 3, stream: 1, ctr: 70_000, age: 12, frames: 9, bytes: 4_096 }];
const CONTROL: readonly Bytes[] = [
  encodeControl({ t: "view", wants: [{ slot: 2, screen: 0, height: 360, rank: 0 }] }),
  encodeControl({ t: "ack", at: 7, late: 9, heard }),
  encodeControl({ t: "want", streams: [{ stream: 2, kbps: 500 }] }),
  encodeControl({ t: "weak", slots: [1, 2], own: 1 }),
];

/** A decoder, good bytes for it, and the way back: what was read is written and read as the same again. */
type Reader = { good: readonly Bytes[]; read: (bytes: Bytes) => unknown; write: (message: never) => Bytes };
const sealed = [...CLIENT, ...THERAPIST].map((message) => encodeSealed(message));
const READERS: Readonly<Record<string, Reader>> = {
  "signal to the server": { good: SIGNALS, read: (one) => decodeSignal(toServer, one), write: encodeSignal },
  "signal to the browser": {
    good: ANSWERS,
    read: (one) => decodeSignal(toBrowser, one),
    write: encodeSignal,
  },
  "sealed to the therapist": {
    good: sealed,
    read: (one) => decodeSealed(toTherapist, one),
    write: encodeSealed,
  },
  "sealed to the client": { good: sealed, read: (one) => decodeSealed(toClient, one), write: encodeSealed },
  "a practice's brand": {
    good: [encodeBrand(BRAND), encodeBrand({ v: 1, logo: null, name: null, imprint: null, locale: "en" })],
    read: decodeBrand,
    write: encodeBrand,
  },
  "chat and files": { good: DATA.map(encodeData), read: decodeData, write: encodeData },
  "relay to the server": { good: CONTROL, read: (one) => decodeControl(toRelay, one), write: encodeControl },
  "relay to the browser": {
    good: CONTROL,
    read: (one) => decodeControl(fromRelay, one),
    write: encodeControl,
  },
};

for (const [name, { good, read, write }] of Object.entries(READERS)) {
  describe(`[bad input] ${name}`, () => {
    test("reads what is good", () => {
      expect(good.filter((one) => read(one) !== undefined).length).toBeGreaterThan(1);
    });
    test.each(FUZZ_SEEDS)("junk is nothing, or exactly a message (FUZZ_SEED=%d)", (seed) => {
      const roll = dice(seed);
      let taken = 0;
      for (let step = fuzzSteps(600); step > 0; step--) {
        const message = read(junk(roll, good));
        if (message === undefined) continue;
        taken += 1;
        expect(read(write(message as never))).toEqual(message);
      }
      // junk that never gets past the first look would test nothing
      expect(taken).toBeGreaterThan(0);
    });
  });
}

describe("[bad input] sizes", () => {
  test("more than a message may have is not even looked into", () => {
    const looked: string[] = [];
    const bait = (name: string, size: number) => {
      class Bait extends Uint8Array<ArrayBuffer> {
        override get buffer() {
          looked.push(name);
          return super.buffer;
        }
      }
      return new Bait(new ArrayBuffer(size)).fill(0x80);
    };
    const readers = {
      chat: [DATA_PLAIN_MAX_BYTES, decodeData],
      signal: [MESSAGE_MAX_BYTES, (one: Bytes) => decodeSignal(toServer, one)],
      relay: [CONTROL_MAX_BYTES, (one: Bytes) => decodeControl(toRelay, one)],
      version: [1_024, foreignVersion],
    } as const;
    for (const [name, [most, read]] of Object.entries(readers)) {
      looked.length = 0;
      expect(read(bait(name, most + 1))).toBeUndefined();
      expect(looked).toEqual([]);
      expect(read(bait(name, most))).toBeUndefined();
      expect(new Set(looked)).toEqual(new Set([name]));
    }
  });
  test("lists that promise millions reserve nothing, from a stranger's first message on", () => {
    const promise = [0xdd, 0, 1, 0x86, 0x9f]; // a list of 99,999: the longest that is laid out at once
    const nested = Uint8Array.from(Array.from({ length: 204 }, () => promise).flat());
    const readers = [
      foreignVersion,
      decodeData,
      (one: Bytes) => decodeSignal(toServer, one),
      (one: Bytes) => decodeSealed(toClient, one),
      (one: Bytes) => decodeControl(toRelay, Uint8Array.from([0x80, ...one])),
    ];
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    for (const read of readers) for (let i = 0; i < 5; i++) expect(read(nested)).toBeUndefined();
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });
  test("the longest message, as deep as it can be, is nothing", () => {
    for (const head of [0x91, 0x81, 0x9f, 0xdc]) {
      const deep = new Uint8Array(MESSAGE_MAX_BYTES).fill(head);
      expect(decodeSignal(toServer, deep)).toBeUndefined();
      expect(decodeSealed(toClient, deep)).toBeUndefined();
      expect(decodeData(deep.subarray(0, DATA_PLAIN_MAX_BYTES))).toBeUndefined();
      expect(foreignVersion(deep.subarray(0, 1_024))).toBeUndefined();
    }
  });
});

test.each(FUZZ_SEEDS)(
  "[bad input] frame headers: read as they were written, or not at all (FUZZ_SEED=%d)",
  (seed) => {
    const roll = dice(seed);
    const flags = { key: true, discardable: false, rv: 7, temporal: 1, spatial: 1 };
    const header = writeHeader({ kind: "video", slot: 3, stream: 2, ctr: 2 ** 31 - 1, ...flags });
    const frame = new Uint8Array(80);
    frame.set(header);
    for (let step = fuzzSteps(600); step > 0; step--) {
      const bad = junk(roll, [frame]);
      const got = readHeader(bad);
      if (got !== null) expect(writeHeader(got)).toEqual(bad.slice(0, 8));
    }
  },
);

test.each(FUZZ_SEEDS)(
  "[bad input] names and text forms: folded twice is folded once (FUZZ_SEED=%d)",
  (seed) => {
    const roll = dice(seed);
    const letters = [
      "a",
      "Z",
      "0",
      "O",
      "l",
      "ß",
      "İ",
      "ﬁ",
      "ΐ",
      " ",
      "-",
      ".",
      "\u0000",
      "\ud800",
      "👩‍👧",

      "ⅰ",
      "\u3000",
    ];
    for (let step = fuzzSteps(600); step > 0; step--) {
      const typed = Array.from({ length: roll(40) }, () => oneOf(roll, letters)).join("");
      const user = foldUserName(typed);
      expect(user === null || (userNameOf(user) === user && foldUserName(user) === user)).toBe(true);
      const code = normalClientId(typed);
      expect(code === null || [...code].length > 64 || normalClientId(code) === code).toBe(true);
      const value: unknown = anyValue(roll);
      const named: unknown = userNameOf(value);
      expect([isId(typed), named === undefined || named === value]).toEqual([false, true]);
      for (const read of [fromHex, fromBase64url]) {
        try {
          read(typed);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }
  },
);
