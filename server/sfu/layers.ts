/** The layers a sender's picture has, from low to high: what each needs of a line, and which one a given height asks for. Pure. */
import { STREAM } from "../../wire/frame.ts";

/** kbit/s: `floor` below which it is switched off rather than starved, `full` as it is meant. */
export type Layer = { readonly stream: number; readonly floor: number; readonly full: number };

/** research: 320×180@15, 640×360@30, 1280×720@30. */
const CAMERA: readonly Layer[] = [
  { stream: STREAM.camera0, floor: 80, full: 130 },
  { stream: STREAM.camera1, floor: 250, full: 500 },
  { stream: STREAM.camera2, floor: 900, full: 1_500 },
];
const SCREEN: readonly Layer[] = [{ stream: STREAM.screen, floor: 300, full: 1_500 }];
/** A picture may be shown this much higher than it is. Higher: blurred. Lower: a few pixels cost four times the bytes. */
const STRETCH = [240, 540] as const;

/** All streams of picture. */
export const PICTURES = [STREAM.camera0, STREAM.camera1, STREAM.camera2, STREAM.screen] as const;

/** The layers of a source. */
export function layersOf(screen: boolean): readonly Layer[] {
  return screen ? SCREEN : CAMERA;
}

/** How many of the layers a picture of this height is worth: 1 to all. */
export function worth(screen: boolean, height: number): number {
  if (screen || height <= STRETCH[0]) return 1;
  return height <= STRETCH[1] ? 2 : 3;
}

/** The layer's place in its source from 1; 0 for no stream. */
export function levelOf(stream: number): number {
  if (stream === 0) return 0;
  return stream === STREAM.screen ? 1 : stream;
}
