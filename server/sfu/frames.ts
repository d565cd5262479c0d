/** What a sender's frame must be before it goes on, and the counters of what was received (S3–S6). */
import type { Bytes } from "../../wire/bytes.ts";
import { type FrameHeader, type FrameKind, kindOf, readHeader } from "../../wire/frame.ts";
import type { Link, Track, Up } from "./call.ts";
import { forwardData } from "./data.ts";
import type { Dropped } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { ACK_REPEATS } from "./limits.ts";
import { forwardPicture } from "./picture.ts";
import { forwardSound } from "./sound.ts";

/** A frame from a browser. */
export function takeFrame(x: Exchange, link: Link, item: Bytes): void {
  if (link.way !== "up") return void wrong(x, link, "garbage");
  const header = readHeader(item);
  if (!header) return void wrong(x, link, "garbage");
  if (header.slot !== link.slot) return void wrong(x, link, "slot");
  if (kindOf(header.stream) !== header.kind) return void wrong(x, link, "stream");
  if (!link.frames.take(1, x.now) || !link.bytes.take(item.length, x.now))
    return void flooded(x, link, header.kind);
  const track = link.tracks[header.stream] ?? newTrack(x, link, header.stream);
  const isNew = note(x, track, header, item.length);
  link.acksLeft = ACK_REPEATS;
  if (header.kind === "audio") {
    if (isNew) forwardSound(x, link, header, item);
  } else if (!isNew) x.count("unwanted");
  else if (header.kind === "data") forwardData(x, link, header, item);
  else forwardPicture(x, link, track, header, item);
}

/** An item that no page of ours sends; too many of them end the session. */
export function wrong(x: Exchange, link: Link, what: Dropped): void {
  x.count(what);
  if (!link.wrongs.take(1, x.now)) x.close(link, "garbage");
}

/** More than a session may send; if it goes on, the session ends. */
export function flood(x: Exchange, link: Link): void {
  x.count("flood");
  if (!link.floods.take(1, x.now)) x.close(link, "flood");
}

/** A hole in the data would be of no use to anybody (S18): there the session ends at once. */
function flooded(x: Exchange, link: Link, kind: FrameKind): void {
  flood(x, link);
  if (kind === "data") x.close(link, "flood");
}

function newTrack(x: Exchange, up: Up, stream: number): Track {
  const track: Track = {
    stream,
    ctr: -1,
    at: x.now,
    seen: 0,
    frames: 0,
    bytes: 0,
    missing: 0,
    expected: 0,
    kbps: 0,
    rateBytes: 0,
    rateAt: x.now,
    key: -1,
  };
  up.tracks[stream] = track;
  return track;
}

/** Counts a frame. False: it came before (a repeat), or too late to be of use. */
function note(x: Exchange, track: Track, { kind, ctr }: FrameHeader, bytes: number): boolean {
  const ahead = ctr - track.ctr;
  const isNew = kind === "audio" ? noteSound(track, ahead) : ahead > 0;
  if (!isNew) return false;
  track.frames += 1;
  track.bytes = (track.bytes + bytes) >>> 0;
  track.rateBytes += bytes;
  if (ahead <= 0) return true;
  track.ctr = ctr;
  if (x.now - track.at > RATE_MS * 2) restartRate(x, track);
  track.at = x.now;
  if (x.now - track.rateAt >= RATE_MS) measure(x, track);
  return true;
}

/** Higher: a changed rate is seen later. Lower: key frames look like a higher rate. */
const RATE_MS = 500;

/** After a pause the silence is no part of the rate. */
function restartRate(x: Exchange, track: Track): void {
  track.rateAt = x.now;
  track.rateBytes = 0;
}

function measure(x: Exchange, track: Track): void {
  const kbps = (track.rateBytes * 8) / (x.now - track.rateAt);
  track.kbps = track.kbps === 0 ? kbps : track.kbps + (kbps - track.kbps) / 2;
  restartRate(x, track);
}

/** Sound may come out of order and twice: marks it among the last 32. */
function noteSound(track: Track, ahead: number): boolean {
  if (ahead > 0) {
    track.seen = (ahead < 32 ? track.seen << ahead : 0) | 1;
    const skipped = track.ctr < 0 ? 0 : Math.min(ahead - 1, 50);
    track.missing = track.missing * FADE + skipped;
    track.expected = track.expected * FADE + skipped + 1;
    return true;
  }
  const bit = ahead > -32 ? 1 << -ahead : 0;
  if (bit === 0 || (track.seen & bit) !== 0) return false;
  track.seen |= bit;
  track.missing = Math.max(0, track.missing - 1);
  return true;
}

/** What one frame leaves of the loss before it: about two seconds of sound. */
const FADE = 0.99;
