/** Whose line is weak, said to each receiver when it changes (S28). */
import { kindOf } from "../../wire/frame.ts";
import type { Down, Up } from "./call.ts";
import { isStarved } from "./choice.ts";
import type { Exchange } from "./exchange.ts";
import { UP_LOSS, WEAK_SAY_MS } from "./limits.ts";

/** Frames and time that say something about a sender's sound. */
const EXPECTED_MIN = 25;
const RECENT_MS = 3_000;

/** Tells it where it has changed and was not told just now. */
export function sayWeak(x: Exchange, down: Down): void {
  if (x.now - down.saidAt < WEAK_SAY_MS) return;
  const own = down.estimate.state(x.now) === "weak" || isStarved(x, down) ? 1 : 0;
  const slots = down.call.ups.filter((up) => up.slot !== down.slot && isWeak(x, up)).map(({ slot }) => slot);
  const said = [own, ...slots].join();
  if (said === down.saidWeak) return;
  down.saidWeak = said;
  down.saidAt = x.now;
  x.tell(down, { t: "weak", slots, own });
}

/** By its own word, or because its sound has holes. */
function isWeak(x: Exchange, up: Up): boolean {
  return up.weak || up.tracks.some((track) => track !== undefined && hasHoles(x, track));
}

function hasHoles(x: Exchange, track: NonNullable<Up["tracks"][number]>): boolean {
  if (kindOf(track.stream) !== "audio" || x.now - track.at > RECENT_MS) return false;
  return track.expected >= EXPECTED_MIN && track.missing / track.expected > UP_LOSS;
}
