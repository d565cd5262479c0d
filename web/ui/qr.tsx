/** A QR code drawn as one SVG path: always dark on white, so that every camera reads it in the dark theme too. */
import { qrPath } from "./qr-path.ts";
import "./qr.css";
import { createMemo } from "solid-js";

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
