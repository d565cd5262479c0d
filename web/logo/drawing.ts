/** A picture on a canvas: written anew from its pixels alone, so that nothing else of the file (place, camera, names) goes on. */
import { LOGO_BYTES_MAX, LOGO_HEIGHT_MAX, LOGO_WIDTH_MAX } from "../../wire/brand.ts";
import type { Size } from "./dimensions.ts";
import { fitInto } from "./fit.ts";
import { type Look, lookOf } from "./look.ts";
import { type Encode, type Encoded, shrink } from "./shrink.ts";

const ROOM: Size = { width: LOGO_WIDTH_MAX, height: LOGO_HEIGHT_MAX };

export type Drawing = {
  /** As it was chosen. */
  readonly original: Size;
  readonly look: Look;
  /** As a logo; `plate` puts white behind what one can see through. Null where the browser cannot write it. */
  written(plate: boolean): Promise<Encoded | null>;
  /** Gives the memory back. */
  close(): void;
};

/** Unfolds the picture, upright, of moving ones the first; null where the browser cannot. */
export async function draw(picture: Blob): Promise<Drawing | null> {
  const bitmap = await createImageBitmap(picture).catch(() => null);
  if (!bitmap) return null;
  const size = fitInto(bitmap, ROOM);
  const look = lookOn(canvasOf(bitmap, size, false));
  const encode =
    (plate: boolean): Encode =>
    async (wanted, form) => {
      const blob = await canvasOf(bitmap, wanted, plate).convertToBlob(form);
      return { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type };
    };
  const { width, height } = bitmap;
  return {
    original: { width, height },
    look,
    written: (plate) => shrink(size, encode(plate), LOGO_BYTES_MAX).catch(() => null),
    close: () => bitmap.close(),
  };
}

function canvasOf(bitmap: ImageBitmap, { width, height }: Size, plate: boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#ffffff";
  if (plate) context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

function lookOn(canvas: OffscreenCanvas): Look {
  return lookOf(contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height).data);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  return context;
}
