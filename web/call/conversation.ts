/** Two people in a direct call: what we capture goes out, what they send is shown, both know who is muted or shares a screen. */
import type { IceServer } from "../../wire/signal.ts";
import type { Capture } from "./capture.ts";
import type { Clock } from "./clock.ts";
import { Direct, type DirectMessage, type Outgoing } from "./direct.ts";
import type { Line, Secured } from "./line.ts";
import { LineWatch } from "./line-watch.ts";
import { GOOD, type Quality } from "./quality.ts";

/** What a side says of itself, sealed: the server cannot fake "muted". */
export type Shown = { readonly mic: boolean; readonly cam: boolean; readonly screen: boolean };
export type ConversationMessage =
  | DirectMessage
  | ({ t: "media" } & Shown)
  | { t: "line"; relayed: boolean }
  | ({ t: "quality" } & Quality);

/** Whose sending comes badly, as both sides see it, and whose picture has stopped for it; null before anything is known. */
export type Weak = {
  readonly mine: boolean;
  readonly theirs: boolean;
  readonly myStill: boolean;
  readonly theirStill: boolean;
};

/** `refused`: the other end of the line was not the one the sealed channel named. */
export type ConversationState = {
  readonly line: Line;
  readonly remote: MediaStream | null;
  readonly other: Shown | null;
  readonly refused: boolean;
  readonly secured: Secured | null;
  readonly weak: Weak | null;
};

export type ConversationOptions = {
  readonly clock: Clock;
  readonly role: "offer" | "answer";
  readonly ice: readonly IceServer[];
  readonly certificate: RTCCertificate;
  readonly capture: Capture;
  readonly send: (message: ConversationMessage) => void;
  readonly onChange: (state: ConversationState) => void;
  /** The channel for chat and files; sealed frames only. */
  readonly onData: (channel: RTCDataChannel) => void;
  /** Our description is on its way: the page may draw without delaying anything. */
  readonly onSaid?: (() => void) | undefined;
  readonly warm?: RTCPeerConnection | undefined;
};

export class Conversation {
  readonly #options: ConversationOptions;
  readonly #direct: Direct;
  readonly #watch: LineWatch;
  #state: ConversationState = {
    line: { at: "connecting" },
    remote: null,
    other: null,
    refused: false,
    secured: null,
    weak: null,
  };
  #mine = GOOD;
  #theirs = GOOD;
  #ownLine: Line = { at: "connecting" };
  #isOtherRelayed = false;
  #told = "";

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#direct = new Direct({
      role: options.role,
      ice: options.ice,
      certificate: options.certificate,
      outgoing: outgoingOf(options.capture),
      send: options.send,
      onLine: (line) => this.#onLine(line),
      onRemote: (remote) => this.#set({ remote }),
      onSecured: (secured) => this.#set({ secured }),
      onSaid: options.onSaid,
      onData: options.onData,
      warm: options.warm,
      onRefused: () => this.#set({ refused: true, remote: null }),
    });
    this.#watch = new LineWatch({
      clock: options.clock,
      stats: () => this.#direct.stats(),
      onStep: (step) => this.#direct.setPicture(step),
      onQuality: (quality) => {
        this.#mine = quality;
        options.send({ t: "quality", ...quality });
        this.#set({ weak: this.#weak() });
      },
    });
    this.#tell();
  }

  get state(): ConversationState {
    return this.#state;
  }

  /** Takes a message of the other side out of the sealed channel. */
  receive(message: ConversationMessage): void {
    if (message.t === "line") this.#onRelayed(message.relayed);
    else if (message.t === "quality") this.#onQuality(message);
    else if (message.t !== "media") this.#direct.receive(message);
    else this.#set({ other: { mic: message.mic, cam: message.cam, screen: message.screen } });
  }

  /** What we capture has changed: sends it, and says so. */
  captureChanged(): void {
    this.#direct.setOutgoing(outgoingOf(this.#options.capture));
    this.#tell();
  }

  /** Looks for a new path at once. */
  networkChanged(): void {
    this.#direct.networkChanged();
  }

  close(): void {
    this.#watch.close();
    this.#direct.close();
  }

  #onLine(line: Line): void {
    this.#ownLine = line;
    if (line.at === "open") this.#options.send({ t: "line", relayed: line.route === "relayed" });
    if (line.at === "open") this.#watch.start();
    else this.#watch.pause();
    const weak = line.at === "open" ? { weak: this.#weak() } : {};
    this.#set({ line: this.#lineOfBoth(), ...weak });
  }

  #onQuality({ out, in: gets, still }: Quality): void {
    this.#theirs = { out, in: gets, still };
    this.#set({ weak: this.#weak() });
  }

  /** What one side finds of what it gets is true of what the other sends. */
  #weak(): Weak {
    const [mine, theirs] = [this.#mine, this.#theirs];
    return {
      mine: mine.out || theirs.in,
      theirs: theirs.out || mine.in,
      myStill: mine.still,
      theirStill: theirs.still,
    };
  }

  #onRelayed(relayed: boolean): void {
    this.#isOtherRelayed = relayed;
    this.#set({ line: this.#lineOfBoth() });
  }

  /** Relayed where either side says so; a changed network makes both say it again. */
  #lineOfBoth(): Line {
    const line = this.#ownLine;
    return line.at === "open" && this.#isOtherRelayed ? { at: "open", route: "relayed" } : line;
  }

  #tell(): void {
    const { microphone, camera, screen, muted } = this.#options.capture.captured;
    const shown = { mic: microphone !== null && !muted, cam: camera !== null, screen: screen !== null };
    if (JSON.stringify(shown) === this.#told) return;
    this.#told = JSON.stringify(shown);
    this.#options.send({ t: "media", ...shown });
  }

  #set(change: Partial<ConversationState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }
}

/** A shared screen replaces the camera picture for the others (journey 9). */
function outgoingOf(capture: Capture): Outgoing {
  const { microphone, mixed, camera, screen } = capture.captured;
  return { microphone: mixed ?? microphone, picture: screen ?? camera };
}
