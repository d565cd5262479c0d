/** Tiles are as large as they can be, whatever the window. */
import { expect, test } from "bun:test";
import { columnsOf } from "./grid.ts";

test.each([
  [1, 1280, 720, 1],
  [2, 1280, 720, 2],
  [2, 390, 844, 1],
  [3, 1280, 720, 2],
  [3, 390, 844, 1],
  [4, 1280, 720, 2],
  [5, 1280, 720, 3],
  [5, 390, 844, 1],
  [9, 1280, 720, 3],
  [9, 390, 844, 2],
])("%i tiles in %i × %i stand in %i columns", (count, width, height, columns) => {
  expect(columnsOf(count, width, height)).toBe(columns);
});
