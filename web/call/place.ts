/** Which browser on which system a person sits at, as far as the steps that help differ. Pure. */
import Bowser from "bowser";

export type BrowserName = "chrome" | "safari" | "firefox" | "edge" | "samsung" | "other";
export type SystemName = "windows" | "macos" | "ios" | "android" | "linux" | "other";
export type Place = { readonly browser: BrowserName; readonly system: SystemName };

const BROWSERS: Record<string, BrowserName> = {
  Chrome: "chrome",
  Chromium: "chrome",
  Safari: "safari",
  Firefox: "firefox",
  "Microsoft Edge": "edge",
  "Samsung Internet for Android": "samsung",
};
const SYSTEMS: Record<string, SystemName> = {
  Windows: "windows",
  macOS: "macos",
  iOS: "ios",
  iPadOS: "ios",
  Android: "android",
  Linux: "linux",
  "Chrome OS": "linux",
};

/** `touchPoints`: an iPad says that it is a Mac, and only this tells them apart. */
export function placeOf(userAgent: string, touchPoints: number): Place {
  if (userAgent === "") return { browser: "other", system: "other" };
  const parser = Bowser.getParser(userAgent);
  const system = SYSTEMS[parser.getOSName()] ?? "other";
  const isPad = system === "macos" && touchPoints > 1;
  return { browser: BROWSERS[parser.getBrowserName()] ?? "other", system: isPad ? "ios" : system };
}
