/** English of `de/common.ts`. */
import type { common as de } from "../de/common.ts";

export const common: typeof de = {
  product: "TheraPsy Connect",
  close: "Close",
  cancel: "Cancel",
  back: "Back",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Copying did not work. Please select the text and copy it by hand.",
  show: "Show",
  hide: "Hide",
  busy: "One moment …",
  optional: "optional",
  language: "Language",
  notices: "Notices",
  dismiss: "Dismiss notice",
  skip: "Skip to content",
  cut: {
    title: "Something did not arrive here",
    text: "The connection was lost for a moment. Please load the page again; nothing is lost by that.",
    again: "Load again",
  },
};
