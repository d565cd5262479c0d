/** What pages say on their sessions: what they show, what they have got, what they cannot decode (S15–S17). */
import type { Bytes } from "../../wire/bytes.ts";
import { decodeControl, type ToRelay, toRelay } from "../../wire/relay.ts";
import type { Down, Link, Sub, Up } from "./call.ts";
import { choose } from "./choice.ts";
import type { Exchange } from "./exchange.ts";
import { flood, wrong } from "./frames.ts";
import { abandon, order } from "./groups.ts";
import { askKey } from "./keys.ts";
import { levelOf } from "./layers.ts";
import { KEY_READER_MS, TICK_MS } from "./limits.ts";
import { drain } from "./tick.ts";

/** A control message from a browser. */
export function takeControl(x: Exchange, link: Link, item: Bytes): void {
  if (!link.controls.take(1, x.now)) return void flood(x, link);
  const message = decodeControl(toRelay, item);
  if (!message) wrong(x, link, "garbage");
  else if (message.t === "beat") x.tell(link, { t: "beat" });
  else if (link.way === "down") fromDown(x, link, message);
  else fromUp(x, link, message);
}

function fromUp(x: Exchange, up: Up, message: ToRelay): void {
  if (message.t === "line") up.weak = message.weak === 1;
  else wrong(x, up, "garbage");
}

function fromDown(x: Exchange, down: Down, message: ToRelay): void {
  if (message.t === "ack") {
    down.estimate.awake(x.now, TICK_MS);
    down.estimate.ack(message, x.now);
    drain(x, down);
  } else if (message.t === "view") setView(x, down, message.wants);
  else if (message.t === "key") readerKey(x, down, message);
  else wrong(x, down, "garbage");
}

type Want = Extract<ToRelay, { t: "view" }>["wants"][number];

/** What is shown from now on; followed at once, also where less is asked (A7). */
function setView(x: Exchange, down: Down, wants: readonly Want[]): void {
  const named = new Set<Sub>();
  for (const want of wants) if (want.slot !== down.slot) named.add(subFor(down, want));
  down.subs.forEach((sub, at) => {
    if (sub && !named.has(sub)) drop(x, down, sub, at);
  });
  order(down);
  choose(x, down);
}

function subFor(down: Down, want: Want): Sub {
  const at = want.slot * 2 + want.screen;
  const sub = down.subs[at] ?? newSub(want);
  sub.height = want.height;
  sub.rank = want.rank;
  down.subs[at] = sub;
  return sub;
}

function newSub({ slot, screen, height, rank }: Want): Sub {
  return {
    slot,
    screen: screen === 1,
    height,
    rank,
    best: 0,
    kbps: 0,
    now: 0,
    group: 0,
    isOpen: false,
    ctr: -1,
    queue: [],
    queueBytes: 0,
    shown: false,
    askedAt: -Infinity,
    readerAt: [],
    raisedAt: -Infinity,
  };
}

function drop(x: Exchange, down: Down, sub: Sub, at: number): void {
  abandon(x, down, sub);
  down.subs[at] = undefined;
  x.wantsOf(down.call.places.get(sub.slot)?.up);
}

/** A reader that lost the thread: at most once in two seconds for each layer, and only of what it is shown (A6). */
function readerKey(x: Exchange, down: Down, { slot, stream }: Extract<ToRelay, { t: "key" }>): void {
  const sub = down.subs.find((one) => one?.slot === slot && (one.now === stream || one.best === stream));
  const up = down.call.places.get(slot)?.up;
  if (!sub || !up || stream === 0) return;
  const level = levelOf(stream);
  if (x.now - (sub.readerAt[level] ?? -Infinity) < KEY_READER_MS) return;
  sub.readerAt[level] = x.now;
  askKey(x, up, stream);
}
