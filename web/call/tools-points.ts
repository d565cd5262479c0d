/** Points of a stroke as bytes and back: two bytes each for x and y in the board's own measure. */
import type { Bytes } from "../../wire/bytes.ts";
import { BOARD_HEIGHT, BOARD_WIDTH } from "../../wire/data.ts";

const POINT_BYTES = 4;

/** `points`: x, y, x, y … */
export function pack(points: readonly number[]): Bytes {
  const bytes = new Uint8Array(points.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of points.entries()) view.setUint16(at * 2, value);
  return bytes;
}

/** Null where a point lies beside the board. */
export function unpack(bytes: Uint8Array): number[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const points: number[] = [];
  for (let at = 0; at + POINT_BYTES <= bytes.length; at += POINT_BYTES) {
    const [x, y] = [view.getUint16(at), view.getUint16(at + 2)];
    if (x > BOARD_WIDTH || y > BOARD_HEIGHT) return null;
    points.push(x, y);
  }
  return points;
}
