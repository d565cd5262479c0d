/** Headsets: a microphone and a loudspeaker that are one thing. Pure. Only what is worn on the ears counts: to follow a laptop's own
 * microphone with its loudspeaker would let a whole room hear what was meant for headphones. */
import type { Device, Devices } from "./devices.ts";

export type Pair = { readonly name: string; readonly microphone: Device; readonly speaker: Device };

/** Entries that stand for another one. */
const STAND_INS = ["default", "communications"];
const WORN = /head|kopfh|ohr|ear|air ?pod|buds|hands-?free|bluetooth|airpods|wh-|wf-/i;

/** All headsets of the list. */
export function pairsOf({ microphones, speakers }: Devices): Pair[] {
  return real(microphones).flatMap((microphone) => {
    const speaker = real(speakers).find(({ group }) => group === microphone.group);
    return speaker && isWorn(microphone, speaker)
      ? [{ name: nameOf(microphone, speaker), microphone, speaker }]
      : [];
  });
}

const real = (devices: readonly Device[]) =>
  devices.filter(({ id, group }) => group !== "" && !STAND_INS.includes(id));

/** Named as such, or, as with Bluetooth, one name for both. */
function isWorn(microphone: Device, speaker: Device): boolean {
  const isOneName = microphone.name !== "" && microphone.name === speaker.name;
  return isOneName || WORN.test(microphone.name) || WORN.test(speaker.name);
}

/** What Windows puts in brackets is the thing itself: "Kopfhörer (Jabra Evolve 2)". */
function nameOf(microphone: Device, speaker: Device): string {
  const named = [speaker, microphone].map(({ name }) => /\(([^()]+)\)\s*$/.exec(name)?.[1] ?? name);
  return named.find((name) => name !== "") ?? "";
}
