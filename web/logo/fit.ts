/** How large a picture becomes: never larger than it was, its sides in the same ratio. */
import type { Size } from "./dimensions.ts";

/** The size in which `size` fits into `room`, in whole pixels, at least one. */
export function fitInto(size: Size, room: Size): Size {
  return scaled(size, Math.min(1, room.width / size.width, room.height / size.height));
}

/** `size` times `factor`, in whole pixels, at least one. */
export function scaled({ width, height }: Size, factor: number): Size {
  const side = (pixels: number) => Math.max(1, Math.round(pixels * factor));
  return { width: side(width), height: side(height) };
}
