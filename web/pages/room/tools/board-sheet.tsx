/** The sheet of the whiteboard: the same picture in the same shape on every screen, and the hand that draws on it. */
import { createEffect, on, onCleanup, onMount } from "solid-js";
import { BOARD_HEIGHT, BOARD_WIDTH } from "../../../../wire/data.ts";
import type { Board, BoardState } from "../../../call/tools-board.ts";
import { t } from "../../../i18n/tools.ts";
import { paint } from "./paint.ts";

export type Pen = { readonly colour: number; readonly width: number; readonly erases: boolean };

/** In the board's measure. Higher: a fine line gets corners. Lower: more points than anybody sees. */
const STEP = 6;
/** How near the finger has to come to a line to wipe it away. */
const REACH = 70;

export function BoardSheet(props: { board: Board; state: BoardState; pen: Pen }) {
  let canvas: HTMLCanvasElement | undefined;
  let frame = 0;
  const draw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => canvas && paint(canvas, props.state.strokes));
  };
  createEffect(on(() => props.state, draw));
  onMount(() => {
    if (!canvas) return;
    const watch = new ResizeObserver(draw);
    watch.observe(canvas);
    onCleanup(() => watch.disconnect());
  });
  onCleanup(() => {
    cancelAnimationFrame(frame);
    props.board.finish();
  });
  const hand = createHand(
    () => canvas,
    (points, begins) => {
      if (props.pen.erases) return erase(props.board, points);
      if (begins) props.board.begin(props.pen.colour, props.pen.width);
      props.board.draw(points);
    },
  );
  return (
    <canvas
      ref={canvas}
      class="board-sheet"
      role="img"
      aria-label={t("board.label", props.state.strokes.length)}
      data-testid="board"
      onPointerDown={hand.down}
      onPointerMove={hand.move}
      onPointerUp={(event) => hand.up(event) && props.board.finish()}
      onPointerCancel={(event) => hand.up(event) && props.board.finish()}
    />
  );
}

/** One finger, pen or mouse at a time, as points in the board's measure. */
function createHand(
  sheet: () => HTMLCanvasElement | undefined,
  onPoints: (points: number[], begins: boolean) => void,
) {
  let held: number | null = null;
  let last: [number, number] = [0, 0];
  const pointOf = (event: PointerEvent): [number, number] => {
    const box = sheet()?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const on = (at: number, size: number, most: number) =>
      Math.min(most, Math.max(0, Math.round((at / Math.max(1, size)) * most)));
    return [
      on(event.clientX - box.left, box.width, BOARD_WIDTH),
      on(event.clientY - box.top, box.height, BOARD_HEIGHT),
    ];
  };
  const down = (event: PointerEvent) => {
    if (held !== null || event.button !== 0) return;
    event.preventDefault();
    held = event.pointerId;
    sheet()?.setPointerCapture(event.pointerId);
    last = pointOf(event);
    onPoints([...last], true);
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== held) return;
    const all = event.getCoalescedEvents?.() ?? [];
    const points = (all.length > 0 ? all : [event]).map(pointOf).filter((point) => {
      const isFar = Math.hypot(point[0] - last[0], point[1] - last[1]) >= STEP;
      if (isFar) last = point;
      return isFar;
    });
    if (points.length > 0) onPoints(points.flat(), false);
  };
  const up = (event: PointerEvent) => {
    if (event.pointerId !== held) return false;
    held = null;
    return true;
  };
  return { down, move, up };
}

function erase(board: Board, path: readonly number[]): void {
  const near = (points: readonly number[]) => {
    for (let at = 0; at < path.length; at += 2)
      for (let i = 0; i < points.length; i += 2) {
        const [dx, dy] = [(path[at] ?? 0) - (points[i] ?? 0), (path[at + 1] ?? 0) - (points[i + 1] ?? 0)];
        if (Math.hypot(dx, dy) < REACH) return true;
      }
    return false;
  };
  for (const stroke of board.mine) if (near(stroke.points)) board.erase(stroke.n);
}
