/** Shorter and longer by whole periods, no clicks, and not too often. */
import { expect, test } from "bun:test";
import { rms, Stretch } from "./stretch.ts";

const tone = (count: number, hertz = 200) =>
  Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / 48_000));
const step = (samples: Float32Array) =>
  samples.reduce(
    (most, value, at) => Math.max(most, at === 0 ? 0 : Math.abs(value - (samples[at - 1] ?? 0))),
    0,
  );

test("a cut takes whole periods out, growing puts them in, and the tone stays a tone", () => {
  for (const how of ["cut", "grow"] as const) {
    const bent = new Stretch()[how](tone(960));
    const change = Math.abs(bent.length - 960);
    expect(change % 240).toBe(0);
    expect(change).toBeGreaterThan(0);
    expect(step(bent)).toBeLessThan(1.05 * step(tone(960)));
    expect(rms(bent)).toBeCloseTo(rms(tone(960)), 2);
  }
});

test("of a voice at most a tenth is touched", () => {
  const stretch = new Stretch();
  let out = 0;
  for (let i = 0; i < 50; i++) out += stretch.cut(tone(960)).length;
  const share = (50 * 960 - out) / (50 * 960);
  expect(share).toBeGreaterThan(0.05);
  expect(share).toBeLessThanOrEqual(0.11);
});

test("in silence 10 ms of every frame", () => {
  const stretch = new Stretch();
  for (let i = 0; i < 5; i++) {
    expect(stretch.cut(new Float32Array(960)).length).toBe(480);
    expect(stretch.grow(new Float32Array(960)).length).toBe(1_440);
  }
});

test("beginning and end are as they were, so that neighbours fit", () => {
  const sound = tone(960, 173);
  for (const bent of [new Stretch().cut(sound), new Stretch().grow(sound)]) {
    expect(bent[0]).toBeCloseTo(sound[0] ?? 9, 2);
    expect(bent.at(-1)).toBe(sound.at(-1));
  }
});
