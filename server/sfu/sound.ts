/** Sound to everybody else of the call: never dropped by choice, only when it is too old (S7–S10). */
import type { Bytes } from "../../wire/bytes.ts";
import { type FrameHeader, STREAM } from "../../wire/frame.ts";
import type { Down, Up, Waiting } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import {
  BUNDLE_MS,
  BUNDLE_PEOPLE,
  DATAGRAM_MAX_BYTES,
  SOUND_AGE_MS,
  SOUND_EXTRA_BYTES,
  SOUND_QUEUE_BYTES,
} from "./limits.ts";

/** To all others. */
export function forwardSound(x: Exchange, up: Up, { stream, ctr }: FrameHeader, item: Bytes): void {
  for (const down of up.call.downs) {
    if (down.slot !== up.slot) hear(x, down, { item, slot: up.slot, stream, ctr, at: x.now });
  }
}

function hear(x: Exchange, down: Down, frame: Waiting): void {
  const isBundling = bundles(down);
  if (isBundling && isFull(down, frame)) flushSound(x, down);
  down.sound.push(frame);
  down.soundBytes += frame.item.length;
  if (!isBundling || down.sound.length >= down.call.ups.length - 1) flushSound(x, down);
  while (down.soundBytes > SOUND_QUEUE_BYTES) dropOldest(x, down);
}

function bundles(down: Down): boolean {
  return down.kind === "quic" && down.call.ups.length >= BUNDLE_PEOPLE;
}

/** No room in the datagram, or the same sender's next one: the bundle is over. */
function isFull(down: Down, { item, slot, stream }: Waiting): boolean {
  if (down.soundBytes + item.length + 2 * (down.sound.length + 1) > DATAGRAM_MAX_BYTES) return true;
  return down.sound.some((other) => other.slot === slot && other.stream === stream);
}

/** At each tick: sends what has waited long enough for company or for the line. */
export function tickSound(x: Exchange, down: Down): void {
  const [first] = down.sound;
  if (!first) return;
  const wait = down.estimate.state(x.now) === "weak" ? BUNDLE_MS.weak : BUNDLE_MS.well;
  if (!bundles(down) || x.now - first.at >= wait) flushSound(x, down);
}

/** Sends all sound that waits, if the line takes any. */
export function flushSound(x: Exchange, down: Down): void {
  while (down.sound[0] && x.now - down.sound[0].at > SOUND_AGE_MS) dropOldest(x, down);
  const { estimate, sound } = down;
  if (sound.length === 0 || estimate.underWay > estimate.budget(x.now) + SOUND_EXTRA_BYTES) return;
  down.sound = [];
  down.soundBytes = 0;
  if (down.kind === "quic") pack(x, down, sound);
  else
    x.loose(
      down,
      sound.map(({ item }) => item),
    );
  for (const frame of sound) sent(x, down, frame);
}

/** Into as few datagrams as hold them, each frame with those before it where sound gets lost. */
function pack(x: Exchange, down: Down, frames: readonly Waiting[]): void {
  let items: Bytes[] = [];
  let bytes = 0;
  for (const frame of frames) {
    const with_ = [...repeats(down, frame), frame.item];
    const size = with_.reduce((sum, item) => sum + item.length + 2, 0);
    if (items.length > 0 && bytes + size > DATAGRAM_MAX_BYTES) {
      x.loose(down, items);
      items = [];
      bytes = 0;
    }
    if (size > DATAGRAM_MAX_BYTES) with_.splice(0, with_.length - 1);
    for (const item of with_) items.push(item);
    bytes += size;
  }
  if (items.length > 0) x.loose(down, items);
}

const NONE: readonly Bytes[] = [];

/** The sealed bytes of the last one or two frames once more, the older first. */
function repeats(down: Down, frame: Waiting): readonly Bytes[] {
  const { repeats } = down.estimate;
  if (repeats === 0) return NONE;
  const [last, before] = [down.last[placeOf(frame)], down.before[placeOf(frame)]];
  if (!last) return NONE;
  return repeats === 2 && before ? [before, last] : [last];
}

function sent(x: Exchange, down: Down, frame: Waiting): void {
  const { slot, stream, ctr, item } = frame;
  const place = placeOf(frame);
  down.before[place] = down.last[place];
  down.last[place] = item;
  down.estimate.sent(slot, stream, ctr, item.length, x.now);
}

function placeOf({ slot, stream }: Waiting): number {
  return slot * 2 + (stream === STREAM.screenSound ? 1 : 0);
}

function dropOldest(x: Exchange, down: Down): void {
  const frame = down.sound.shift();
  down.soundBytes -= frame?.item.length ?? 0;
  x.count("late");
}
