/** What a receiver's line has to give, and what each layer costs of it (S17). */
import type { Down, Up } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { type Layer, levelOf } from "./layers.ts";
import { LIVE_MS, REVIEW_MS, RISE_MS, SOUND_KBPS, USABLE } from "./limits.ts";

/** kbit/s: given away so far, and what may be given in all to what is there already and to what is new. */
export type Budget = { used: number; readonly keep: number; readonly rise: number };

/** What is kept has to fit the present estimate, what is new the lowest of the last seconds. Sound comes first. */
export function budgetOf(x: Exchange, down: Down): Budget {
  const others = down.call.ups.filter((up) => up.slot !== down.slot).length;
  const used = others * SOUND_KBPS * (1 + down.estimate.repeats);
  const target = down.estimate.target(x.now);
  const lowest = Math.min(target, lowestEstimate(down));
  return { used, keep: target * USABLE, rise: lowest * USABLE };
}

function lowestEstimate({ estimates, reviews, riseMs }: Down): number {
  const span = Math.min(reviews, Math.round(riseMs / REVIEW_MS));
  let lowest = Infinity;
  for (let i = 1; i <= span; i++) lowest = Math.min(lowest, estimates[(reviews - i) % ESTIMATES] ?? Infinity);
  return lowest;
}

/** Reviews remembered. */
export const ESTIMATES = RISE_MS.most / REVIEW_MS;

/** What a layer costs: as measured where it is live. The lowest is given in any case as long as it fits at its smallest; a screen and a
 * picture for one reader alone are made as large as fits. */
export function needOf(x: Exchange, down: Down, up: Up | null, layer: Layer, left: number): number {
  const isAlone = down.call.downs.length <= 2;
  const isLowest = levelOf(layer.stream) === 1;
  if (isAlone || isLowest) return Math.min(measured(x, up, layer), Math.max(layer.floor, left / 2));
  return measured(x, up, layer);
}

function measured(x: Exchange, up: Up | null, layer: Layer): number {
  const track = up?.tracks[layer.stream];
  if (!track || x.now - track.at > LIVE_MS || track.kbps === 0) return layer.full;
  return Math.min(Math.max(track.kbps, layer.floor), layer.full * 1.5);
}
