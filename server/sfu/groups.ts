/** Groups of pictures: begun with a key frame, ended or given up, and the order in which a receiver's pictures are served (S12–S14). */
import type { Down, Sub, Up } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { levelOf } from "./layers.ts";
import { DRAIN_MS, LIVE_MS } from "./limits.ts";

/** A new group: what waits of the last one is of no use any more. */
export function begin(x: Exchange, down: Down, sub: Sub, stream: number): void {
  const isCut = sub.queue.length > 0 && x.now - (sub.queue[0]?.at ?? 0) > DRAIN_MS;
  clear(x, down, sub);
  if (sub.group !== 0) endGroup(x, down, sub, isCut);
  if (stream !== sub.now) {
    sub.now = stream;
    order(down);
    x.wantsOf(down.call.places.get(sub.slot)?.up);
  }
  down.groups += 1;
  sub.group = down.groups;
  sub.shown = true;
}

/** Gives the group up: nothing of the stream goes on until a key frame. */
export function abandon(x: Exchange, down: Down, sub: Sub): void {
  clear(x, down, sub);
  if (sub.group !== 0) endGroup(x, down, sub, true);
}

function clear(x: Exchange, down: Down, sub: Sub): void {
  for (let i = 0; i < sub.queue.length; i++) x.count("late");
  down.pictureBytes -= sub.queueBytes;
  sub.queueBytes = 0;
  if (sub.queue.length > 0) sub.queue = [];
}

function endGroup(x: Exchange, down: Down, sub: Sub, cut: boolean): void {
  if (sub.isOpen) x.groupEnd(down, sub.group, cut);
  sub.isOpen = false;
  if (cut && down.kind === "quic") down.estimate.forgive(sub.slot, sub.now);
  sub.group = 0;
  if (cut) sub.shown = false;
}

/** Puts pictures in the order they are served: small layers, then what the page calls important. */
export function order(down: Down): void {
  const subs = down.subs.filter((sub) => sub !== undefined);
  down.order = subs.sort((a, b) => levelOf(a.now) - levelOf(b.now) || a.rank - b.rank);
}

/** Is something of it on the screen and moving? */
export function isShown(x: Exchange, sub: Sub, up: Up | null): boolean {
  const track = up?.tracks[sub.now];
  return sub.group !== 0 && track !== undefined && x.now - track.at < LIVE_MS;
}
