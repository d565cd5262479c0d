/** How many tiles stand beside each other so that all together are as large as they can be. Pure. */

/** Pictures are shown this wide for their height. Higher: portraits lose their heads. Lower: black at both sides. */
const RATIO = 4 / 3;

/** Columns for `count` tiles in a space of this size (any unit). */
export function columnsOf(count: number, width: number, height: number): number {
  let [best, largest] = [1, 0];
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const [wide, high] = [width / columns, height / rows];
    // the part of a tile that a picture of this ratio fills
    const side = Math.min(wide, high * RATIO);
    if (side > largest) [best, largest] = [columns, side];
  }
  return best;
}
