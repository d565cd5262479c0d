/** English of `de/line.ts`. */
import type { line as de } from "../de/line.ts";

export const line: typeof de = {
  good: "Good connection",
  weakMine: "Weak connection on your side: sound goes first",
  weakTheirs: (name: string) => `${name}: weak connection, sound goes first`,
  weakBoth: "Weak connection between you: sound goes first",
  myStill: "Your picture rests so that you are still heard. It comes back by itself.",
  theirStill: (name: string) => `${name}: the picture rests so that the sound stays`,
  lostTitle: "Connection interrupted",
  lostFor: (seconds: number) => `for ${seconds} s`,
  lost: "We are connecting you again, please stay.",
  lostLong: "It is still being tried. Nobody has hung up.",
  back: "The connection is back.",
  reachTitle: "Your therapist wrote for this case",
  tonesOn: "Turn signal tones on",
  tonesOff: "Turn signal tones off",
};
