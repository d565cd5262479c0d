/** When a decoded picture is painted (A2): at once while it leads the sound by no more than people notice; sound never waits. Pure. */

/** ITU-R BT.1359: nobody notices sound that is up to 125 ms late. Higher: lips run ahead. Lower: pictures wait for nothing. */
const LEAD_MS = 120;
/** Longer than this nothing is held: then it is not sound of this picture. */
const HOLD_MAX_MS = 250;
/** A lead of more than this means that the sound stands still, not that the picture is early. */
const UNRELATED_MS = 1_000;

/** Milliseconds to hold a picture captured at `pictureUs`, while the sound captured at `playedUs` is heard (null: none plays). */
export function holdMs(pictureUs: number, playedUs: number | null): number {
  if (playedUs === null) return 0;
  const lead = (pictureUs - playedUs) / 1_000;
  return lead <= LEAD_MS || lead > UNRELATED_MS ? 0 : Math.min(lead - LEAD_MS, HOLD_MAX_MS);
}
