/** Paints strokes on a canvas in the colours of the tokens; the outline of each is worked out once. */
import { getStroke } from "perfect-freehand";
import { BOARD_WIDTH } from "../../../../wire/data.ts";
import type { Stroke } from "../../../call/tools-ink.ts";

const COLOURS = ["--ink", "--pine", "--clay", "--amber"] as const;
/** In the board's measure. */
const WIDTHS = [18, 36, 80] as const;

type Outline = { readonly points: number; readonly path: Path2D };
const outlines = new WeakMap<Stroke, Outline>();

export function paint(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((size) => Math.round(size * ratio));
  if (!width || !height) return;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const scale = width / BOARD_WIDTH;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const style = getComputedStyle(canvas);
  for (const stroke of strokes) {
    context.fillStyle = style.getPropertyValue(COLOURS[stroke.colour] ?? COLOURS[0]).trim();
    context.fill(outlineOf(stroke));
  }
}

function outlineOf(stroke: Stroke): Path2D {
  const known = outlines.get(stroke);
  if (known?.points === stroke.points.length) return known.path;
  const pairs: [number, number][] = [];
  for (let at = 0; at < stroke.points.length; at += 2)
    pairs.push([stroke.points[at] ?? 0, stroke.points[at + 1] ?? 0]);
  const size = WIDTHS[stroke.width] ?? WIDTHS[1];
  const edge = getStroke(pairs, { size, thinning: 0.25, smoothing: 0.5, streamline: 0.35 });
  const path = new Path2D();
  for (const [at, [x, y]] of edge.entries()) {
    if (at === 0) path.moveTo(x ?? 0, y ?? 0);
    else path.lineTo(x ?? 0, y ?? 0);
  }
  path.closePath();
  outlines.set(stroke, { points: stroke.points.length, path });
  return path;
}
