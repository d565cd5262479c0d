/** How large a picture says it is, read from its header: what a small file unfolds to is known before it is unfolded. */
import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import type { Kind } from "./kind.ts";

/** In pixels. */
export type Size = { readonly width: number; readonly height: number };

const READERS = { png: PNG, jpeg: JPG, webp: WEBP, gif: GIF } as const;

/** The size that the header names; null where there is none, or none that is a picture's. Never throws. */
export function dimensionsOf(kind: Kind, head: Uint8Array): Size | null {
  try {
    const reader = READERS[kind];
    // a copy: the readers look at the whole memory behind a part of it
    const own = head.slice();
    if (!reader.validate(own)) return null;
    const { width, height } = reader.calculate(own);
    return isSide(width) && isSide(height) ? { width, height } : null;
  } catch {
    return null;
  }
}

function isSide(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels > 0;
}
