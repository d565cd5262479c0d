/** Camera, microphone and screen of this device: what is captured now, why something is not, and how to swap it. */
import { type Clock, pageClock } from "./clock.ts";
import { type Refiner, type RefineState, Refining } from "./refining.ts";

/** Why a camera or microphone is not there; the page has a sentence for each. */
export type Missing = "blocked" | "none" | "busy" | "insecure" | "failed";
export type Kind = "microphone" | "camera";
export type Problems = { readonly [K in Kind]?: Missing };

/** Captured now. `screen` replaces the camera for the others while it is there. */
export type Captured = {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
  readonly problems: Problems;
  readonly muted: boolean;
  /** Whether what is sent is refined (blurred, without noise), see `setRefine`. */
  readonly refining: { readonly [K in Kind]: RefineState };
};

const OFF: Captured = {
  microphone: null,
  camera: null,
  screen: null,
  problems: {},
  muted: false,
  refining: { microphone: "off", camera: "off" },
};

const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

/** What a refusal of `getUserMedia` or `getDisplayMedia` means for a person. */
export function missingOf(error: unknown): Missing {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "blocked";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "failed";
}

export class Capture {
  readonly #devices: MediaDevices | undefined;
  readonly #onChange: () => void;
  #chosen: { [K in Kind]?: string } = {};
  readonly #ways: { readonly [K in Kind]: Refining };
  #captured: Captured = OFF;
  #opening: Promise<void> | undefined;
  /** The person wants to be heard only: the camera is not even asked for. */
  #withoutCamera = false;
  #closed = false;

