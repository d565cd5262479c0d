/** Sharing a screen with the others: asking for it, with a tab's sound or without, and ending it. */
import type { Captured } from "./captured.ts";
import type { Clock } from "./clock.ts";
import type { Mixing } from "./mix.ts";
import { pickScreen, SharedScreen } from "./shared-screen.ts";

/** Whoever picks a tab is taken there by the browser, which leaves full screen, within this. Higher: Esc in full screen does nothing for
 * longer after a pick. Lower: a slow device's switch is read as Esc. */
export const PICKED_MS = 1_000;

type Parts = {
  readonly devices: MediaDevices | undefined;
  readonly clock: Clock;
  readonly mixing: Mixing;
  /** The own microphone as it goes out. */
  readonly voice: () => MediaStreamTrack | null;
  readonly onChange: (change: Partial<Captured>) => void;
};

export class Sharing {
  readonly #parts: Parts;
  #shared: SharedScreen | null = null;
  #withSound = false;
  /** Infinity while the browser's own dialog is open. */
  #pickedAt = -Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get isPicking(): boolean {
    return this.#parts.clock.now() - this.#pickedAt < PICKED_MS;
  }

  get hasSound(): boolean {
    return this.#shared?.hasSound === true;
  }

  /** False where the person cancelled, or it is not wanted any more once something is picked. */
  async share(isWanted: () => boolean): Promise<boolean> {
    const { devices, clock, mixing } = this.#parts;
    this.#pickedAt = Infinity;
    const picked = await pickScreen(devices, this.#withSound);
    this.#pickedAt = picked === null ? -Infinity : clock.now();
    if (picked === null) return false;
    this.#shared?.stop();
    const shared = new SharedScreen(picked, mixing, () => this.#shared === shared && this.stop());
    const isLate = !isWanted();
    if (isLate) shared.stop();
    else this.#take(shared);
    return !isLate;
  }

  setSound(on: boolean): void {
    this.#withSound = on;
    this.#shared?.setSound(on);
    this.#parts.onChange({ screenSound: on ? "on" : "off" });
  }

  /** Another voice goes along with a tab's sound. */
  speak(voice: MediaStreamTrack | null): void {
    this.#shared?.speak(voice);
  }

  stop(): void {
    this.#shared?.stop();
    this.#take(null);
  }

  /** Ends without a word; the next one begins without sound. */
  close(): void {
    this.#shared?.stop();
    this.#shared = null;
    this.#withSound = false;
  }

  #take(shared: SharedScreen | null): void {
    this.#shared = shared;
    shared?.speak(this.#parts.voice());
    const isSilent = this.#withSound && shared !== null && !shared.hasSound;
    this.#parts.onChange({
      screen: shared?.picture ?? null,
      mixed: shared?.outgoing ?? null,
      screenSound: isSilent ? "none" : this.#withSound ? "on" : "off",
    });
  }
}
