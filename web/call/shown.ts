/** What we show of ourselves, read from what is captured. */
import type { Shows } from "../../wire/sealed.ts";
import type { Capture } from "./capture.ts";

export function showsOf(capture: Capture | null, hand: boolean): Shows {
  if (!capture) return { mic: false, cam: false, screen: false, hand };
  const { microphone, camera, screen, muted } = capture.captured;
  return { mic: microphone !== null && !muted, cam: camera !== null, screen: screen !== null, hand };
}
