/** What waits too long for a line: frames no other needs are dropped, then the layer is lowered, then the group is given up (S14). */
import type { Bytes } from "../../wire/bytes.ts";
import type { Down, Sub } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { abandon } from "./groups.ts";
import { layersOf, levelOf } from "./layers.ts";
import { BACKLOG_MS, RISE_MS } from "./limits.ts";

/** At each tick while something waits: thins, lowers and gives up what waited too long. */
export function agePicture(x: Exchange, down: Down): void {
  for (const sub of down.order) {
    const [first] = sub.queue;
    if (!first) continue;
    const age = x.now - first.at;
    if (age > BACKLOG_MS.drop) abandon(x, down, sub);
    else if (age > BACKLOG_MS.lower && levelOf(sub.now) > 1) lower(x, down, sub);
    else if (age > BACKLOG_MS.thin) thin(x, down, sub);
  }
}

/** Frames that no other needs go first. */
function thin(x: Exchange, down: Down, sub: Sub): void {
  for (let i = sub.queue.length - 1; i >= 0; i--) {
    const frame = sub.queue[i];
    if (!frame || !isDiscardable(frame.item)) continue;
    sub.queue.splice(i, 1);
    sub.queueBytes -= frame.item.length;
    down.pictureBytes -= frame.item.length;
    x.count("late");
  }
}

function isDiscardable(item: Bytes): boolean {
  return ((item[0] ?? 0) & 2) !== 0;
}

/** Gives the group up for the lowest layer. */
function lower(x: Exchange, down: Down, sub: Sub): void {
  abandon(x, down, sub);
  sub.best = layersOf(sub.screen)[0]?.stream ?? 0;
  down.riseMs = Math.min(down.riseMs * 2, RISE_MS.most);
  x.wantsOf(down.call.places.get(sub.slot)?.up);
}
