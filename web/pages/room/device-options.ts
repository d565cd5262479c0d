/** Devices as a list to choose from, wherever one is shown. */
import type { Device } from "../../call/devices.ts";

/** `nameless`: what the n-th is called where the browser tells no names. */
export const optionsOf = (devices: readonly Device[], nameless: (n: number) => string) =>
  devices.map(({ id, name }, index) => ({ value: id, label: name || nameless(index + 1) }));

export const canChooseSpeaker = () => "setSinkId" in HTMLMediaElement.prototype;
