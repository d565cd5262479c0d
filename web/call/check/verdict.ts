/** What the check says in one sentence: all ready, it goes with something less, or not so. Pure. */
import type { Problems } from "../captured.ts";
import type { CheckState } from "./ways.ts";

/** Sentences, the most important first. */
export type VerdictWord =
  | "running"
  | "away"
  | "often"
  | "socket"
  | "microphone"
  | "own"
  | "sockets"
  | "camera"
  | "all"
  | "line";
export type Verdict = { readonly tone: "quiet" | "good" | "look" | "loss"; readonly words: VerdictWord[] };

/** What is known of camera and microphone: not tried yet, or what is missing. */
export type DevicesFound = Problems | null;

/** The verdict over the line, and over the devices where they were tried. */
export function verdictOf({ at, ways }: CheckState, devices: DevicesFound): Verdict {
  if (at === "idle" || at === "running") return { tone: "quiet", words: ["running"] };
  if (at === "often") return { tone: "look", words: ["often"] };
  const losses = lossesOf(at, ways, devices);
  if (losses.length > 0) return { tone: "loss", words: losses };
  const looks = looksOf(ways, devices);
  if (looks.length > 0) return { tone: "look", words: looks };
  return { tone: "good", words: [devices === null ? "line" : "all"] };
}

function lossesOf(at: CheckState["at"], ways: CheckState["ways"], devices: DevicesFound): VerdictWord[] {
  return [
    ...when(at === "away", "away"),
    // without it not even the knock at the door arrives
    ...when(at !== "away" && ways.socket.at === "none", "socket"),
    ...when(devices?.microphone !== undefined, "microphone"),
  ];
}

/** A direct way that is missing is made up for by our server; a fast way over it that is missing, by the other one. */
function looksOf(ways: CheckState["ways"], devices: DevicesFound): VerdictWord[] {
  const [noDirect, noQuic] = [ways.direct.at === "none", ways.quic.at === "none"];
  return [
    ...when(noDirect, "own"),
    ...when(noQuic && !noDirect, "sockets"),
    ...when(devices?.camera !== undefined, "camera"),
  ];
}

function when(holds: boolean, word: VerdictWord): VerdictWord[] {
  return holds ? [word] : [];
}
