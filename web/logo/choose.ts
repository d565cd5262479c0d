/** From a chosen file to a picture that can be drawn; every file that is none gets its reason before anything is unfolded. */
import { dimensionsOf } from "./dimensions.ts";
import { type Drawing, draw } from "./drawing.ts";
import { type Kind, kindOf } from "./kind.ts";

/** Higher: a phone unfolds more than it has room for. Lower: a scan at full size is refused. Named in the texts. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024;
/** A picture takes four bytes a pixel when it is drawn. Higher: a small file can take all memory. Lower: the picture of a good
 * camera is refused. */
export const PIXELS_MAX = 40_000_000;
/** What is read for the size; cameras put descriptions before it. Higher: a hostile file is searched longer. Lower: pictures
 * with long descriptions count as damaged. */
const HEAD_BYTES = 4 * 1024 * 1024;

/** Too many bytes · none · a drawing in text (SVG) · no picture of ours · too many pixels · damaged. */
export type Fault = "large" | "empty" | "svg" | "kind" | "pixels" | "broken";

/** The file as a drawing, to be closed after use, or why not. */
export async function choose(file: Blob): Promise<Drawing | Fault> {
  if (file.size > FILE_BYTES_MAX) return "large";
  if (file.size === 0) return "empty";
  const head = await headOf(file);
  if (!head) return "broken";
  const kind = kindOf(head);
  if (kind === "svg") return "svg";
  return kind === null ? "kind" : checked(file, kind, head);
}

async function checked(file: Blob, kind: Kind, head: Uint8Array): Promise<Drawing | Fault> {
  const size = dimensionsOf(kind, head);
  if (!size) return "broken";
  if (size.width * size.height > PIXELS_MAX) return "pixels";
  return (await draw(new Blob([file], { type: `image/${kind}` }))) ?? "broken";
}

/** Null where the file cannot be read (any more). */
async function headOf(file: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return null;
  }
}
