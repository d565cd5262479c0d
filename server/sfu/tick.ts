/** What happens by itself as time passes: queues drain and age, acks go out, sessions are looked over. */

import { ackUp } from "./acks.ts";
import { agePicture } from "./backlog.ts";
import { ESTIMATES } from "./budget.ts";
import type { Down, Sub, Up } from "./call.ts";
import { choose } from "./choice.ts";
import { drainData } from "./data.ts";
import type { Exchange } from "./exchange.ts";
import { isShown } from "./groups.ts";
import { askKey, sendKeys } from "./keys.ts";
import { layersOf, PICTURES } from "./layers.ts";
import {
  CHOICE_MS,
  DEAD_AFTER_MS,
  DEAD_FOR_MS,
  KEY_AGAIN_MS,
  LIVE_MS,
  REVIEW_MS,
  SILENT_MS,
  TICK_MS,
  USABLE,
} from "./limits.ts";
import { drainPicture } from "./picture.ts";
import { tickSound } from "./sound.ts";
import { settleWants } from "./wants.ts";
import { sayWeak } from "./weak.ts";

/** Every `TICK_MS`. */
export function tick(x: Exchange): void {
  x.ticked();
  for (const link of x.links.values()) {
    if (link.way === "up") ackUp(x, link);
    else tickDown(x, link);
    if (x.now - link.reviewedAt < REVIEW_MS) continue;
    link.reviewedAt = x.now;
    if (x.now - link.heardAt > SILENT_MS) x.close(link, "lost");
    else if (link.way === "up") reviewUp(x, link);
    else reviewDown(x, link);
  }
}

function tickDown(x: Exchange, down: Down): void {
  down.estimate.awake(x.now, TICK_MS);
  if (down.pictureBytes > 0) agePicture(x, down);
  drain(x, down);
}

/** Sends what waits and may go: sound, then data, then pictures. */
export function drain(x: Exchange, down: Down): void {
  if (down.sound.length > 0) tickSound(x, down);
  if (down.data.length > 0) drainData(x, down);
  if (down.pictureBytes > 0) drainPicture(x, down);
}

function reviewUp(x: Exchange, up: Up): void {
  for (const stream of PICTURES) {
    sendKeys(x, up, stream);
    if (isDead(x, up, stream)) setDead(x, up, stream);
  }
  settleWants(x, up);
}

/** Wanted for long and not sent, although a lower one is: this sender cannot. */
function isDead(x: Exchange, up: Up, stream: number): boolean {
  if ((up.wants[stream] ?? 0) === 0 || x.now - (up.onAt[stream] ?? 0) < DEAD_AFTER_MS) return false;
  if ((up.deadUntil[stream] ?? 0) > x.now || isLive(x, up, stream, DEAD_AFTER_MS)) return false;
  return layersOf(false).some((layer) => layer.stream < stream && isLive(x, up, layer.stream, LIVE_MS));
}

function isLive(x: Exchange, up: Up, stream: number, within: number): boolean {
  const track = up.tracks[stream];
  return track !== undefined && x.now - track.at < within;
}

function setDead(x: Exchange, up: Up, stream: number): void {
  if (stream === SCREEN) return;
  up.deadUntil[stream] = x.now + DEAD_FOR_MS;
  for (const down of up.call.downs) down.choiceStale = true;
}

const SCREEN = PICTURES[3];

function reviewDown(x: Exchange, down: Down): void {
  const { estimate } = down;
  if (estimate.quiet(x.now) === "dead") return void x.close(down, "lost");
  const target = estimate.target(x.now);
  down.estimates[down.reviews % ESTIMATES] = target;
  down.reviews += 1;
  for (const sub of down.order) look(x, down, sub);
  const isDue = x.now - down.choiceAt >= CHOICE_MS || down.choiceStale || target < down.given * USABLE;
  if (down.order.length > 0 && isDue) choose(x, down);
  sayWeak(x, down);
}

/** Is it still moving, and does it wait for a key frame? */
function look(x: Exchange, down: Down, sub: Sub): void {
  const up = down.call.places.get(sub.slot)?.up ?? null;
  const shown = isShown(x, sub, up);
  if (shown !== sub.shown) {
    sub.shown = shown;
    x.wantsOf(up);
  }
  const isWaiting = sub.best !== 0 && (sub.group === 0 || sub.now !== sub.best);
  if (!up || !isWaiting || x.now - sub.askedAt < KEY_AGAIN_MS) return;
  if (!down.estimate.mayPicture(KEY_BYTES, x.now)) return;
  sub.askedAt = x.now;
  askKey(x, up, sub.best);
  if (!shown && sub.best !== layersOf(sub.screen)[0]?.stream)
    askKey(x, up, layersOf(sub.screen)[0]?.stream ?? 0);
}

/** A small key frame: with less room than this a new one would only wait. */
const KEY_BYTES = 4_000;
