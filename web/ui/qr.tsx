/** A QR code drawn as one SVG path: always dark on white, so that every camera reads it in the dark theme too. */
import "./qr.css";
import { createMemo } from "solid-js";
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

export function Qr(props: { text: string; label: string }) {
  const drawn = createMemo(() => qrPath(props.text));
  return (
    <svg
      class="qr"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${drawn().side} ${drawn().side}`}
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#ffffff" />
      <path d={drawn().path} fill="#17302a" />
    </svg>
  );
}
