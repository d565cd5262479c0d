/** The forwarding core: one event and the time in, effects out. It opens nothing, changes no byte of a frame, and knows no socket, timer,
 * clock, chance or promise (PROTOCOL.md "Relay", S1–S28). */

import { isControl } from "../../wire/relay.ts";
import { takeControl } from "./control.ts";
import type { Effect, Event } from "./events.ts";
import { Exchange } from "./exchange.ts";
import { takeFrame } from "./frames.ts";
import { end, leave, open, seat, takeDown, unseat } from "./sessions.ts";
import { drain, tick } from "./tick.ts";
import { settleWants } from "./wants.ts";

export type Sfu = {
  /** Takes one event; the effects are to be carried out in their order. Never throws on anything a browser sends. */
  handle(event: Event, now: number): Effect[];
  /** For tests and gauges; not to be changed from outside. */
  readonly exchange: Exchange;
};

/** A core that starts at `now` (monotonic milliseconds) and knows nobody. */
export function createSfu(now: number): Sfu {
  const exchange = new Exchange(now);
  const handle = (event: Event, at: number): Effect[] => {
    exchange.now = at;
    on(exchange, event);
    if (exchange.gone.length > 0) takeDown(exchange);
    if (exchange.stale.size > 0) settleAll(exchange);
    return exchange.take();
  };
  return { handle, exchange };
}

function settleAll(x: Exchange): void {
  for (const up of x.stale) settleWants(x, up);
  x.stale.clear();
}

function on(x: Exchange, event: Event): void {
  switch (event.t) {
    case "item":
      takeItem(x, event);
      break;
    case "tick":
      tick(x);
      break;
    case "held":
      held(x, event);
      break;
    case "opened":
      open(x, event);
      break;
    case "closed":
      closed(x, event);
      break;
    case "seated":
      seat(x, event.call, event.slot);
      break;
    case "unseated":
      unseat(x, event.call, event.slot);
      break;
    case "ended":
      end(x, event.call);
  }
}

function takeItem(x: Exchange, { link: id, item }: Event & { t: "item" }): void {
  const link = x.links.get(id);
  if (!link) return;
  link.heardAt = x.now;
  if (isControl(item)) takeControl(x, link, item);
  else takeFrame(x, link, item);
}

function held(x: Exchange, { link: id, bytes }: Event & { t: "held" }): void {
  const link = x.links.get(id);
  if (link?.way !== "down") return;
  link.held = bytes;
  drain(x, link);
}

function closed(x: Exchange, { link: id }: Event & { t: "closed" }): void {
  const link = x.links.get(id);
  if (link) leave(x, link);
}
