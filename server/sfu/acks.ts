/** Acks to senders: how far each of their streams has come (S19). */
import { STREAM } from "../../wire/frame.ts";
import { type Ack, encodeControl } from "../../wire/relay.ts";
import type { Track, Up } from "./call.ts";
import { readByAll } from "./data.ts";
import type { Exchange } from "./exchange.ts";
import { ACK_MS, ACK_REPEATS } from "./limits.ts";

/** Streams silent for longer are not named any more. */
const NAMED_MS = 3_000;

/** Sends one if it is time. */
export function ackUp(x: Exchange, up: Up): void {
  if (up.acksLeft === 0) return;
  const isBusy = up.acksLeft === ACK_REPEATS;
  if (x.now - up.ackAt < (isBusy ? ACK_MS.busy : ACK_MS.idle)) return;
  up.ackAt = x.now;
  up.acksLeft -= 1;
  const heard: Ack["heard"] = up.tracks.flatMap((track) => (track ? read(x, up, track) : []));
  if (heard.some((one) => one.stream === STREAM.data && one.ctr < (up.tracks[STREAM.data]?.ctr ?? 0)))
    up.acksLeft = ACK_REPEATS;
  x.loose(up, [encodeControl({ t: "ack", at: Math.round(x.now) >>> 0, late: x.late, heard })]);
}

function read(x: Exchange, up: Up, track: Track): Ack["heard"] {
  const { stream, frames, bytes } = track;
  if (track.ctr < 0 || (x.now - track.at > NAMED_MS && stream !== STREAM.data)) return [];
  const ctr = stream === STREAM.data ? readByAll(up, track.ctr) : track.ctr;
  const age = Math.round(x.now - track.at);
  return ctr < 0 ? [] : [{ slot: up.slot, stream, ctr, age, frames, bytes }];
}
