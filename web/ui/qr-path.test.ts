/** The drawn code is the code: its finder patterns, its quiet zone, every module once. */
import { expect, test } from "bun:test";
import { qrPath } from "./qr-path.ts";

/** The dark modules of the path, as "x,y". */
const modules = (path: string) =>
  new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`));

test("a link fits, with four modules of quiet zone on each side", () => {
  const { path, side } = qrPath(`https://praxis.example/j#1${"A".repeat(43)}`);
  const dark = modules(path);
  expect(path.replaceAll(/M\d+ \d+h1v1h-1z/g, "")).toBe("");
  const spots = [...dark].map((spot) => spot.split(",").map(Number));
  expect(Math.min(...spots.flat())).toBe(4);
  expect(Math.max(...spots.flat())).toBe(side - 5);
  expect((side - 8 - 17) % 4).toBe(0);
});

test("the three finder patterns stand in their corners", () => {
  const { path, side } = qrPath("x");
  const dark = modules(path);
  for (const [left, top] of [
    [4, 4],
    [side - 11, 4],
    [4, side - 11],
  ] as const)
    for (let at = 0; at < 7; at++) expect(dark.has(`${left + at},${top}`)).toBe(true);
});
