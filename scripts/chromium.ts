/** Finds a Chromium for the journeys, or installs one by the way this machine has. */
import { existsSync } from "node:fs";
import { run } from "./setup.ts";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** The path of a Chromium: `CHROMIUM`, a system one, or Playwright's own; `null` where there is none. */
export async function findChromium(): Promise<string | null> {
  const named = process.env.CHROMIUM;
  if (named) return named;
  const system = KNOWN.find((path) => existsSync(path));
  if (system) return system;
  const { chromium } = await import("playwright");
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** True where Debian packages can be installed here: root and apt. */
export function hasApt(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

let listsFresh = false;

/** Installs Debian packages; false where that is not possible here. */
export async function aptInstall(...packages: string[]): Promise<boolean> {
  if (!hasApt()) return false;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (!listsFresh) listsFresh = (await run(["apt-get", "-q", "update"], env)) === 0;
  return (await run(["apt-get", "-qy", "install", "--no-install-recommends", ...packages], env)) === 0;
}

/** A Chromium, installed if none is here. Throws with a sentence where no way works. */
export async function needChromium(): Promise<string> {
  const found = await findChromium();
  if (found) return found;
  if (await aptInstall("chromium")) return (await findChromium()) ?? "/usr/bin/chromium";
  await run([process.execPath, "--bun", "x", "playwright", "install", "chromium"]);
  const own = await findChromium();
  if (own) return own;
  throw new Error(
    "No Chromium is here and none could be installed: install one and name its path in CHROMIUM.",
  );
}
