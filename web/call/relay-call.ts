/** A call over the server, for the therapist and for clients alike: who is in it by the sealed roster, what each shows by the sealed
 * table, their pictures and voices by the relay plane. Names never come from the server. */
import type { EpochKeys } from "../../wasm/roster.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Shows } from "../../wire/sealed.ts";
import type { Capture } from "./capture.ts";
import type { Clock } from "./clock.ts";
import { type Said, SHOWS_NOTHING } from "./host-beats.ts";
import { RelayChannel } from "./relay-channel.ts";
import type { MediaPasses, OpenPlane, PictureElement, Plane, PlaneState, PlaneWant } from "./relay-plane.ts";
import { Speaker } from "./speaker.ts";
import { type Readable, Value } from "./value.ts";

/** One person in the call. The order of slots is the order of seats on every screen. */
export type Person = {
  readonly slot: number;
  /** What it typed for this call; empty where it typed nothing. */
  readonly name: string;
  readonly isMe: boolean;
  readonly shows: Shows;
  readonly picture: PictureElement | null;
  readonly screen: PictureElement | null;
  /** Its line is weak: its picture is small or away, its sound goes first. */
  readonly weak: boolean;
};

export type RelayCallState = {
  readonly line: PlaneState["line"];
  readonly way: PlaneState["way"];
  /** Our own line is weak. */
  readonly weak: boolean;
  /** The system has stopped the sound of the others. */
  readonly silenced: boolean;
  readonly people: readonly Person[];
  /** Slot of whoever speaks or spoke last, ourselves never. */
  readonly speaking: number | null;
};

export type RelayCallOptions = {
  readonly clock: Clock;
  readonly open: OpenPlane;
  readonly pid: Bytes;
  readonly slot: number;
  readonly passes: () => Promise<MediaPasses>;
  readonly capture: Capture;
  readonly onDead: () => void;
};

/** Sound frames that somebody has sent and we have not got. Higher: a voice that is held back is noticed later. Lower: a slow line is
 * called weak for a moment. At 20 ms each: 2 s. */
export const BEHIND_FRAMES = 100;

/** A line is called weak once it has been so for … ms. Higher: people wonder longer about small pictures. Lower: a page that starts, or
 * a moment on the train, is told so for nothing. */
export const WEAK_SAID_MS = 3_000;

type Pictures = { picture: PictureElement | null; screen: PictureElement | null };

