/** Geometry of a chart of stacked bars: sizes in, rectangles out. */
import { scaleBand, scaleLinear } from "d3-scale";

export type Bar = { readonly label: string; readonly values: readonly number[] };
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type BarsLayout = {
  /** Per bar one rectangle per value, the first at the bottom. */
  readonly bars: readonly (readonly Rect[])[];
  /** Where lines of the same value stand, the lowest first. */
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  /** The middle of each bar, for its label; null where there is no room for one. */
  readonly labels: readonly (number | null)[];
};

type Size = { readonly width: number; readonly height: number };
/** Room for numbers at the left, for labels at the bottom, for the highest number at the top. */
export const EDGE = { left: 40, bottom: 24, top: 10 } as const;
/** Higher: broad gaps. Lower: bars touch. */
const GAP = 0.35;
/** On a wide page twelve bars become slabs. */
const BAR_MAX = 28;
/** Space that one label needs. */
const LABEL_WIDTH = 44;
/** Between two parts of one bar, so that they are told apart without their colours. */
const SEAM = 2;

/** Lays the bars out in `size`; a value above 0 is always seen. */
export function layBars(bars: readonly Bar[], size: Size): BarsLayout {
  const x = scaleBand(range(bars.length), [EDGE.left, size.width]).padding(GAP);
  const most = Math.max(1, ...bars.map(({ values }) => sum(values)));
  const y = scaleLinear([0, most], [size.height - EDGE.bottom, EDGE.top]).nice(3);
  const width = Math.min(BAR_MAX, x.bandwidth());
  const middle = (at: number) => (x(at) ?? 0) + x.bandwidth() / 2;
  // the last one would stand half outside
  const label = (at: number) => Math.min(middle(at), size.width - LABEL_WIDTH / 2);
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / x.step()));
  return {
    bars: bars.map(({ values }, at) => stack(values, middle(at) - width / 2, width, y)),
    ticks: y
      .ticks(3)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: y(value) })),
    // counted from the newest, which always has one
    labels: bars.map((_, at) => ((bars.length - 1 - at) % every === 0 ? label(at) : null)),
  };
}

function stack(values: readonly number[], x: number, width: number, y: (value: number) => number): Rect[] {
  return values.map((value, at) => {
    const below = sum(values.slice(0, at));
    const [top, bottom] = [y(below + value), y(below)];
    const seam = below > 0 && value > 0 ? SEAM : 0;
    const height = value > 0 ? Math.max(1, bottom - top - seam) : 0;
    return { x, y: top, width, height };
  });
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const range = (count: number) => Array.from({ length: count }, (_, at) => at);
