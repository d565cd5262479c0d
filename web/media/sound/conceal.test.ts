/** Sound that is made up: whole periods, softer and softer, no clicks, and nothing for ever. */
import { expect, test } from "bun:test";
import { Concealer } from "./conceal.ts";
import { periodAt } from "./pitch.ts";
import { rms } from "./stretch.ts";

/** A voice-like sound: a tone with two overtones. */
const voice = (count: number, hertz = 150, from = 0) =>
  Float32Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * hertz * (from + i)) / 48_000;
    return 0.3 * Math.sin(turn) + 0.15 * Math.sin(2 * turn) + 0.05 * Math.sin(3 * turn);
  });
/** The largest step from one sample to the next. */
const step = (samples: Float32Array) =>
  samples.reduce(
    (most, value, at) => Math.max(most, at === 0 ? 0 : Math.abs(value - (samples[at - 1] ?? 0))),
    0,
  );

test("the period of a voice is found, in the middle of it and when it gets louder", () => {
  for (const hertz of [110, 150, 220, 390]) {
    const period = 48_000 / hertz;
    const found = periodAt(
      voice(1_200, hertz).map((value, i) => value * (1 + i / 2_000)),
      600,
    );
    const turns = Math.round(found / period);
    expect(Math.abs(found - turns * period)).toBeLessThanOrEqual(2);
  }
  expect(periodAt(new Float32Array(1_200), 600)).toBe(0);
});

test("a lost frame in a voice is hardly a difference", () => {
  const concealer = new Concealer();
  const whole = voice(960 * 5);
  concealer.hear(whole.slice(0, 960 * 3));
  const made = new Float32Array(960);
  concealer.speak(made);
  const error = made.map((value, i) => value - (whole[960 * 3 + i] ?? 0));
  expect(rms(error)).toBeLessThan(0.1 * rms(whole));
});

test("goes on and comes back without a click", () => {
  const concealer = new Concealer();
  const before = voice(960 * 3);
  concealer.hear(before);
  const made = new Float32Array(960 * 2);
  concealer.speak(made);
  // another place in the period: what comes back does not fit
  const after = voice(960, 150, 77);
  concealer.hear(after);
  const all = Float32Array.from([...before.slice(960), ...made, ...after]);
  expect(step(all)).toBeLessThan(1.5 * step(before));
});

test("what is made up begins where a voice that swells has got to", () => {
  const concealer = new Concealer();
  const before = voice(960 * 3, 170).map((value, i) => (value * i) / 2_880);
  concealer.hear(before);
  const made = new Float32Array(960);
  concealer.speak(made);
  expect(step(Float32Array.from([...before.slice(-100), ...made]))).toBeLessThan(1.2 * step(voice(960, 170)));
});

test("full for 20 ms, gone after 100", () => {
  const concealer = new Concealer();
  concealer.hear(voice(960 * 3));
  const made = new Float32Array(4_800 * 2);
  concealer.speak(made);
  expect(rms(made.subarray(0, 960))).toBeGreaterThan(0.9 * rms(voice(960)));
  expect(rms(made.subarray(2_400, 3_360))).toBeLessThan(0.7 * rms(voice(960)));
  expect(rms(made.subarray(4_800))).toBeLessThan(0.001);
});

test("after it the room's own noise, and after a second and a half nothing", () => {
  const concealer = new Concealer();
  let seed = 1;
  const noise = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return ((seed >>> 8) / 2 ** 24 - 0.5) * 0.01;
  };
  for (let i = 0; i < 200; i++) concealer.hear(new Float32Array(960).map(noise));
  const level = rms(new Float32Array(4_800).map(noise));
  concealer.speak(new Float32Array(9_600));
  const room = new Float32Array(4_800);
  concealer.speak(room);
  expect(rms(room)).toBeGreaterThan(0.3 * level);
  expect(rms(room)).toBeLessThan(2 * level);
  expect(concealer.silent).toBe(false);
  concealer.speak(new Float32Array(72_000));
  concealer.speak(room);
  expect(rms(room)).toBe(0);
  expect(concealer.silent).toBe(true);
});

test("in pieces of 128 the same as at once", () => {
  const [a, b] = [new Concealer(), new Concealer()];
  for (const each of [a, b]) each.hear(voice(960 * 3));
  const [whole, pieces] = [new Float32Array(1_280), new Float32Array(1_280)];
  a.speak(whole);
  for (let at = 0; at < 1_280; at += 128) b.speak(pieces, at, at + 128);
  expect(pieces).toEqual(whole);
  const [after, parts] = [voice(1_280), voice(1_280)];
  a.hear(after);
  for (let at = 0; at < 1_280; at += 128) b.hear(parts, at, at + 128);
  // what is learned of the room's noise differs by a breath
  expect(rms(parts.map((value, i) => value - (after[i] ?? 9)))).toBeLessThan(1e-5);
});

test("the first sound fades in over 5 ms", () => {
  const first = new Float32Array(960).fill(0.5);
  new Concealer().hear(first);
  expect(first[0]).toBe(0);
  expect(first[120]).toBeCloseTo(0.25);
  expect(first[240]).toBe(0.5);
});
