/** Pictures to those who want them: which frames a receiver takes, and when they go out (S12–S14). */
import type { Bytes } from "../../wire/bytes.ts";
import type { FrameHeader } from "../../wire/frame.ts";
import type { Down, Sub, Track, Up, Waiting } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { abandon, begin } from "./groups.ts";
import { HELD_MAX_BYTES, PICTURE_QUEUE_BYTES } from "./limits.ts";

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