export class RelayCall {
  readonly #options: RelayCallOptions;
  readonly #plane: Plane;
  readonly #speaker = new Speaker();
  readonly #pictures = new Map<number, Pictures>();
  readonly #state = new Value<RelayCallState>({
    line: "connecting",
    way: null,
    weak: false,
    silenced: false,
    people: [],
    speaking: null,
  });
  readonly channel: RelayChannel;
  /** Before the first epoch we know of ourselves. */
  #roster: readonly { readonly slot: number; readonly name: string }[];
  #table: readonly Said[] = [];
  #weak: readonly number[] = [];
  /** The newest sound frame of each other that came here, by slot. */
  readonly #heard = new Map<number, number>();
  /** The newest one that was sent. */
  #said: number | null = null;
  #cancelWeak: (() => void) | null = null;
  /** Whose sound has not come as far as its sender says. */
  #behind: readonly number[] = [];

  constructor(options: RelayCallOptions) {
    this.#options = options;
    const { clock, pid, slot, passes, onDead } = options;
    this.#roster = [{ slot, name: "" }];
    this.channel = new RelayChannel({
      send: (frame) => this.#plane.sendData(frame),
      after: (milliseconds, run) => clock.after(milliseconds, run),
    });
    this.#plane = options.open({
      pid,
      slot,
      passes,
      onState: (state) => this.#onState(state),
      onData: (frame) => this.channel.receive(frame),
      onLevels: (levels) => {
        for (const { slot: from, ctr } of levels) if (ctr !== null) this.#heard.set(from, ctr);
        this.#set({ speaking: this.#speaker.hear(levels, clock.now()) });
      },
      onSaid: (ctr) => {
        this.#said = ctr;
      },
      onPicture: (from, screen, element) => this.#onPicture(from, screen, element),
      onDead,
    });
    this.captureChanged();
    this.#people();
  }

  /** How far our own sound is; null before the first frame. */
  get said(): number | null {
    return this.#said;
  }

  get state(): Readable<RelayCallState> {
    return this.#state;
  }

  /** A new epoch. The keys stay the caller's: what is kept here is a copy. */
  install(keys: EpochKeys): void {
    const { own, others } = keys;
    const gone = this.#roster.filter(({ slot }) => ![own, ...others].some((member) => member.slot === slot));
    for (const { slot } of gone) this.#forget(slot);
    this.#roster = [own, ...others].map(({ slot, name }) => ({ slot, name }));
    const copy = { ...own, key: own.key.slice() };
    this.#plane.install({
      ...keys,
      own: copy,
      others: others.map((each) => ({ ...each, key: each.key.slice() })),
    });
    this.#people();
  }

  /** What everybody shows, as they said it themselves. */
  table(table: readonly Said[]): void {
    this.#table = table;
    const heard = (slot: number) => this.#heard.get(slot) ?? Number.POSITIVE_INFINITY;
    const isBehind = ({ slot, ctr }: Said) => ctr !== null && ctr - heard(slot) > BEHIND_FRAMES;
    this.#behind = table.filter(isBehind).map(({ slot }) => slot);
    this.#people();
  }

  /** Whether anything may be sent (A3). */
  allow(maySend: boolean): void {
    this.#plane.allow(maySend);
  }

  /** Which pictures the page shows, and how large. */
  view(wants: readonly PlaneWant[]): void {
    this.#plane.view(wants);
  }

  /** Sound comes out of this device from now on; empty: the system's. */
  setLoudspeaker(id: string): void {
    this.#plane.setLoudspeaker(id).catch(() => undefined);
  }

  /** Nobody is heard here while true. */
  silence(silent: boolean): void {
    this.#plane.silence(silent);
  }

  captureChanged(): void {
    const { microphone, mixed, camera, screen, muted } = this.#options.capture.captured;
    // a shared screen replaces the camera, as in a direct call (journey 9)
    this.#plane.capture({
      microphone: mixed ?? (muted ? null : microphone),
      camera: screen ? null : camera,
      screen,
    });
  }

  close(): void {
    this.#cancelWeak?.();
    this.channel.close();
    this.#plane.close();
  }

  #onState({ line, way, weak, silenced = false }: PlaneState): void {
    this.#weak = weak.slots;
    this.channel.setOpen(line === "open");
    this.#set({ line, way, silenced });
    this.#ownLine(weak.own);
    this.#people();
  }

  #ownLine(isWeak: boolean): void {
    if (isWeak) this.#cancelWeak ??= this.#options.clock.after(WEAK_SAID_MS, () => this.#set({ weak: true }));
    else {
      this.#cancelWeak?.();
      this.#cancelWeak = null;
      this.#set({ weak: false });
    }
  }

  #onPicture(slot: number, screen: boolean, element: PictureElement | null): void {
    const pictures = this.#pictures.get(slot) ?? { picture: null, screen: null };
    this.#pictures.set(slot, screen ? { ...pictures, screen: element } : { ...pictures, picture: element });
    this.#people();
  }

  #forget(slot: number): void {
    this.#plane.forget(slot);
    this.#pictures.delete(slot);
    this.#heard.delete(slot);
    this.#speaker.forget(slot);
  }

  #people(): void {
    const people = this.#roster.map(({ slot, name }): Person => {
      const { picture, screen } = this.#pictures.get(slot) ?? { picture: null, screen: null };
      const shows = this.#table.find((said) => said.slot === slot)?.shows ?? SHOWS_NOTHING;
      const isMe = slot === this.#options.slot;
      return {
        slot,
        name,
        isMe,
        shows,
        picture,
        screen,
        weak: this.#weak.includes(slot) || this.#behind.includes(slot),
      };
    });
    this.#set({ people: people.sort((a, b) => a.slot - b.slot), speaking: this.#speaker.slot });
  }

  #set(change: Partial<RelayCallState>): void {
    const next = { ...this.#state.get(), ...change };
    if (
      JSON.stringify(lean(next)) === JSON.stringify(lean(this.#state.get())) &&
      samePictures(next, this.#state.get())
    )
      return;
    this.#state.set(next);
  }
}

/** Without elements, which have no text. */
function lean({ people, ...rest }: RelayCallState) {
  return { ...rest, people: people.map(({ picture: _, screen: __, ...person }) => person) };
}

function samePictures(a: RelayCallState, b: RelayCallState): boolean {
  return a.people.every(
    ({ picture, screen }, at) => picture === b.people[at]?.picture && screen === b.people[at]?.screen,
  );
}
