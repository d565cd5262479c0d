/** Which device knocks, by the proof in `join` (TP1 §2.5). The vault may learn of a device after it has knocked. */
import { isKnown } from "../../wasm/known.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { DeviceTrust } from "./comparison.ts";
import type { KnownDevice } from "./desk-types.ts";

/** The device whose secret made this proof in the handshake of `th`; null where none of these did. */
export function deviceOf(
  proof: Bytes | null,
  th: Bytes,
  devices: readonly KnownDevice[],
): KnownDevice | null {
  return devices.find(({ secret }) => proof !== null && isKnown(proof, secret, th)) ?? null;
}

/** How far the four words were compared on it. */
export function trustOf(device: KnownDevice | null): DeviceTrust {
  if (!device) return "new";
  return device.compared ? "compared" : "known";
}
