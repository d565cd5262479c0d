/** What we show of ourselves, read from what is captured. */
import type { Shows } from "../../wire/sealed.ts";
import type { Capture } from "./capture.ts";

export function showsOf(capture: Capture | null, hand: boolean): Shows {
  if (!capture) return { mic: false, cam: false, screen: false, hand };
  const { microphone, camera, screen, muted } = capture.captured;
  // the screen is shown instead of the camera (journey 9)
  const cam = camera !== null && screen === null;
  return { mic: microphone !== null && !muted, cam, screen: screen !== null, hand };
}
