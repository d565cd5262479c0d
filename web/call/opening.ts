/** How devices are asked for, and what a refusal means for a person. */

/** Why a camera or microphone is not there; the page has a sentence for each. */
export type Missing = "blocked" | "none" | "busy" | "insecure" | "failed";
export type Kind = "microphone" | "camera";
export const KINDS: readonly Kind[] = ["microphone", "camera"];

/** Which device: exactly this one, this one if it is there, or what the system gives. */
export type Which = { readonly id: string; readonly exactly: boolean } | null;

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

/** What `getUserMedia` is asked for one kind. */
export function constraintsOf(kind: Kind, which: Which): MediaTrackConstraints {
  const plain = kind === "microphone" ? MICROPHONE : CAMERA;
  if (which === null) return plain;
  return { ...plain, deviceId: which.exactly ? { exact: which.id } : { ideal: which.id } };
}

/** What a refusal of `getUserMedia` or `getDisplayMedia` means for a person. */
export function missingOf(error: unknown): Missing {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "blocked";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "failed";
}
