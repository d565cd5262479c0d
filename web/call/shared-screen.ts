/** A screen, window or tab on its way to the others: chosen in the browser's own dialog, and, where it is asked for, with a tab's sound. */
import type { Mix, Mixing } from "./mix.ts";

/** What was picked; `sound` null: none was asked for, or what was picked has none. */
type Picked = { readonly picture: MediaStreamTrack; readonly sound: MediaStreamTrack | null };

/** Only what draws in motion needs more. Higher: text becomes blurred on weak lines. Lower: scrolling stutters. */
const FPS = 15;

/** Browsers know more than the types: see below which are asked for. */
type DisplayOptions = DisplayMediaStreamOptions & {
  selfBrowserSurface?: "exclude";
  surfaceSwitching?: "include";
  systemAudio?: "exclude";
  windowAudio?: "exclude";
};

/** What the browser is asked for. With sound: of a tab alone, still heard here, and without our own call in it. */
export function displayOptions(withSound: boolean): DisplayOptions {
  const sound = {
    // played here too: who shows something hears it; the microphone's echo cancellation knows it
    suppressLocalAudioPlayback: false,
    // nobody hears the own voice come back
    restrictOwnAudio: true,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  };
  return {
    video: { frameRate: { ideal: FPS } },
    audio: withSound ? (sound as MediaTrackConstraints) : false,
    // a mirror of mirrors helps nobody
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    // the sound of a whole system is more than somebody means to show
    systemAudio: "exclude",
    windowAudio: "exclude",
  };
}

/** Null where the person cancelled, or the system refused. */
export async function pickScreen(
  devices: MediaDevices | undefined,
  withSound: boolean,
): Promise<Picked | null> {
  try {
    const stream = await devices?.getDisplayMedia(displayOptions(withSound));
    const [picture] = stream?.getVideoTracks() ?? [];
    if (!picture) return null;
    picture.contentHint = "detail";
    return { picture, sound: stream?.getAudioTracks()[0] ?? null };
  } catch {
    return null;
  }
}

/** What is shared now. */
export class SharedScreen {
  readonly picture: MediaStreamTrack;
  readonly #sound: MediaStreamTrack | null;
  readonly #mix: Mix | null;

  /** `onOver`: the browser's own "stop sharing", or the window was closed. */
  constructor({ picture, sound }: Picked, mixing: Mixing | null, onOver: () => void) {
    this.picture = picture;
    this.#sound = sound;
    this.#mix = sound && mixing ? mixing(sound) : null;
    picture.addEventListener("ended", onOver);
  }

  /** Whether there is a sound that could be heard. */
  get hasSound(): boolean {
    return this.#mix !== null;
  }

  /** The tab's sound on or off; the microphone goes on. */
  setSound(on: boolean): void {
    if (this.#sound) this.#sound.enabled = on;
  }

  /** Microphone and tab in one track; null where there is no sound of a tab. */
  get outgoing(): MediaStreamTrack | null {
    return this.#mix?.track ?? null;
  }

  /** Another microphone; a muted one is silent in the mix, too. */
  speak(microphone: MediaStreamTrack | null): void {
    this.#mix?.speak(microphone);
  }

  stop(): void {
    this.picture.stop();
    this.#sound?.stop();
    this.#mix?.close();
  }
}
