/** What is captured now, and what is said of it. */
import type { Kind, Missing } from "./opening.ts";
import type { RefineState } from "./refining.ts";

export type Problems = { readonly [K in Kind]?: Missing };
/** Another device is used than was meant: `gone`, it was pulled out; `refused`, the chosen one could not be opened. */
export type Swap = { readonly why: "gone" | "refused"; readonly from: string; readonly to: string };

/** Captured now. `screen` replaces the camera for the others while it is there. */
export type Captured = {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
  /** Microphone and the shared tab's sound in one track, sent instead of the microphone while it is there. */
  readonly mixed: MediaStreamTrack | null;
  readonly problems: Problems;
  readonly muted: boolean;
  /** Whether what is sent is refined (blurred, without noise), see `setRefine`. */
  readonly refining: { readonly [K in Kind]: RefineState };
  /** What was swapped by itself, until the person has read it. */
  readonly swaps: { readonly [K in Kind]?: Swap };
  /** The sound of a shared tab: goes along, does not, or was asked for and what was picked has none. */
  readonly screenSound: "off" | "on" | "none";
};

/** On for the person: a camera whose blur is just starting shows nothing yet. */
export const isCameraOn = ({ camera, refining }: Captured): boolean =>
  camera !== null || refining.camera === "starting";

/** Nothing is captured. */
export const OFF: Captured = {
  microphone: null,
  camera: null,
  screen: null,
  mixed: null,
  problems: {},
  muted: false,
  refining: { microphone: "off", camera: "off" },
  swaps: {},
  screenSound: "off",
};
