/** Places and sessions come and go: what is set up for them and what ends with them. */
import type { CallId } from "../../wire/ids.ts";
import type { Down, Link, Place, Up } from "./call.ts";
import type { Event } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { abandon } from "./groups.ts";
import { newLink } from "./links.ts";

/** This slot of this call has somebody. Said again of the same one, nothing changes. */
export function seat(x: Exchange, id: CallId, slot: number): void {
  const call = x.calls.get(id) ?? { id, places: new Map<number, Place>(), ups: [], downs: [] };
  x.calls.set(id, call);
  if (!call.places.has(slot)) call.places.set(slot, { call, slot, up: null, down: null });
}

/** Nobody any more: its sessions end. */
export function unseat(x: Exchange, id: CallId, slot: number): void {
  const call = x.calls.get(id);
  const place = call?.places.get(slot);
  if (!call || !place) return;
  if (place.up) x.close(place.up, "done");
  if (place.down) x.close(place.down, "done");
  call.places.delete(slot);
  if (call.places.size === 0) x.calls.delete(id);
}

/** The call is over for all. */
export function end(x: Exchange, id: CallId): void {
  for (const slot of [...(x.calls.get(id)?.places.keys() ?? [])]) unseat(x, id, slot);
}

/** A session begins; a newer one takes the place of the older (S2). */
export function open(x: Exchange, { link: id, pass, kind }: Event & { t: "opened" }): void {
  const place = x.calls.get(pass.call)?.places.get(pass.slot);
  if (!place) return void x.refuse(id, "expired");
  const before = place[pass.way];
  if (before) x.close(before, "replaced");
  takeDown(x);
  if (x.links.size === 0) x.begin();
  const link = newLink(place, { id, kind, way: pass.way }, x.now);
  x.links.set(id, link);
  if (link.way === "up") joinUp(x, place, link);
  else joinDown(place, link);
}

function joinUp(x: Exchange, place: Place, up: Up): void {
  place.up = up;
  place.call.ups = [...place.call.ups, up];
  for (const down of place.call.downs) {
    down.estimate.forget(up.slot);
    down.choiceStale = true;
  }
  x.wantsOf(up);
}

function joinDown(place: Place, down: Down): void {
  place.down = down;
  place.call.downs = [...place.call.downs, down];
}

/** Takes down what hung on sessions that were closed. */
export function takeDown(x: Exchange): void {
  for (const link of x.gone.splice(0)) leave(x, link);
}

/** A session is gone, whoever ended it. */
export function leave(x: Exchange, link: Link): void {
  link.isOver = true;
  x.links.delete(link.id);
  if (link.way === "up") leaveUp(x, link);
  else leaveDown(link);
}

function leaveUp(x: Exchange, up: Up): void {
  const { call, slot } = up;
  x.stale.delete(up);
  if (call.ups.includes(up)) call.ups = call.ups.filter((other) => other !== up);
  const place = call.places.get(slot);
  if (place?.up === up) place.up = null;
  for (const down of call.downs) forgetSender(x, down, slot);
}

/** The sender's pictures end; the wish to see them stays for when it is back. */
function forgetSender(x: Exchange, down: Down, slot: number): void {
  for (const sub of [down.subs[slot * 2], down.subs[slot * 2 + 1]]) {
    if (!sub) continue;
    abandon(x, down, sub);
    sub.now = 0;
    sub.ctr = -1;
  }
  for (const at of [slot * 2, slot * 2 + 1]) [down.last[at], down.before[at]] = [undefined, undefined];
  down.estimate.forget(slot);
  down.choiceStale = true;
}

/** What it wanted goes off with the next review of each sender. */
function leaveDown(down: Down): void {
  const { call, slot } = down;
  call.downs = call.downs.filter((other) => other !== down);
  const place = call.places.get(slot);
  if (place?.down === down) place.down = null;
}
