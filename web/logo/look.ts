/** How a picture will stand on a ground that is not white: whether one sees through it, and whether what is seen is dark. */

/** `clear`: it has places one sees through. `dark`: what is seen would be lost on the dark of the call. */
export type Look = { readonly clear: boolean; readonly dark: boolean };

/** The place of a pixel that is nearly solid; softened edges are not "clear". */
const SOLID = 250;
/** A share of clear pixels below this is an edge. */
const CLEAR_SHARE = 0.002;
/** Mean brightness, 0 to 255. Higher: a white ground is offered for bright logos. Lower: dark blue ones vanish. */
const DARK_BELOW = 96;

/** The look of pixels in RGBA. */
export function lookOf(pixels: ArrayLike<number>): Look {
  let [clear, weight, light] = [0, 0, 0];
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha < SOLID) clear += 1;
    weight += alpha;
    light += alpha * brightness(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
  }
  const isClear = clear > (pixels.length / 4) * CLEAR_SHARE;
  return { clear: isClear, dark: isClear && weight > 0 && light / weight < DARK_BELOW };
}

/** As eyes weigh the colours. */
function brightness(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
