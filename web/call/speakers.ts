/** Which loudspeaker is used, and headsets that come and go: their microphone and loudspeaker are chosen, offered and lost together. */
import type { Capture } from "./capture.ts";
import type { Chosen } from "./chosen.ts";
import type { Device, Devices } from "./devices.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import { type Readable, Value } from "./value.ts";

export type SpeakerState = {
  /** Id of the loudspeaker; empty: the system's own. */
  readonly speaker: string;
  /** A headset that was plugged in just now and is not used yet. */
  readonly offer: Pair | null;
  /** The loudspeaker in use is gone, by name; the system's own took over. */
  readonly lost: string | null;
};

type Parts = {
  readonly list: Readable<Devices>;
  readonly capture: Pick<Capture, "choose" | "source">;
  readonly chosen: Chosen;
};

export class Speakers {
  readonly #parts: Parts;
  readonly #state: Value<SpeakerState>;
  readonly #stop: () => void;
  #before: Devices;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#before = parts.list.get();
    this.#state = new Value<SpeakerState>({ speaker: "", offer: null, lost: null });
    this.#stop = parts.list.watch((now) => this.#changed(now));
  }

  get state(): Readable<SpeakerState> {
    return this.#state;
  }

  /** Sound comes out of this one from now on, and the microphone of the same headset is used. */
  chooseSpeaker(id: string): void {
    this.#use(id);
    const pair = pairsOf(this.#parts.list.get()).find(({ speaker }) => speaker.id === id);
    if (pair && !this.#isUsed(pair.microphone))
      void this.#parts.capture.choose("microphone", pair.microphone.id);
  }

  /** This microphone from now on, and the loudspeaker of the same headset. */
  async chooseMicrophone(id: string): Promise<void> {
    const pair = pairsOf(this.#parts.list.get()).find(({ microphone }) => microphone.id === id);
    if (pair) this.#use(pair.speaker.id);
    await this.#parts.capture.choose("microphone", id);
  }

  /** The headset that is offered is used. */
  async accept(): Promise<void> {
    const { offer } = this.#state.get();
    this.#set({ offer: null });
    if (offer) await this.chooseMicrophone(offer.microphone.id);
  }

  /** Read, or not wanted. */
  dismiss(): void {
    this.#set({ offer: null, lost: null });
  }

  close(): void {
    this.#stop();
  }

  #use(id: string): void {
    this.#parts.chosen.set("speaker", id === "default" ? "" : id);
    this.#set({ speaker: id === "default" ? "" : id, offer: null, lost: null });
  }

  #changed(now: Devices): void {
    const before = this.#before;
    this.#before = now;
    this.#remember(now);
    // the names come only once a device is allowed: what was there before that is nothing new
    if (before.microphones.some(({ name }) => name !== "")) this.#compare(before, now);
  }

  /** The one chosen before, as soon as it is there and nothing else was chosen. */
  #remember(now: Devices): void {
    const id = this.#parts.chosen.get("speaker");
    if (id !== null && this.#state.get().speaker === "" && has(now.speakers, id)) this.#set({ speaker: id });
  }

  #compare(before: Devices, now: Devices): void {
    const { speaker, offer } = this.#state.get();
    if (speaker !== "" && !has(now.speakers, speaker)) {
      const name = before.speakers.find(({ id }) => id === speaker)?.name ?? "";
      this.#set({ speaker: "", lost: name });
    }
    const known = pairsOf(before).map(({ microphone }) => microphone.id);
    const pairs = pairsOf(now);
    const fresh = pairs.find(({ microphone }) => !known.includes(microphone.id) && !this.#isUsed(microphone));
    if (fresh) this.#set({ offer: fresh });
    else if (offer && !pairs.some(({ microphone }) => microphone.id === offer.microphone.id))
      this.#set({ offer: null });
  }

  #isUsed({ id }: Device): boolean {
    return this.#parts.capture.source("microphone")?.getSettings().deviceId === id;
  }

  #set(change: Partial<SpeakerState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

const has = (devices: readonly Device[], id: string) => devices.some((device) => device.id === id);
