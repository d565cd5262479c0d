/** The bar of a microphone: silence is nothing, speech is in the middle, too loud is full. */
import { expect, test } from "bun:test";
import { barOf, earOf, heardIn } from "./ear.ts";
import { FakeTrack } from "./testing/fake-devices.ts";

const tone = (volume: number) => Float32Array.from({ length: 1024 }, (_, at) => volume * Math.sin(at / 7));
const bar = (samples: Float32Array) => barOf(heardIn(samples).volume);

test("silence and no samples are zero, full scale is one, and louder is always more", () => {
  expect(bar(new Float32Array(1024))).toBe(0);
  expect(bar(new Float32Array(0))).toBe(0);
  expect(bar(tone(1))).toBe(1);
  const rising = [0.002, 0.01, 0.05, 0.2].map((volume) => bar(tone(volume)));
  expect(rising).toEqual([...rising].sort((one, other) => one - other));
  expect(new Set(rising).size).toBe(rising.length);
});

test("quiet speech moves the bar to where it is seen", () => {
  expect(bar(tone(0.03))).toBeGreaterThan(0.4);
  expect(bar(tone(0.03))).toBeLessThan(0.8);
});

test("a browser that can make nothing of the track keeps neither a copy nor a context", () => {
  let isOpen = false;
  class Refusing {
    constructor() {
      isOpen = true;
    }
    close = async () => {
      isOpen = false;
    };
  }
  const { AudioContext: before } = globalThis;
  Object.assign(globalThis, { AudioContext: Refusing });
  const track = new FakeTrack("audio", "mic");
  const ear = earOf(track.real);
  Object.assign(globalThis, { AudioContext: before });
  expect([ear.hear(), isOpen, track.clones.map(({ readyState }) => readyState)]).toEqual([
    null,
    false,
    ["ended"],
  ]);
});
