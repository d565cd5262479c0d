/** Camera, microphone and screen of this device: what is captured now, why something is not, and how to swap it. What the system takes
 * away is replaced where it can be, and said. */
import { type Captured, isCameraOn, OFF, type Swap } from "./captured.ts";
import { Chosen } from "./chosen.ts";
import { type Clock, pageClock } from "./clock.ts";
import { type Mixing, mixWith } from "./mix.ts";
import { constraintsOf, KINDS, type Kind, type Missing, missingOf, type Which } from "./opening.ts";
import { type Refiner, Refining } from "./refining.ts";
import { Sharing } from "./sharing.ts";

/** A device that ends again so soon is not replaced again. Higher: two pulled devices leave one silent. Lower: a broken driver is asked
 * for ever. */
const AGAIN_MS = 3_000;
/** A track that the system still holds back so long after the page has come back is asked for anew (iPhones after a call). Higher: longer
 * silence. Lower: what comes back by itself is asked for twice. */
export const HELD_MS = 1_500;

export type CaptureParts = {
  readonly clock?: Clock;
  /** What was chosen on this device before. */
  readonly chosen?: Chosen;
  /** The page is in the background: what ends there is asked for when it is back. */
  readonly isHidden?: () => boolean;
  readonly mixing?: Mixing;
};

export class Capture {
  readonly #devices: MediaDevices | undefined;
  readonly #onChange: () => void;
  readonly #clock: Clock;
  readonly #chosen: Chosen;
  readonly #isHidden: () => boolean;
  readonly #sharing: Sharing;
  readonly #ways: { readonly [K in Kind]: Refining };
  #captured: Captured = OFF;
  /** What the person wants on: a camera that was switched off is not asked for again. */
  #wants: { [K in Kind]: boolean } = { microphone: true, camera: true };
  #endedAt: { [K in Kind]: number } = { microphone: -Infinity, camera: -Infinity };
  /** How often the browser is being asked now. */
  #asking: { [K in Kind]: number } = { microphone: 0, camera: 0 };
  #opening: Promise<void> | undefined;
  /** Something was asked for since all was let go: what the browser hands out after that is not wanted any more. */
  #isInUse = false;
  #closed = false;

