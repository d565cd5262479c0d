/** Makes a picture as small in bytes as a logo may be: first without any loss, then with a little, then with fewer pixels. */
import type { Bytes } from "../../wire/bytes.ts";
import type { Size } from "./dimensions.ts";
import { scaled } from "./fit.ts";

/** A way to write a picture down. */
export type Form = { readonly type: "image/png" | "image/webp"; readonly quality?: number };
/** A picture that was written down. */
export type Encoded = Size & { readonly bytes: Bytes; readonly type: Form["type"] };
/** Draws in this size and writes in this form; `type` is what really came out: not every browser writes WebP. */
export type Encode = (size: Size, form: Form) => Promise<{ bytes: Bytes; type: string }>;

/** The best first. Few colours, as logos have, are smallest as PNG. */
const FORMS: readonly Form[] = [
  { type: "image/png" },
  { type: "image/webp", quality: 0.92 },
  { type: "image/webp", quality: 0.8 },
  { type: "image/webp", quality: 0.6 },
];
/** Higher: more turns. Lower: a picture gets smaller than it had to. */
const STEP = 0.8;
/** From 1280 pixels so many steps lead to six. */
const STEPS_MAX = 24;

/** The picture in at most `max` bytes; null where even a few pixels take more. */
export async function shrink(size: Size, encode: Encode, max: number): Promise<Encoded | null> {
  let now = size;
  for (let step = 0; step < STEPS_MAX; step++) {
    for (const form of FORMS) {
      const { bytes, type } = await encode(now, form);
      if (type === form.type && bytes.length <= max) return { ...now, bytes, type: form.type };
    }
    now = scaled(now, STEP);
  }
  return null;
}
