/** What a chosen file is, by its first bytes: names and types that a system gives are only claims. */

/** Pictures that every browser of ours draws. */
export type Kind = "png" | "jpeg" | "webp" | "gif";

/** First bytes that are looked at for a drawing (SVG): what may stand before its tag is short. */
const TEXT_BYTES = 2048;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];
const GIF = [0x47, 0x49, 0x46, 0x38];

/** The kind of the file that begins so; "svg" is known in order to be refused by name, null is anything else. */
export function kindOf(head: Uint8Array): Kind | "svg" | null {
  const has = (magic: readonly number[], at = 0) => magic.every((byte, i) => head[at + i] === byte);
  if (has(PNG)) return "png";
  if (has(JPEG)) return "jpeg";
  if (has(RIFF) && has(WEBP, 8)) return "webp";
  if (has(GIF)) return "gif";
  return isDrawing(head) ? "svg" : null;
}

function isDrawing(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, TEXT_BYTES)).trimStart();
  return /^<(?:\?xml|!--|!doctype|svg)/i.test(text) && /<svg[\s>]/i.test(text);
}