  /** `devices` is `undefined` on an insecure origin: browsers hide it there. */
  constructor(devices: MediaDevices | undefined, onChange: () => void, parts: CaptureParts = {}) {
    this.#devices = devices;
    this.#onChange = onChange;
    this.#clock = parts.clock ?? pageClock;
    this.#chosen = parts.chosen ?? new Chosen(null);
    this.#isHidden = parts.isHidden ?? (() => false);
    this.#sharing = new Sharing({
      devices,
      clock: this.#clock,
      mixing: parts.mixing ?? mixWith,
      voice: () => this.#captured.microphone,
      onChange: (change) => this.#set(change),
    });
    const way = (kind: Kind) =>
      new Refining({
        clock: this.#clock,
        hidesPlain: kind === "camera",
        onChange: () => this.#refined(kind),
      });
    this.#ways = { microphone: way("microphone"), camera: way("camera") };
  }

  get captured(): Captured {
    return this.#captured;
  }

  /** Asks for microphone and camera; one missing does not keep the other away. Never throws: see `problems`. */
  open(): Promise<void> {
    this.#isInUse = true;
    this.#opening ??= this.#whileAsking(KINDS, () => this.#openBoth());
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

  /** Open, or the browser is still asking for it. */
  isComing(kind: Kind): boolean {
    const isAsked = this.#isInUse && this.#wants[kind] && this.#asking[kind] > 0;
    return isAsked || this.source(kind) !== null;
  }

  /** One press: off where it is on or its blur is just starting, else on. */
  toggleCamera(): Promise<void> {
    return this.setCamera(!isCameraOn(this.#captured));
  }

  /** Switches the camera really off (its light goes out) or on again. Off before `open`: it asks for the microphone alone. */
  async setCamera(on: boolean): Promise<void> {
    this.#wants.camera = on;
    if (!on) {
      this.#problem("camera", null);
      return this.#ways.camera.feed(null);
    }
    this.#isInUse = true;
    if (!this.source("camera")) await this.#openOne("camera", this.#meant("camera"));
  }

  /** Uses another device of the kind from now on, and in the next call. One that cannot be opened leaves the one before. */
  async choose(kind: Kind, deviceId: string): Promise<void> {
    const before = this.source(kind);
    this.#wants[kind] = true;
    this.#isInUse = true;
    this.#unswap(kind);
    // phones open one camera at a time
    before?.stop();
    if (await this.#openOne(kind, { id: deviceId, exactly: true })) {
      return this.#chosen.set(kind, deviceId);
    }
    const old = before?.getSettings().deviceId;
    if (!before || old === undefined || old === deviceId) return;
    if (await this.#openOne(kind, { id: old, exactly: false })) this.#swapped(kind, "refused", "");
  }

  /** Asks once more for a device that was missing. */
  async retry(kind: Kind): Promise<void> {
    this.#isInUse = true;
    if (!this.source(kind)) await this.#openOne(kind, this.#meant(kind));
  }

  /** Opens the device anew although it seems to be there: it gives nothing. */
  async reopen(kind: Kind): Promise<void> {
    await this.#openOne(kind, this.#meant(kind));
  }

  /** The person has read what was swapped. */
  dismissSwap(kind: Kind): void {
    this.#unswap(kind);
  }

  /** Shares a screen, window or tab chosen in the browser's own dialog. Resolves to false where the person cancelled: then all stays as it
   * was, also what is shared already. */
  shareScreen(): Promise<boolean> {
    return this.#sharing.share(() => !this.#closed && this.#isInUse);
  }

  /** The browser's dialog for the screen is open, or was answered just now: what becomes of our window is its doing. */
  get isPicking(): boolean {
    return this.#sharing.isPicking;
  }

  /** Whether a tab's sound goes along: of what is shared now, and of what will be. */
  setScreenSound(on: boolean): void {
    this.#sharing.setSound(on);
  }

  /** True where what is shared has a sound that can be switched. */
  get hasScreenSound(): boolean {
    return this.#sharing.hasSound;
  }

  /** Ends sharing; the camera is what the others see again. */
  stopScreen(): void {
    this.#sharing.stop();
  }

  /** The page is seen again after a call, another app, an hour of sleep: what the system has taken is asked for anew. */
  async returned(): Promise<void> {
    if (!this.#isInUse || this.#closed) return;
    for (const kind of KINDS) await this.#reacquire(kind);
  }

  /** The person has changed in the browser what this page may use. */
  async permitted(kind: Kind, isAllowed: boolean): Promise<void> {
    if (!this.#isInUse || this.#closed || !this.#wants[kind]) return;
    if (isAllowed) return this.retry(kind);
    this.#problem(kind, "blocked");
    await this.#ways[kind].feed(null);
  }

  /** Lets every device go until `open` is called again: after the call no light may stay on. */
  closeAll(): void {
    this.#stopAll();
    this.#opening = undefined;
    this.#isInUse = false;
    this.#set({ ...OFF, muted: this.#captured.muted });
  }

  /** The page goes. A second call does nothing. */
  close(): void {
    this.#closed = true;
    this.#stopAll();
  }

  #stopAll(): void {
    for (const way of Object.values(this.#ways)) way.close();
    this.#sharing.close();
  }

  /** Chromium takes this setting of a microphone only while it opens it. True where it did. */
  async #matchNoise(): Promise<boolean> {
    const noiseSuppression = this.#takesNoise;
    const now = this.source("microphone")?.getSettings().noiseSuppression;
    if (now === undefined || now === noiseSuppression) return false;
    const deviceId = this.source("microphone")?.getSettings().deviceId;
    await this.#openOne("microphone", deviceId === undefined ? null : { id: deviceId, exactly: false });
    // changed once more meanwhile
    if (this.#takesNoise !== noiseSuppression) await this.#matchNoise();
    return true;
  }

  /** Noise is taken away once: by the browser, or by what refines. */
  get #takesNoise(): boolean {
    return !this.#ways.microphone.isRefined;
  }

  #constraints(kind: Kind, which: Which): MediaTrackConstraints {
    const plain = constraintsOf(kind, which);
    return kind === "microphone" ? { ...plain, noiseSuppression: this.#takesNoise } : plain;
  }

  async #openBoth(): Promise<void> {
    if (!this.#devices) return this.#set({ problems: { microphone: "insecure", camera: "insecure" } });
    if (!this.#wants.camera) return void (await this.#openOne("microphone", this.#meant("microphone")));
    try {
      const stream = await this.#devices.getUserMedia({
        audio: this.#constraints("microphone", this.#meant("microphone")),
        video: this.#constraints("camera", this.#meant("camera")),
      });
      this.#take("microphone", stream.getAudioTracks()[0]);
      this.#take("camera", stream.getVideoTracks()[0]);
    } catch {
      // let go meanwhile: no light comes on for nothing
      for (const kind of KINDS)
        if (this.#isInUse && this.#wants[kind]) await this.#openOne(kind, this.#meant(kind));
    }
  }

  /** What was chosen before, if it is there. */
  #meant(kind: Kind): Which {
    const id = this.#chosen.get(kind);
    return id === null ? null : { id, exactly: false };
  }

  #openOne(kind: Kind, which: Which): Promise<boolean> {
    return this.#whileAsking([kind], () => this.#ask(kind, which));
  }

  async #whileAsking<T>(kinds: readonly Kind[], ask: () => Promise<T>): Promise<T> {
    for (const kind of kinds) this.#asking[kind] += 1;
    try {
      return await ask();
    } finally {
      for (const kind of kinds) this.#asking[kind] -= 1;
    }
  }

  async #ask(kind: Kind, which: Which): Promise<boolean> {
    const name = kind === "microphone" ? "audio" : "video";
    try {
      const stream = await this.#devices?.getUserMedia({ [name]: this.#constraints(kind, which) });
      this.#take(kind, stream?.getTracks()[0]);
      return stream !== undefined;
    } catch (error) {
      this.#problem(kind, missingOf(error));
      await this.#ways[kind].feed(null);
      return false;
    }
  }

  #take(kind: Kind, track: MediaStreamTrack | undefined): void {
    if (!track) return;
    // the page went, or the camera was switched off, while the browser asked
    if (this.#closed || !this.#isInUse || !this.#wants[kind]) return void track.stop();
    this.#problem(kind, null);
    track.addEventListener("ended", () => void this.#ended(kind, track));
    void this.#ways[kind].feed(track);
  }

  /** Pulled out, or taken by the system: another device takes over, and it is said. */
  async #ended(kind: Kind, track: MediaStreamTrack): Promise<void> {
    if (this.source(kind) !== track) return;
    const now = this.#clock.now();
    const isAgain = now - this.#endedAt[kind] < AGAIN_MS;
    this.#endedAt[kind] = now;
    if (isAgain || this.#isHidden()) this.#problem(kind, "busy");
    await this.#ways[kind].feed(null);
    if (isAgain || this.#isHidden()) return;
    if (await this.#openOne(kind, null)) this.#swapped(kind, "gone", track.label);
  }

  async #reacquire(kind: Kind): Promise<void> {
    const source = this.source(kind);
    const { [kind]: problem } = this.#captured.problems;
    if (!this.#wants[kind] || problem === "blocked" || problem === "insecure") return;
    if (source === null || source.readyState === "ended")
      return void (await this.#openOne(kind, this.#meant(kind)));
    if (!source.muted) return;
    this.#clock.after(HELD_MS, () => {
      const isHeld = this.source(kind) === source && source.muted && this.#wants[kind];
      if (isHeld && !this.#closed && !this.#isHidden()) void this.#openOne(kind, this.#meant(kind));
    });
  }

  /** Another track of this kind goes out. */
  #refined(kind: Kind): void {
    const { outgoing, source, state } = this.#ways[kind];
    if (kind === "microphone") {
      // what refines listens to the device: muted there, it would stay silent after the mute
      if (source && source !== outgoing) source.enabled = true;
      if (outgoing) outgoing.enabled = !this.#captured.muted;
      this.#sharing.speak(outgoing);
    }
    this.#set({ [kind]: outgoing, refining: { ...this.#captured.refining, [kind]: state } });
  }

  /** Told with what comes next. */
  #problem(kind: Kind, problem: Missing | null): void {
    const { [kind]: _, ...others } = this.#captured.problems;
    const problems = problem === null ? others : { ...others, [kind]: problem };
    this.#captured = { ...this.#captured, problems };
  }

  #swapped(kind: Kind, why: Swap["why"], from: string): void {
    const to = this.source(kind)?.label ?? "";
    // the same one again, as after a call on a phone: nothing to say
    if (why === "gone" && from === to) return;
    this.#set({ swaps: { ...this.#captured.swaps, [kind]: { why, from, to } } });
  }

  #unswap(kind: Kind): void {
    const { [kind]: swap, ...swaps } = this.#captured.swaps;
    if (swap) this.#set({ swaps });
  }

  #set(change: Partial<Captured>): void {
    this.#captured = { ...this.#captured, ...change };
    this.#onChange();
  }
}
