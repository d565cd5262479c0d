/** Which layer of whom a receiver gets: everybody visible the lowest before anybody a higher one (S17). */
import { type Budget, budgetOf, needOf } from "./budget.ts";
import type { Down, Sub, Up } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { abandon } from "./groups.ts";
import { askKey } from "./keys.ts";
import { layersOf, levelOf, worth } from "./layers.ts";
import { RISE_FAILED_MS, RISE_MS, STARVED_MS, WANT_STEP } from "./limits.ts";

/** In this order the line is given away: cameras small, then screens, then cameras larger. */
const STEPS = [
  { screen: false, level: 1 },
  { screen: true, level: 1 },
  { screen: false, level: 2 },
  { screen: false, level: 3 },
] as const;

/** What one picture is to get. */
type Grant = { readonly sub: Sub; readonly up: Up | null; level: number; need: number };

/** Chooses anew and brings it about. */
export function choose(x: Exchange, down: Down): void {
  down.choiceAt = x.now;
  down.choiceStale = false;
  const grants = down.order.map(
    (sub): Grant => ({ sub, up: down.call.places.get(sub.slot)?.up ?? null, level: 0, need: 0 }),
  );
  grants.sort((a, b) => a.sub.rank - b.sub.rank);
  const budget = budgetOf(x, down);
  const sound = budget.used;
  for (const step of STEPS) {
    for (const grant of grants)
      if (grant.sub.screen === step.screen) raise(x, down, grant, step.level, budget);
  }
  down.given = budget.used;
  noteStarved(x, down, grants);
  const room = (budget.keep - sound) / Math.max(1, budget.used - sound);
  for (const { sub, up, level, need } of grants) give(x, down, sub, up, level, need * Math.max(1, room));
}

function raise(x: Exchange, down: Down, grant: Grant, level: number, budget: Budget): void {
  const { sub, up } = grant;
  const layer = layersOf(sub.screen)[level - 1];
  if (!layer || grant.level !== level - 1 || worth(sub.screen, sub.height) < level) return;
  if (level > 1 && up && (up.deadUntil[layer.stream] ?? 0) > x.now) return;
  const limit = level <= levelOf(sub.best) ? budget.keep : budget.rise;
  const need = needOf(x, down, up, layer, limit - budget.used);
  if (budget.used - grant.need + need > limit) return;
  budget.used += need - grant.need;
  grant.need = need;
  grant.level = level;
}

/** A picture smaller than it is wanted, for lack of line. */
function noteStarved(x: Exchange, down: Down, grants: readonly Grant[]): void {
  const isStarved = grants.some(
    ({ sub, up, level }) =>
      up !== null && level < worth(sub.screen, sub.height) && !isDead(x, up, sub.screen, level + 1),
  );
  if (!isStarved) down.starvedAt = Infinity;
  else if (down.starvedAt === Infinity) down.starvedAt = x.now;
}

function isDead(x: Exchange, up: Up, screen: boolean, level: number): boolean {
  const stream = layersOf(screen)[level - 1]?.stream ?? 0;
  return (up.deadUntil[stream] ?? 0) > x.now;
}

/** Does the line give less than is wanted, for long enough to say so? */
export function isStarved(x: Exchange, down: Down): boolean {
  return x.now - down.starvedAt > STARVED_MS;
}

function give(x: Exchange, down: Down, sub: Sub, up: Up | null, level: number, kbps: number): void {
  const layer = layersOf(sub.screen)[level - 1];
  const stream = layer?.stream ?? 0;
  noteRise(x, down, sub, level);
  const share = Math.min(kbps, layer?.full ?? 0);
  if (share > sub.kbps * WANT_STEP || sub.kbps > share * WANT_STEP) {
    sub.kbps = share;
    x.wantsOf(up);
  }
  if (stream === sub.best) return;
  sub.best = stream;
  x.wantsOf(up);
  if (stream === 0) {
    abandon(x, down, sub);
    sub.now = 0;
  } else if (up && stream !== sub.now) askKey(x, up, stream);
}

/** A raise that did not last makes the next one wait longer. */
function noteRise(x: Exchange, down: Down, sub: Sub, level: number): void {
  const before = levelOf(sub.best);
  if (level > before) sub.raisedAt = x.now;
  if (level >= before) return;
  const isFailed = x.now - sub.raisedAt < RISE_FAILED_MS;
  down.riseMs = isFailed ? Math.min(down.riseMs * 2, RISE_MS.most) : RISE_MS.first;
}
