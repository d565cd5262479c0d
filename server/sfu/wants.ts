/** What a sender is told to encode: the union of what its readers are to get, at the rate of the weakest of them (S11). */
import type { Down, Sub, Up } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { layersOf, levelOf, PICTURES } from "./layers.ts";
import { OFF_MS, WANT_MS, WANT_STEP } from "./limits.ts";

/** Tells the sender where something has changed: on at once, off after `OFF_MS`, a rate alone now and then. */
export function settleWants(x: Exchange, up: Up): void {
  let [isSwitched, isChanged] = [false, false];
  for (const stream of PICTURES) {
    const was = up.wants[stream] ?? 0;
    const will = next(x, up, stream, was);
    if (was > 0 !== will > 0) isSwitched = true;
    if (will > was * WANT_STEP || was > will * WANT_STEP) isChanged = true;
    if (was === 0 && will > 0) up.onAt[stream] = x.now;
    pending[stream] = will;
  }
  if (!isSwitched && (!isChanged || x.now - up.wantedAt < WANT_MS)) return;
  for (const stream of PICTURES) up.wants[stream] = pending[stream] ?? 0;
  up.wantedAt = x.now;
  x.tell(up, { t: "want", streams: wanted(up) });
}

/** Scratch of `settleWants`. */
const pending: number[] = [];

function wanted(up: Up): { stream: number; kbps: number }[] {
  const on = PICTURES.filter((stream) => (up.wants[stream] ?? 0) > 0);
  return on.map((stream) => ({ stream, kbps: up.wants[stream] ?? 0 }));
}

/** kbit/s that the stream is to have now, 0 for off. */
function next(x: Exchange, up: Up, stream: number, was: number): number {
  const kbps = rateFor(up, stream);
  if (kbps > 0 || was === 0) {
    up.offAt[stream] = 0;
    return kbps;
  }
  if (up.offAt[stream] === 0) up.offAt[stream] = x.now + OFF_MS;
  return x.now >= (up.offAt[stream] ?? 0) ? 0 : was;
}

/** The lowest rate of all who are to get the stream, 0 where nobody is. */
function rateFor(up: Up, stream: number): number {
  const place = up.slot * 2 + (levelOf(stream) === 1 && stream === SCREEN ? 1 : 0);
  let lowest = Infinity;
  for (const down of up.call.downs) {
    const rate = down.slot === up.slot ? 0 : rateOf(down, place, stream);
    if (rate > 0 && rate < lowest) lowest = rate;
  }
  return lowest === Infinity ? 0 : Math.round(lowest);
}

const SCREEN = PICTURES[3];

function rateOf(down: Down, place: number, stream: number): number {
  const sub = down.subs[place];
  if (!sub || sub.best === 0) return 0;
  if (stream === sub.best) return sub.kbps;
  return isStopgap(sub, stream) ? fullOf(sub, stream) : 0;
}

/** What is shown until the chosen one comes, and the lowest layer while nothing is shown. */
function isStopgap(sub: Sub, stream: number): boolean {
  if (stream === sub.now && sub.group !== 0) return true;
  return !sub.shown && stream === layersOf(sub.screen)[0]?.stream;
}

function fullOf(sub: Sub, stream: number): number {
  return layersOf(sub.screen)[levelOf(stream) - 1]?.full ?? 0;
}
