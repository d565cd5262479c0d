/** Which steps help against a missing camera or microphone, by what is missing, browser and system. The steps are words for what one does in
 * a browser, and for what one does in a system; a text for each is in `i18n`. Pure. */
import type { Missing } from "./opening.ts";
import type { BrowserName, Place, SystemName } from "./place.ts";

/** What the browser remembers of its question. "unknown": it does not tell. */
export type Permission = "denied" | "prompt" | "granted" | "unknown";

const phones: readonly SystemName[] = ["ios", "android"];

/** How a site is allowed camera and microphone. On iPhones every other browser asks in the system's settings. */
const ALLOW = {
  chrome: { desktop: "allowChrome", android: "allowChromeAndroid", ios: "allowIosApp" },
  edge: { desktop: "allowEdge", android: "allowEdgePhone", ios: "allowIosApp" },
  firefox: { desktop: "allowFirefox", android: "allowFirefoxAndroid", ios: "allowIosApp" },
  safari: { desktop: "allowSafari", android: "allowOther", ios: "allowSafariIos" },
  samsung: { desktop: "allowOther", android: "allowSamsung", ios: "allowOther" },
  other: { desktop: "allowOther", android: "allowOther", ios: "allowIosApp" },
} as const satisfies Record<BrowserName, Record<"desktop" | "android" | "ios", string>>;

/** Where the system itself keeps camera and microphone from a browser. */
const SYSTEM = {
  windows: "systemWindows",
  macos: "systemMac",
  ios: "systemIos",
  android: "systemAndroid",
  linux: "systemLinux",
  other: "systemOther",
} as const satisfies Record<SystemName, string>;

/** Where a device that is plugged in is seen. */
const FIND = {
  windows: "findWindows",
  macos: "findMac",
  ios: "findPhone",
  android: "findPhone",
  linux: "findLinux",
  other: "findOther",
} as const satisfies Record<SystemName, string>;

/** Who may hold a device. */
const HOLD = {
  windows: "holdDesktop",
  macos: "holdDesktop",
  ios: "holdPhone",
  android: "holdPhone",
  linux: "holdDesktop",
  other: "holdDesktop",
} as const satisfies Record<SystemName, string>;

type Values<T> = T[keyof T];
export type StepName =
  | Values<Values<typeof ALLOW>>
  | Values<typeof SYSTEM>
  | Values<typeof FIND>
  | Values<typeof HOLD>
  | "askAgain"
  | "switchKey"
  | "plug"
  | "https"
  | "openLink"
  | "reload"
  | "restart"
  | "restartPhone"
  | "otherBrowser"
  | "retry";

/** The steps in their order; never none. */
export function stepsFor(why: Missing, permission: Permission, place: Place): readonly StepName[] {
  const { system } = place;
  const isPhone = phones.includes(system);
  const restart = isPhone ? "restartPhone" : "restart";
  switch (why) {
    case "blocked":
      return blockedSteps(permission, place);
    case "none":
      return isPhone ? [FIND[system], SYSTEM[system], restart] : ["plug", "switchKey", FIND[system], "retry"];
    case "busy":
      return [HOLD[system], "retry", restart];
    case "insecure":
      return ["https", "openLink"];
    case "failed":
      return ["reload", restart, "otherBrowser"];
  }
}

function blockedSteps(permission: Permission, { browser, system }: Place): readonly StepName[] {
  const side = system === "ios" || system === "android" ? system : "desktop";
  const allow = ALLOW[browser][side];
  // closed without an answer: nothing is remembered, so the browser asks again
  if (permission === "prompt") return ["askAgain", allow];
  // allowed for this site, and yet refused: the system's doing
  if (permission === "granted") return [SYSTEM[system], "reload"];
  return [allow, SYSTEM[system], "reload"];
}
