/** Who is shown as speaking: a voice above its own quiet for a moment; not a cough, a fan, or whoever pauses for breath. */
import { expect, test } from "bun:test";
import { Speaker } from "./speaker.ts";

/** Levels every 100 ms; one list of levels for each slot. */
function heard(voices: Record<number, readonly number[]>, speaker = new Speaker()) {
  const length = Math.max(...Object.values(voices).map((levels) => levels.length));
  const shown: (number | null)[] = [];
  for (let i = 0; i < length; i++) {
    const levels = Object.entries(voices).map(([slot, each]) => ({
      slot: Number(slot),
      level: each[i] ?? 0,
    }));
    shown.push(speaker.hear(levels, i * 100));
  }
  return shown;
}
const steady = (level: number, count: number) => new Array<number>(count).fill(level);

test("nobody before somebody has spoken for 300 ms", () => {
  expect(heard({ 1: steady(0.2, 5) })).toEqual([null, null, null, 1, 1]);
  expect(heard({ 1: [0.2, 0.2, 0, 0, 0] }).at(-1)).toBe(null);
});

test("whoever speaks on keeps the picture while another interrupts; after 300 ms of silence the other has it", () => {
  const shown = heard({
    1: [...steady(0.2, 10), ...steady(0, 10)],
    2: [...steady(0, 6), ...steady(0.3, 14)],
  });
  expect(shown[9]).toBe(1);
  expect(shown.at(-1)).toBe(2);
});

test("a pause for breath moves nothing, and neither does silence of all", () => {
  const shown = heard({ 1: [...steady(0.2, 5), ...steady(0, 30)], 2: steady(0.005, 35) });
  expect(new Set(shown.slice(3))).toEqual(new Set([1]));
});

test("a fan is not a voice for long", () => {
  const speaker = new Speaker();
  heard({ 3: steady(0.05, 600) }, speaker);
  const shown = heard({ 3: steady(0.05, 10), 1: steady(0.3, 10) }, speaker);
  expect(shown.at(-1)).toBe(1);
});

test("whoever has left speaks no more", () => {
  const speaker = new Speaker();
  heard({ 1: steady(0.2, 5) }, speaker);
  speaker.forget(1);
  expect(speaker.slot).toBe(null);
});
