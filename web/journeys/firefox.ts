/** A Firefox of the system as one of the people, with its own fake camera (one colour that changes) and microphone (one steady tone),
 * and a loudspeaker that leads nowhere: without any, Firefox runs no Web Audio. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "puppeteer-core";
import { ANSWER_MS, type Puppet, puppetOf } from "./puppet.ts";
import type { Sign } from "./signs.ts";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** How it is told from the others by its sound; its picture has no colour of its own. */
export const FIREFOX_TONE: Pick<Sign, "hertz"> = { hertz: 550 };

/** Why no Firefox can be driven here; null where it can. Where nothing may be missing it never says so. */
export function firefoxMissing(): string | null {
  if (process.env.CI === "true") return null;
  if (!existsSync(FIREFOX)) return "no Firefox is here: install firefox-esr, or name one in FIREFOX";
  const { status } = spawnSync("pulseaudio", ["--version"]);
  return status === 0 ? null : "no loudspeaker for Firefox can be made here: install pulseaudio";
}

/** A fresh Firefox with a fresh profile. `prefs` are set besides ours. */
export async function firefox(origin: string, prefs: Record<string, boolean> = {}): Promise<Puppet> {
  const speaker = await openLoudspeaker();
  const browser = await launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    protocolTimeout: ANSWER_MS,
    env: { ...process.env, PULSE_SERVER: speaker.server },
    extraPrefsFirefox: {
      "media.navigator.streams.fake": true,
      "media.navigator.permission.disabled": true,
      "media.navigator.audio.fake_frequency": FIREFOX_TONE.hertz,
      "media.autoplay.default": 0,
      "intl.accept_languages": "de-DE, de",
      ...prefs,
    },
  }).catch((error: unknown) => {
    speaker.close();
    throw error;
  });
  return await puppetOf(browser, origin, speaker.close);
}

type Loudspeaker = { readonly server: string; readonly close: () => void };

/** A sound server of our own whose only device swallows everything. */
async function openLoudspeaker(): Promise<Loudspeaker> {
  const folder = mkdtempSync(join(tmpdir(), "tpc-speaker-"));
  const socket = join(folder, "socket");
  const child: ChildProcess = spawn(
    "pulseaudio",
    [
      ...["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"],
      ...["-L", "module-null-sink rate=48000"],
      ...["-L", `module-native-protocol-unix socket=${socket} auth-anonymous=1`],
    ],
    { env: { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: folder }, stdio: "ignore" },
  );
  const close = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100 && !existsSync(socket); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return { server: `unix:${socket}`, close };
}
