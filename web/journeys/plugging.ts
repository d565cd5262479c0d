/** Devices that come and go while a page is open: what the browser lists is the test's, what they give is the person's own sign. */
import type { Page } from "@playwright/test";

export type Plug = { kind: MediaDeviceKind; id: string; group?: string };

export const CAMERA: Plug = { kind: "videoinput", id: "Kamera im Deckel" };
export const MICROPHONE: Plug = { kind: "audioinput", id: "Mikrofon im Deckel", group: "deckel" };
export const SPEAKER: Plug = { kind: "audiooutput", id: "Lautsprecher im Deckel", group: "deckel" };
export const HEADSET: readonly Plug[] = [
  { kind: "audioinput", id: "Headset (Buds 3)", group: "buds" },
  { kind: "audiooutput", id: "Kopfhörer (Buds 3)", group: "buds" },
];
/** Gives nothing at all, not even noise. */
export const DEAD: Plug = { kind: "audioinput", id: "Totes Mikrofon" };

type Kept = { plugged: Plug[]; tracks: { id: string; track: MediaStreamTrack }[]; isHidden: boolean };

/** Must run before the page loads. */
export async function plugsDevices(page: Page, plugged: readonly Plug[]): Promise<void> {
  await page.addInitScript(lists, [...plugged]);
}

/** Runs in the page, before everything else there. */
function lists(plugged: Plug[]): void {
  const kept: Kept = { plugged, tracks: [], isHidden: false };
  Object.assign(globalThis, { plugs: kept });
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () =>
    kept.plugged.map(({ kind, id, group }) => {
      const device = { kind, deviceId: id, label: id, groupId: group ?? id };
      return { ...device, toJSON: () => device };
    });
  const pick = (kind: MediaDeviceKind, wanted: MediaTrackConstraints | boolean | undefined) => {
    const of = kept.plugged.filter((each) => each.kind === kind);
    const asked = typeof wanted === "object" ? (wanted.deviceId as ConstrainDOMStringParameters) : undefined;
    const named = of.find(({ id }) => id === (asked?.exact ?? asked?.ideal));
    if (!named && asked?.exact) throw new DOMException("gone", "OverconstrainedError");
    if (!of[0]) throw new DOMException("none", "NotFoundError");
    return (named ?? of[0]).id;
  };
  const named = (track: MediaStreamTrack, id: string) => {
    const settings = track.getSettings.bind(track);
    Object.defineProperty(track, "label", { value: id });
    track.getSettings = () => ({ ...settings(), deviceId: id });
    kept.tracks.push({ id, track });
    return track;
  };
  const empty = () => new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  mediaDevices.getUserMedia = async ({ audio, video } = {}) => {
    const [microphone, camera] = [audio && pick("audioinput", audio), video && pick("videoinput", video)];
    const stream = await real({ audio: Boolean(audio), video: Boolean(video) });
    const sound = microphone === "Totes Mikrofon" ? empty() : stream.getAudioTracks();
    return new MediaStream([
      ...sound.map((track) => named(track, microphone || "")),
      ...stream.getVideoTracks().map((track) => named(track, camera || "")),
    ]);
  };
  Object.defineProperty(document, "hidden", { get: () => kept.isHidden });
  Object.defineProperty(document, "visibilityState", { get: () => (kept.isHidden ? "hidden" : "visible") });
}

/** Plugs and pulls: what is gone ends, and the page is told. */
export async function plug(page: Page, plugged: readonly Plug[]): Promise<void> {
  await page.evaluate(
    (now) => {
      const { plugs } = globalThis as unknown as { plugs: Kept };
      plugs.plugged = now;
      for (const { id, track } of plugs.tracks) {
        if (now.some((each) => each.id === id) || track.readyState === "ended") continue;
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    },
    [...plugged],
  );
}

/** The page goes to the back as on a phone, where the system takes camera and microphone. */
export async function hides(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { plugs } = globalThis as unknown as { plugs: Kept };
    plugs.isHidden = true;
    document.dispatchEvent(new Event("visibilitychange"));
    for (const { track } of plugs.tracks) {
      if (track.readyState === "ended") continue;
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
  });
}

/** And is seen again. */
export async function returns(page: Page): Promise<void> {
  await page.evaluate(() => {
    (globalThis as unknown as { plugs: Kept }).plugs.isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
}
