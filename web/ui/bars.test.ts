/** Bars keep to their frame, stand on the ground, and stack without overlapping. */
import { describe, expect, test } from "bun:test";
import { type Bar, EDGE, layBars } from "./bars.ts";

const SIZE = { width: 640, height: 180 };
const ground = SIZE.height - EDGE.bottom;
const weeks = (...values: [number, number][]): Bar[] =>
  values.map((each, at) => ({ label: `${at}`, values: each }));

describe("bars", () => {
  test("a bar's height is its share of the highest line", () => {
    const { bars, ticks } = layBars(weeks([50, 0], [100, 0]), SIZE);
    const highest = ticks.at(-1);
    expect(highest?.value).toBe(100);
    expect(highest?.y).toBe(EDGE.top);
    expect(bars[1]?.[0]).toMatchObject({ y: EDGE.top, height: ground - EDGE.top });
    expect(bars[0]?.[0]?.height).toBeCloseTo((ground - EDGE.top) / 2);
  });

  test("the second part stands on the first, with a seam between them", () => {
    const [[single, group] = []] = layBars(weeks([60, 40]), SIZE).bars;
    expect((single?.y ?? 0) + (single?.height ?? 0)).toBeCloseTo(ground);
    expect((group?.y ?? 0) + (group?.height ?? 0)).toBeLessThan(single?.y ?? 0);
    expect(group?.x).toBe(single?.x);
  });

  test("one minute among thousands is seen, none is not", () => {
    const { bars } = layBars(weeks([1, 0], [5000, 5000]), SIZE);
    expect(bars[0]?.[0]?.height).toBeGreaterThanOrEqual(1);
    expect(bars[0]?.[1]?.height).toBe(0);
  });

  test.each([280, 340, 640, 1200])("all stays inside a frame of %d px", (width) => {
    const layout = layBars(weeks(...Array.from({ length: 12 }, (): [number, number] => [37, 90])), {
      ...SIZE,
      width,
    });
    for (const rect of layout.bars.flat()) {
      expect(rect.x).toBeGreaterThanOrEqual(EDGE.left);
      expect(rect.x + rect.width).toBeLessThanOrEqual(width);
      expect(rect.y).toBeGreaterThanOrEqual(EDGE.top);
      expect(rect.y + rect.height).toBeLessThanOrEqual(ground + 1e-6);
    }
  });

  test("labels keep their distance, and the newest has one", () => {
    for (const width of [280, 340, 640]) {
      const bars = weeks(...Array.from({ length: 12 }, (): [number, number] => [1, 1]));
      const { labels } = layBars(bars, { ...SIZE, width });
      const shown = labels.filter((x) => x !== null);
      expect(labels.at(-1)).toBeLessThanOrEqual(width - 22);
      for (const [at, x] of shown.entries())
        if (at > 0) expect(x - (shown[at - 1] ?? 0)).toBeGreaterThanOrEqual(36);
    }
  });

  test("lines stand at whole numbers only", () => {
    expect(layBars(weeks([1, 0]), SIZE).ticks.map(({ value }) => value)).toEqual([0, 1]);
  });

  test("nothing to show is no fault", () => {
    expect(layBars([], SIZE).bars).toEqual([]);
    expect(layBars(weeks([0, 0]), SIZE).bars).toEqual([[expect.anything(), expect.anything()]]);
  });
});
