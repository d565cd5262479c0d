/** The person's edge over time: follows, does not flicker, has no steps. */
import { expect, test } from "bun:test";
import { Mask } from "./mask.ts";

const [WIDTH, HEIGHT] = [16, 9];
const half = (sure: number) =>
  new Float32Array(WIDTH * HEIGHT).map((_, i) => (i % WIDTH < WIDTH / 2 ? sure : 0));
const middle = (mask: Mask) => [...mask.solid.subarray(WIDTH * 4, WIDTH * 5)];

test("sure of a person is solid, sure of none is nothing, and between them is no step", () => {
  const mask = new Mask(WIDTH, HEIGHT);
  for (let frame = 0; frame < 10; frame++) mask.take(half(1));
  const row = middle(mask);
  expect(row.slice(1, 7)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(row.slice(9, 15)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(row.slice(7, 9)).toEqual([0.75, 0.25]);
});

test("one frame in which the model errs changes little; a person who has gone is gone after three", () => {
  const mask = new Mask(WIDTH, HEIGHT);
  for (let frame = 0; frame < 10; frame++) mask.take(half(1));
  mask.take(half(0.6));
  expect(middle(mask)[3]).toBeGreaterThan(0.9);
  for (let frame = 0; frame < 3; frame++) mask.take(half(0));
  expect(middle(mask)[3]).toBe(0);
});
