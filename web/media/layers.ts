/** The pictures one person may send (media.md decision 3): three layers of the camera and one of the screen. */
import { STREAM, type Stream } from "../../wire/frame.ts";

export type Layer = {
  readonly stream: Stream;
  readonly spatial: number;
  /** Length of the shorter side, so that an upright phone and a 4:3 camera keep their shape. */
  readonly shortSide: number;
  readonly fps: number;
  /** What it takes when the line is good. Higher: fewer people fit on a line. Lower: blocks show in motion. */
  readonly kbps: number;
  /** Below this it is switched off, because it would only be blocks. */
  readonly floorKbps: number;
};

export const CAMERA: readonly Layer[] = [
  { stream: STREAM.camera0, spatial: 0, shortSide: 180, fps: 15, kbps: 130, floorKbps: 80 },
  { stream: STREAM.camera1, spatial: 1, shortSide: 360, fps: 30, kbps: 500, floorKbps: 250 },
  { stream: STREAM.camera2, spatial: 2, shortSide: 720, fps: 30, kbps: 1_500, floorKbps: 900 },
];

/** Detail before motion. */
export const SCREEN: Layer = {
  stream: STREAM.screen,
  spatial: 0,
  shortSide: 1_080,
  fps: 15,
  kbps: 1_500,
  floorKbps: 150,
};

/** In the order in which they are served: everybody's small picture, what is shown, then the larger ones. */
export const BY_RANK: readonly Layer[] = [CAMERA[0], SCREEN, CAMERA[1], CAMERA[2]].flatMap(
  (layer) => layer ?? [],
);

export type Size = { readonly width: number; readonly height: number };

/** The size a layer has for a picture of this size: same shape, never enlarged, even numbers as the codec needs them. */
export function sizeFor(layer: Layer, { width, height }: Size): Size {
  const scale = Math.min(1, layer.shortSide / Math.max(1, Math.min(width, height)));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}

/** Smaller pictures take more for each pixel: 500 for 360 lines and 1,500 for 720 lie on this curve. */
const SIZE_POWER = 0.75;

/** What a picture of this size is worth, of `kbps` for the whole layer: a camera that gives less than the layer does not fill its line. */
export function rateFor(layer: Layer, { width, height }: Size, kbps: number): number {
  const whole = (layer.shortSide * layer.shortSide * 16) / 9;
  const part = Math.min(1, (width * height) / whole);
  return Math.round(kbps * part ** SIZE_POWER);
}
