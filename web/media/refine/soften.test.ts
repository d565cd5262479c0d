/** The background: nothing sharp is left of it, and the person does not shine into it. */
import { expect, test } from "bun:test";
import { Softener } from "./soften.ts";

const [WIDTH, HEIGHT] = [256, 144];
const pixels = (paint: (x: number, y: number) => readonly [number, number, number]) => {
  const all = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let i = 0; i < WIDTH * HEIGHT; i++) all.set([...paint(i % WIDTH, Math.floor(i / WIDTH)), 255], i * 4);
  return all;
};
const soften = (seen: Uint8ClampedArray, mask: Float32Array) => {
  const softener = new Softener(WIDTH, HEIGHT);
  const out = new Uint8ClampedArray(softener.width * softener.height * 4);
  softener.soften(seen, mask, out);
  return { out, at: (x: number, y: number) => out.slice((y * softener.width + x) * 4).slice(0, 4) };
};
const nobody = new Float32Array(WIDTH * HEIGHT);

test("one colour stays that colour, to the edges", () => {
  const { at } = soften(
    pixels(() => [200, 120, 40]),
    nobody,
  );
  for (const [x, y] of [
    [0, 0],
    [127, 71],
    [64, 36],
    [127, 0],
  ] as const)
    for (const [c, wanted] of [200, 120, 40, 255].entries())
      expect(Math.abs((at(x, y)[c] ?? 0) - wanted)).toBeLessThanOrEqual(1);
});

test("stripes as wide as letters are gone", () => {
  const { out } = soften(
    pixels((x) => (x % 8 < 4 ? [255, 255, 255] : [0, 0, 0])),
    nobody,
  );
  const spread = (reds: Uint8ClampedArray) => Math.max(...reds) - Math.min(...reds);
  const reds = out.filter((_, at) => at % 4 === 0);
  expect(spread(reds)).toBeLessThan(50);
  expect(spread(reds.filter((_, at) => at % 128 > 16 && at % 128 < 112))).toBeLessThan(10);
});

test("the person's colour does not shine into the background, and a person who fills the picture leaves no hole", () => {
  const person = new Float32Array(WIDTH * HEIGHT).map((_, i) => (i % WIDTH >= 128 ? 1 : 0));
  const seen = pixels((x) => (x >= 128 ? [255, 0, 0] : [0, 0, 255]));
  const { at } = soften(seen, person);
  expect(at(62, 36)[0]).toBeLessThan(10);
  expect(at(62, 36)[2]).toBeGreaterThan(240);
  const { at: full } = soften(seen, new Float32Array(WIDTH * HEIGHT).fill(1));
  expect(full(100, 36)[0]).toBeGreaterThan(240);
  expect(full(100, 36)[3]).toBe(255);
});