  /** `devices` is `undefined` on an insecure origin: browsers hide it there. */
  constructor(devices: MediaDevices | undefined, onChange: () => void, clock: Clock = pageClock) {
    this.#devices = devices;
    this.#onChange = onChange;
    const way = (kind: Kind) =>
      new Refining({ clock, hidesPlain: kind === "camera", onChange: () => this.#refined(kind) });
    this.#ways = { microphone: way("microphone"), camera: way("camera") };
  }

  get captured(): Captured {
    return this.#captured;
  }

  /** Asks for microphone and camera; one missing does not keep the other away. Never throws: see `problems`. */
  open(): Promise<void> {
    this.#opening ??= this.#openBoth();
    return this.#opening;
  }

  /** Mutes or unmutes at once; the device stays open so that nothing is lost when speaking again. */
  setMuted(muted: boolean): void {
    if (this.#captured.microphone) this.#captured.microphone.enabled = !muted;
    this.#set({ muted });
  }

  /** What is shown and sent of this kind goes through `refiner` from now on, whatever device it comes from; null: plain again. One that
   * fails says so in `refining`: a microphone then goes on plain, of a camera nothing goes out. */
  async setRefine(kind: Kind, refiner: Refiner | null): Promise<void> {
    if (kind === "camera") return this.#ways.camera.use(refiner);
    this.#ways.microphone.prepare(refiner);
    const isOpened = await this.#matchNoise();
    if (!isOpened) await this.#ways.microphone.use(refiner);
  }

  /** The device itself, before refining: what it is called and how it is set. */
  source(kind: Kind): MediaStreamTrack | null {
    return this.#ways[kind].source;
  }

  /** Switches the camera really off (its light goes out) or on again. Off before `open`: it asks for the microphone alone. */
  async setCamera(on: boolean): Promise<void> {
    this.#withoutCamera = !on;
    if (!on) return this.#ways.camera.feed(null);
    if (!this.source("camera")) await this.#openOne("camera");
  }

  /** Uses another device of the kind from now on. */
  async choose(kind: Kind, deviceId: string): Promise<void> {
    this.#chosen = { ...this.#chosen, [kind]: deviceId };
    this.source(kind)?.stop();
    await this.#openOne(kind);
  }

  /** Asks once more for a device that was missing. */
  async retry(kind: Kind): Promise<void> {
    if (!this.source(kind)) await this.#openOne(kind);
  }

  /** Shares a screen, window or tab chosen in the browser's own dialog, without its sound. Resolves to false where the person cancelled. */
  async shareScreen(): Promise<boolean> {
    try {
      const stream = await this.#devices?.getDisplayMedia({
        video: { frameRate: { ideal: 15 } },
        audio: false,
      });
      const [screen] = stream?.getVideoTracks() ?? [];
      if (!screen) return false;
      screen.contentHint = "detail";
      // the browser's own "stop sharing" button
      screen.addEventListener("ended", () => this.stopScreen());
      this.#set({ screen });
      return true;
    } catch {
      return false;
    }
  }

  /** Ends sharing; the camera is what the others see again. */
  stopScreen(): void {
    if (!this.#captured.screen) return;
    this.#captured.screen.stop();
    this.#set({ screen: null });
  }

  /** Lets every device go until `open` is called again: after the call no light may stay on. */
  closeAll(): void {
    this.#stopAll();
    this.#opening = undefined;
    this.#set({ ...OFF, muted: this.#captured.muted });
  }

  /** The page goes. A second call does nothing. */
  close(): void {
    this.#closed = true;
    this.#stopAll();
  }

  #stopAll(): void {
    for (const way of Object.values(this.#ways)) way.close();
    this.#captured.screen?.stop();
  }

  /** Chromium takes this setting of a microphone only while it opens it. True where it did. */
  async #matchNoise(): Promise<boolean> {
    const { noiseSuppression } = this.#microphone;
    const now = this.source("microphone")?.getSettings().noiseSuppression;
    if (now === undefined || now === noiseSuppression) return false;
    await this.#openOne("microphone");
    // changed once more meanwhile
    if (this.#microphone.noiseSuppression !== noiseSuppression) await this.#matchNoise();
    return true;
  }

  /** Noise is taken away once: by the browser, or by what refines. */
  get #microphone() {
    return { ...MICROPHONE, noiseSuppression: !this.#ways.microphone.isRefined };
  }

  async #openBoth(): Promise<void> {
    if (!this.#devices) return this.#set({ problems: { microphone: "insecure", camera: "insecure" } });
    if (this.#withoutCamera) return await this.#openOne("microphone");
    try {
      const stream = await this.#devices.getUserMedia({ audio: this.#microphone, video: CAMERA });
      this.#take("microphone", stream.getAudioTracks()[0]);
      this.#take("camera", stream.getVideoTracks()[0]);
    } catch {
      await this.#openOne("microphone");
      await this.#openOne("camera");
    }
  }

  async #openOne(kind: Kind): Promise<void> {
    const id = this.#chosen[kind];
    const exact = id === undefined ? {} : { deviceId: { exact: id } };
    const wanted =
      kind === "microphone"
        ? { audio: { ...this.#microphone, ...exact } }
        : { video: { ...CAMERA, ...exact } };
    try {
      const stream = await this.#devices?.getUserMedia(wanted);
      this.#take(kind, stream?.getTracks()[0]);
    } catch (error) {
      this.#set({ problems: { ...this.#captured.problems, [kind]: missingOf(error) } });
      await this.#ways[kind].feed(null);
    }
  }

  #take(kind: Kind, track: MediaStreamTrack | undefined): void {
    if (!track) return;
    if (this.#closed) {
      track.stop();
      return;
    }
    const { [kind]: _, ...problems } = this.#captured.problems;
    this.#captured = { ...this.#captured, problems };
    // pulled out, or taken by the system: said as a problem, never silently
    track.addEventListener("ended", () => {
      if (this.source(kind) !== track) return;
      this.#set({ problems: { ...this.#captured.problems, [kind]: "busy" } });
      void this.#ways[kind].feed(null);
    });
    void this.#ways[kind].feed(track);
  }

  /** Another track of this kind goes out. */
  #refined(kind: Kind): void {
    const { outgoing, state } = this.#ways[kind];
    if (kind === "microphone" && outgoing) outgoing.enabled = !this.#captured.muted;
    this.#set({ [kind]: outgoing, refining: { ...this.#captured.refining, [kind]: state } });
  }

  #set(change: Partial<Captured>): void {
    this.#captured = { ...this.#captured, ...change };
    this.#onChange();
  }
}
