/** Which pictures to ask the server for: what the page shows, less what this device cannot decode, and nothing while nobody looks
 * (media.md decision 12). Pure. */
import type { ToRelay } from "../../wire/relay.ts";
import type { PlaneWant } from "../call/plane-want.ts";

/** Higher: pictures come for a tab nobody looks at. Lower: a glance at another tab costs a key frame of everybody. */
const HIDDEN_MS = 5_000;

type ViewMessage = Extract<ToRelay, { t: "view" }>;

export class View {
  #wants: readonly PlaneWant[] = [];
  #hiddenSince: number | null = null;
  #told = "";

  set(wants: readonly PlaneWant[]): void {
    this.#wants = wants;
  }

  /** The tab went into the background, or came back. */
  hide(isHidden: boolean, now: number): void {
    this.#hiddenSince = isHidden ? (this.#hiddenSince ?? now) : null;
  }

  /** A new session knows nothing of us. */
  forgotten(): void {
    this.#told = "";
  }

  wants(slot: number, screen: boolean, now: number): boolean {
    return !this.#isHidden(now) && this.#wants.some((want) => want.slot === slot && want.screen === screen);
  }

  /** The message to send where it differs from the last one, else null. */
  message(cap: number, now: number): ViewMessage | null {
    const shown = this.#isHidden(now) ? [] : this.#wants;
    const wants = shown.map(({ slot, screen, height, rank }) => ({
      slot,
      screen: screen ? 1 : 0,
      // a screen is read, not looked at: its one layer has no smaller one
      height: Math.round(screen ? height : Math.min(height, cap)),
      rank,
    }));
    const text = JSON.stringify(wants);
    if (text === this.#told) return null;
    this.#told = text;
    return { t: "view", wants };
  }

  #isHidden(now: number): boolean {
    return this.#hiddenSince !== null && now - this.#hiddenSince >= HIDDEN_MS;
  }
}
