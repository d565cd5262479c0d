/** Shares what the line carries between sound and pictures (media.md decision 4): sound first, then whole layers; one that would fall
 * below its floor is switched off rather than starved. Pure. */
import { BY_RANK } from "./layers.ts";

/** Sealed sound on the way, at 32 kbit/s Opus: 122 bytes, fifty times a second. */
const SOUND_KBPS = 50;
/** Below this there is sound only, and that at 16 kbit/s; below the next at 12 in longer packets (A10). */
const SOUND_ONLY_KBPS = 80;
const SOUND_LEAST_KBPS = 50;
/** Full sound again only well above, so that it does not flap. */
const SOUND_FULL_KBPS = 110;
/** A layer that is off needs so much more than its floor to come on. Higher: slow to come. Lower: on and off each second. */
const ON_FACTOR = 1.15;

export type Wanted = { readonly stream: number; readonly kbps: number };
/** Step of the sound's rate (0: 32 kbit/s, 1: 16, 2: 12), and kbit/s of each stream that is to be encoded. */
export type Shares = { readonly soundStep: 0 | 1 | 2; readonly pictures: ReadonlyMap<number, number> };

export const NOTHING_SHARED: Shares = { soundStep: 0, pictures: new Map() };

/** `before` is the last answer: what is on stays on down to its floor. */
export function split(targetKbps: number, wanted: readonly Wanted[], before: Shares): Shares {
  const isTight = targetKbps < (before.soundStep > 0 ? SOUND_FULL_KBPS : SOUND_ONLY_KBPS);
  if (isTight) return { soundStep: targetKbps < SOUND_LEAST_KBPS ? 2 : 1, pictures: new Map() };
  const pictures = new Map<number, number>();
  let rest = targetKbps - SOUND_KBPS;
  for (const { stream, kbps, floorKbps } of BY_RANK) {
    const asked = wanted.find((want) => want.stream === stream);
    if (asked === undefined) continue;
    if (rest < floorKbps * (before.pictures.has(stream) ? 1 : ON_FACTOR)) continue;
    const share = Math.min(kbps, Math.max(asked.kbps, floorKbps), rest);
    pictures.set(stream, Math.round(share));
    rest -= share;
  }
  return { soundStep: 0, pictures };
}
