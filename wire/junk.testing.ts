/** Seeded junk for fuzz tests: the same again from the same seed. Random, truncated, changed, lengthened, spliced, deep, with lengths
 * that lie, and good messages with one value changed. `FUZZ_SEED=…` runs one seed, `FUZZ_STEPS=…` makes it longer. */
import { decode, encode } from "@msgpack/msgpack";
import { type Bytes, concat } from "./bytes.ts";

/** A whole number below the given one. */
export type Roll = (below: number) => number;

/** The first one always, then some at random; a failing test prints its seed. */
export const FUZZ_SEEDS: readonly number[] = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [1, ...Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 32))];

/** How many rounds a seed runs where a plain test run takes `plain`. */
export function fuzzSteps(plain: number): number {
  return Number(process.env.FUZZ_STEPS ?? plain);
}

/** mulberry32. */
export function dice(seed: number): Roll {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One of them. */
export function oneOf<T>(roll: Roll, all: readonly T[]): T {
  return all[roll(all.length)] as T;
}

/** `size` random bytes. */
export function randomJunk(roll: Roll, size: number): Bytes {
  return Uint8Array.from({ length: size }, () => roll(256));
}

/** Heads of msgpack that promise more than follows: lists, maps, texts and bytes of up to 4 GiB. */
const LIES = [0xdc, 0xdd, 0xde, 0xdf, 0xda, 0xdb, 0xc5, 0xc6, 0xc9];

function lie(roll: Roll): Bytes {
  const size = oneOf(roll, [
    [0xff, 0xff, 0xff, 0xff],
    [0, 0, 0xff, 0xff],
    [0, 0x98, 0x96, 0x80],
    [0, 1, 0x86, 0x9f],
  ]);
  return Uint8Array.from([oneOf(roll, LIES), ...size]);
}

const WORDS = [
  "",
  "t",
  "v",
  "hello",
  "relay",
  "epoch",
  "text",
  "piece",
  "ack",
  "__proto__",
  "constructor",
  "\u0000",
  "ä".repeat(80),
];

/** Any value that msgpack can carry, at most `depth` deep. */
export function anyValue(roll: Roll, depth = 3): unknown {
  const kinds: readonly (() => unknown)[] = [
    () => null,
    () => roll(2) === 0,
    () =>
      oneOf(roll, [
        0,
        1,
        -1,
        15,
        16,
        255,
        256,
        2 ** 31,
        2 ** 32,
        2 ** 53,
        0.5,
        Number.NaN,
        Number.POSITIVE_INFINITY,
      ]),
    () => oneOf(roll, WORDS),
    () => randomJunk(roll, oneOf(roll, [0, 1, 8, 15, 16, 17, 24, 32, 33, 64, 300])),
    () =>
      Array.from({ length: 6 }, () => "0123456789abcdef"[roll(16)])
        .join("")
        .repeat(6)
        .slice(0, 32),
    () => new Date(roll(2 ** 31)),
    () => Array.from({ length: roll(5) }, () => anyValue(roll, depth - 1)),
    () =>
      Object.fromEntries(
        Array.from({ length: roll(4) }, () => [oneOf(roll, WORDS.slice(1, 9)), anyValue(roll, depth - 1)]),
      ),
  ];
  return oneOf(roll, depth > 0 ? kinds : kinds.slice(0, 7))();
}

/** The value with one thing in it changed, missing or too many. */
export function changedValue(roll: Roll, value: unknown): unknown {
  if (Array.isArray(value) && roll(4) > 0) {
    const out = [...value];
    const at = roll(out.length + 1);
    if (at === out.length || roll(3) === 0) out.splice(at, roll(2), anyValue(roll));
    else out[at] = changedValue(roll, out[at]);
    return out;
  }
  const isMap =
    typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Date);
  if (!isMap || roll(6) === 0) return anyValue(roll);
  const entries = Object.entries(value);
  const at = roll(entries.length + 1);
  const [name, old] = entries[at] ?? [oneOf(roll, WORDS.slice(1, 9)), null];
  if (roll(6) === 0) return Object.fromEntries(entries.filter((_, i) => i !== at));
  return Object.fromEntries([...entries, [name, changedValue(roll, old)]]);
}

function rewritten(roll: Roll, bytes: Bytes): Bytes {
  try {
    return encode(changedValue(roll, decode(bytes))) as Bytes;
  } catch {
    return bytes;
  }
}

function flippedSome(roll: Roll, bytes: Bytes): Bytes {
  const out = bytes.slice();
  for (let times = 1 + roll(4); times > 0; times--) out[roll(out.length)] = roll(256);
  return out;
}

/** Bytes that are none of ours, or almost: made from `good` ones. `longest` bounds what is made from nothing. */
export function junk(roll: Roll, good: readonly Bytes[], longest = 1_600): Bytes {
  const one = oneOf(roll, good);
  const kinds: readonly (() => Bytes)[] = [
    () => randomJunk(roll, roll(longest)),
    () => one.slice(0, roll(one.length)),
    () => concat(one, randomJunk(roll, 1 + roll(40))),
    () => concat(one.slice(0, roll(one.length)), oneOf(roll, good).slice(roll(one.length))),
    () => new Uint8Array(1 + roll(longest)).fill(0x91),
    () => concat(...Array.from({ length: 1 + roll(longest / 5) }, () => lie(roll))),
    () => concat(one.slice(0, roll(one.length)), lie(roll), randomJunk(roll, roll(9))),
    () => encode(anyValue(roll)) as Bytes,
    () => flippedSome(roll, one),
    () => flippedSome(roll, one),
    () => rewritten(roll, one),
    () => rewritten(roll, one),
    () => rewritten(roll, one),
  ];
  return oneOf(roll, kinds)();
}
