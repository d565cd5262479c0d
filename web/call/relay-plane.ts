/** What a call asks of the media over the server (`web/media/relay-media.ts` is it): keys, what is captured, what is shown, data. */

import type { EpochKeys } from "../../wasm/roster.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { PlaneWant } from "./plane-want.ts";

export type { PlaneWant } from "./plane-want.ts";

/** One-time tokens for the way up and the way down, each for both transports, and where QUIC answers. `node`: of several, the one that
 * takes them. */
export type MediaPasses = {
  readonly node: string | null;
  readonly slot: number;
  readonly up: readonly [Bytes, Bytes];
  readonly down: readonly [Bytes, Bytes];
  readonly quic: readonly { readonly port: number; readonly hash: Bytes }[];
};

/** How the line to the server is, and whose is weak. */
export type PlaneState = {
  readonly line: "connecting" | "open" | "lost";
  readonly way: "quic" | "socket" | null;
  readonly weak: { readonly own: boolean; readonly slots: readonly number[] };
  /** The system has stopped the sound of the others; a press on the page brings it back. */
  readonly silenced?: boolean;
};

export type PlaneCapture = {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
};

export type PictureElement = HTMLVideoElement | HTMLCanvasElement;

export type PlaneOptions = {
  readonly pid: Bytes;
  readonly slot: number;
  readonly passes: () => Promise<MediaPasses>;
  readonly onState: (state: PlaneState) => void;
  /** A sealed frame of stream 15. */
  readonly onData: (frame: Bytes) => void;
  /** How loud each is, 0 to 1, every 100 ms, computed from the decoded sound, and the counter of the newest frame of it. */
  readonly onLevels: (levels: readonly { slot: number; level: number; ctr: number | null }[]) => void;
  /** The counter of our own newest sound frame, every second. */
  readonly onSaid: (ctr: number) => void;
  /** The picture of somebody, ready to be put on the page; null: there is none any more. */
  readonly onPicture: (slot: number, screen: boolean, element: PictureElement | null) => void;
  /** A worker died: only a new handshake helps, since no (epoch, pid) may be sealed under twice. */
  readonly onDead: () => void;
};

export interface Plane {
  install(keys: EpochKeys): void;
  /** Nothing is sealed while false (A3). */
  allow(maySend: boolean): void;
  capture(captured: PlaneCapture): void;
  view(wants: readonly PlaneWant[]): void;
  /** False where the line is away or too much waits. */
  sendData(frame: Bytes): boolean;
  forget(slot: number): void;
  /** Sound comes out of this device from now on; empty: the system's. False where the browser cannot. */
  setLoudspeaker(id: string): Promise<boolean>;
  /** Nobody is heard here while true. */
  silence(silent: boolean): void;
  close(): void;
}

export type OpenPlane = (options: PlaneOptions) => Plane;
