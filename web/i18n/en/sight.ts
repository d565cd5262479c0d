/** English of `de/sight.ts`. */
import type { sight as de } from "../de/sight.ts";

export const sight: typeof de = {
  menu: "View",
  people: "How you see the others",
  speaker: "One person large",
  grid: "All the same size",
  side: "Side by side",
  eye: "Eye contact",
  picture: "Picture in a small window",
  pictureOff: "Close the small window",
  full: "Full screen",
  fullOff: "Leave full screen",
  byKey: (what: string, key: string) => `${what} (key ${key})`,
  hideSelf: "Hide own picture",
  showSelf: "Show own picture",
  cameraOn: "Camera on",
  cameraOff: "Camera off",
};
