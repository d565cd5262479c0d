/** The page's part of sound: the one context, the microphone's way to the sending worker, the mixer that the receiving worker fills. Where
 * a browser has no AudioWorklet there is no sound, and the picture goes on. */
import { keepRunning, openSoundContext, watchStopped } from "./sound/context.ts";
import { type Microphone, openMicrophone } from "./sound/microphone.ts";
import { type Mixer, openMixer } from "./sound/mixer.ts";
import type { MixerLink } from "./sound/outlet.ts";

export type PageSoundParts = {
  /** The microphone's blocks, for the worker that sends. */
  readonly onMicrophone: (port: MessagePort) => void;
  /** The system has stopped all sound, or lets it go on. */
  readonly onStopped: (isStopped: boolean) => void;
  /** Where the worker that receives puts sound. */
  readonly onMixer: (link: MixerLink, transfer: Transferable[]) => void;
};

export class PageSound {
  readonly #parts: PageSoundParts;
  readonly #context: AudioContext | null;
  readonly #stopWaking: () => void;
  #opening: Promise<Microphone | null> | null = null;
  #track: MediaStreamTrack | null = null;
  #mixer: Mixer | null = null;
  #loudspeaker = "";
  #isSilent = false;
  #isClosed = false;

  constructor(parts: PageSoundParts) {
    this.#parts = parts;
    this.#context = opened();
    const stops = this.#context
      ? [keepRunning(this.#context), watchStopped(this.#context, parts.onStopped)]
      : [];
    this.#stopWaking = () => {
      for (const stop of stops) stop();
    };
    if (this.#context !== null) this.#mix(this.#context).catch(() => {});
  }

  /** Speaks through this track from now on; null: not at all. A track that is not enabled is mute: nothing is sent. */
  speak(track: MediaStreamTrack | null): void {
    if (this.#context === null || (track === null && this.#opening === null)) return;
    this.#opening ??= this.#open(this.#context, track).catch(() => null);
    this.#opening
      .then((microphone) => {
        if (microphone === null || this.#isClosed) return;
        if (track !== this.#track) microphone.replace(track);
        this.#track = track;
        microphone.mute(track?.enabled !== true);
      })
      .catch(() => {});
  }

  /** Plays through the loudspeaker of this id (empty: the system's). False where the browser offers no choice or refuses. */
  async setLoudspeaker(id: string): Promise<boolean> {
    this.#loudspeaker = id;
    return (await this.#mixer?.setLoudspeaker(id)) ?? true;
  }

  /** Nobody is heard here while true. */
  silence(silent: boolean): void {
    if (silent === this.#isSilent) return;
    this.#isSilent = silent;
    this.#mixer?.silence(silent);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWaking();
    this.#opening?.then((microphone) => microphone?.close()).catch(() => {});
    this.#mixer?.close();
    this.#context?.close().catch(() => {});
  }

  async #open(context: AudioContext, track: MediaStreamTrack | null): Promise<Microphone> {
    this.#track = track;
    const microphone = await openMicrophone(context, track);
    if (this.#isClosed) microphone.close();
    else this.#parts.onMicrophone(microphone.port);
    return microphone;
  }

  async #mix(context: AudioContext): Promise<void> {
    const mixer = await openMixer(context);
    if (this.#isClosed) return mixer.close();
    this.#mixer = mixer;
    if (this.#isSilent) mixer.silence(true);
    if (this.#loudspeaker !== "") await mixer.setLoudspeaker(this.#loudspeaker);
    this.#parts.onMixer(mixer.link, mixer.transfer);
  }
}

function opened(): AudioContext | null {
  try {
    return openSoundContext();
  } catch {
    return null;
  }
}
