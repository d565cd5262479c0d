/** Pictures to those who want them: groups begin with a key frame, layers change only there, and what a line does not carry is dropped
 * so that what is left can be decoded (S12–S14). */
import type { Bytes } from "../../wire/bytes.ts";
import type { FrameHeader } from "../../wire/frame.ts";
import type { Down, Sub, Track, Up, Waiting } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { layersOf, levelOf } from "./layers.ts";
import { BACKLOG_MS, DRAIN_MS, HELD_MAX_BYTES, LIVE_MS, PICTURE_QUEUE_BYTES, RISE_MS } from "./limits.ts";

/** To all who want this stream. */
export function forwardPicture(x: Exchange, up: Up, track: Track, header: FrameHeader, item: Bytes): void {
  const place = up.slot * 2 + (header.kind === "screen" ? 1 : 0);
  if (header.key) {
    track.key = header.ctr;
    up.keyDue[header.stream] = false;
  }
  let isTaken = false;
  for (const down of up.call.downs) {
    const sub = down.subs[place];
    if (sub && offer(x, down, sub, header, item)) isTaken = true;
  }
  if (!isTaken) x.count("unwanted");
}

/** False where this receiver has no use for the frame. */
function offer(x: Exchange, down: Down, sub: Sub, header: FrameHeader, item: Bytes): boolean {
  const { stream, ctr, key } = header;
  if (key) {
    if (!takesKey(sub, stream)) return false;
    begin(x, down, sub, stream);
  } else if (stream !== sub.now || sub.group === 0) return false;
  sub.ctr = ctr;
  if (down.pictureBytes === 0 && mayGo(x, down, item)) send(x, down, sub, stream, ctr, item);
  else wait(x, down, sub, { item, slot: sub.slot, stream, ctr, at: x.now });
  return true;
}

/** The stream that was chosen, the one that is shown until its key frame comes, and any lower one while nothing is shown. */
function takesKey(sub: Sub, stream: number): boolean {
  if (sub.best === 0) return false;
  if (stream === sub.best || (!sub.shown && stream < sub.best)) return true;
  return stream === sub.now && sub.group !== 0;
}

/** A new group: what waits of the last one is of no use any more. */
function begin(x: Exchange, down: Down, sub: Sub, stream: number): void {
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

function wait(x: Exchange, down: Down, sub: Sub, frame: Waiting): void {
  const isFull = down.pictureBytes + frame.item.length > PICTURE_QUEUE_BYTES;
  if (isFull && down.pictureBytes > 0) {
    x.count("late");
    return void abandon(x, down, sub);
  }
  sub.queue.push(frame);
  sub.queueBytes += frame.item.length;
  down.pictureBytes += frame.item.length;
  drainPicture(x, down);
}

function mayGo(x: Exchange, down: Down, item: Bytes): boolean {
  return down.held <= HELD_MAX_BYTES && down.estimate.mayPicture(item.length, x.now);
}

function send(x: Exchange, down: Down, sub: Sub, stream: number, ctr: number, item: Bytes): void {
  down.estimate.sent(sub.slot, stream, ctr, item.length, x.now);
  sub.isOpen = true;
  x.picture(down, sub.group, item);
}

/** Sends what the line takes, small layers first. */
export function drainPicture(x: Exchange, down: Down): void {
  for (const sub of down.order) {
    for (let frame = sub.queue[0]; frame; frame = sub.queue[0]) {
      if (!mayGo(x, down, frame.item)) return;
      sub.queue.shift();
      sub.queueBytes -= frame.item.length;
      down.pictureBytes -= frame.item.length;
      send(x, down, sub, frame.stream, frame.ctr, frame.item);
    }
  }
}

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
