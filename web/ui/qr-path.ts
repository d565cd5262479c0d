/** A QR code as one SVG path. */
import { encode } from "uqr";

/** Modules of quiet zone around the code; the standard asks for four. */
const QUIET = 4;

/** The dark modules of `text` as an SVG path in module units, and the side length with the quiet zone. */
export function qrPath(text: string): { path: string; side: number } {
  const code = encode(text, { ecc: "M", border: 0 });
  const rows = code.data.flatMap((row, y) =>
    row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")),
  );
  return { path: rows.join(""), side: code.size + 2 * QUIET };
}
