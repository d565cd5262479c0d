/** Steps for each error, browser and system: there is always at least one, each has words, and none is for another browser or system. */
import { expect, test } from "bun:test";
import { help } from "../i18n/de/help.ts";
import { type Permission, type StepName, stepsFor } from "./help.ts";
import type { Missing } from "./opening.ts";
import { permissionOf } from "./permission.ts";
import type { BrowserName, SystemName } from "./place.ts";

const WHY: Missing[] = ["blocked", "none", "busy", "insecure", "failed"];
const BROWSERS: BrowserName[] = ["chrome", "safari", "firefox", "edge", "samsung", "other"];
const SYSTEMS: SystemName[] = ["windows", "macos", "ios", "android", "linux", "other"];
const PERMISSIONS: Permission[] = ["denied", "prompt", "granted", "unknown"];

const all = WHY.flatMap((why) =>
  PERMISSIONS.flatMap((permission) =>
    BROWSERS.flatMap((browser) =>
      SYSTEMS.map((system) => ({
        why,
        permission,
        browser,
        system,
        steps: stepsFor(why, permission, { browser, system }),
      })),
    ),
  ),
);

test("every error in every browser on every system has steps, no step twice, and each has words", () => {
  const names = new Set(Object.keys(help.step));
  for (const { steps, ...at } of all) {
    expect([at, steps.length > 0, new Set(steps).size]).toEqual([at, true, steps.length]);
    expect([at, steps.filter((step) => !names.has(step))]).toEqual([at, []]);
  }
});

test("every text is somebody's step", () => {
  const used = new Set(all.flatMap(({ steps }) => steps));
  expect(Object.keys(help.step).filter((name) => !used.has(name as StepName))).toEqual([]);
});

test("nobody is sent to the settings of another browser or system", () => {
  const names: Record<string, RegExp> = {
    windows: /Windows|Geräte-Manager/,
    macos: /Systemeinstellungen unter „(Datenschutz &|Ton)|Menü „Safari“/,
    ios: /iPhone/,
    android: /Telefons unter „Apps“/,
  };
  for (const { steps, ...at } of all) {
    const text = steps.map((step) => help.step[step]).join(" ");
    // a Samsung browser on a Mac is nobody's: what does not exist gets general words
    for (const [system, mark] of Object.entries(names))
      if (at.system !== system && !(system === "macos" && at.browser === "safari"))
        expect([at, system, mark.test(text)]).toEqual([at, system, false]);
  }
});

test("closed without an answer, refused for good and refused by the system are told apart", () => {
  const place = { browser: "chrome", system: "macos" } as const;
  expect(stepsFor("blocked", "prompt", place)[0]).toBe("askAgain");
  expect(stepsFor("blocked", "denied", place)).toEqual(["allowChrome", "systemMac", "reload"]);
  expect(stepsFor("blocked", "granted", place)).toEqual(["systemMac", "reload"]);
  expect(stepsFor("blocked", "unknown", { browser: "safari", system: "ios" })[0]).toBe("allowSafariIos");
});

test("a browser that does not tell what it remembers is asked no further", async () => {
  const query = (state: string) => ({ query: async () => ({ state }) as PermissionStatus });
  expect(await permissionOf("camera", query("denied"))).toBe("denied");
  const refusing = { query: () => Promise.reject(new TypeError("no such name")) };
  expect(await permissionOf("microphone", refusing)).toBe("unknown");
});
