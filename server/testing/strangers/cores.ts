/** The two cores under what a stranger may send them, on connections that are opened anew whenever one was closed. For fuzz tests. */
import type { CallId, PracticeId } from "../../../wire/ids.ts";
import { junk, oneOf } from "../../../wire/junk.testing.ts";
import { createSfu } from "../../sfu/core.ts";
import type { LinkId } from "../../sfu/events.ts";
import { createCore } from "../../signaling/core.ts";
import type { ConnId } from "../../signaling/events.ts";
import { createTokens } from "../../signaling/token.ts";
import { ITEMS, must, SIGNALS, type Stranger } from "./decoders.ts";

/** Of so many connections at once, each says something now and then. */
const CONNS = 20;

export function signalingCore(): Stranger {
  const tokens = createTokens(new Uint8Array(32).fill(3));
  let [mono, last] = [0, 0];
  const core = createCore({ tokens, ice: () => [], quic: () => [] }, { mono, wall: 0 });
  const conns: ConnId[] = [];
  const at = () => ({ mono, wall: mono });
  const somebody = { practice: "d".repeat(32) as PracticeId, session: "s", rooms: [], starts: new Map() };
  const nobody = { practice: null, session: null, rooms: [], starts: new Map() };
  return {
    feed: (roll) => {
      mono += 200;
      while (conns.length < CONNS) {
        last += 1;
        conns.push(last as ConnId);
        core.handle({ t: "opened", conn: last as ConnId, address: `a${last % 50}` }, at());
      }
      const conn = oneOf(roll, conns);
      const bytes = roll(4) === 0 ? oneOf(roll, SIGNALS) : junk(roll, SIGNALS);
      const effects = core.handle({ t: "received", conn, bytes }, at());
      if (roll(5) === 0) effects.push(...core.handle({ t: "tick" }, at()));
      const asks = effects.filter((effect) => effect.t === "find");
      for (const { conn: asking } of asks)
        effects.push(
          ...core.handle({ t: "found", conn: asking, ...(roll(2) === 0 ? nobody : somebody) }, at()),
        );
      for (const effect of effects)
        if (effect.t === "close") conns.splice(conns.indexOf(effect.conn) >>> 0, 1);
      must(core.lobby.conns.size <= CONNS, "connections that were closed and are remembered");
      must(core.lobby.peers.size <= CONNS, "people who were closed and are remembered");
      return asks.length > 0;
    },
  };
}

const CALL = "c".repeat(32) as CallId;

export function forwardingCore(): Stranger {
  let [now, last] = [0, 0];
  const core = createSfu(now);
  const links: LinkId[] = [];
  for (const slot of [0, 1, 2]) core.handle({ t: "seated", call: CALL, slot }, now);
  const open = (slot: number, way: "up" | "down") => {
    last += 1;
    links.push(last as LinkId);
    const kind = last % 2 === 0 ? "quic" : "socket";
    core.handle({ t: "opened", link: last as LinkId, pass: { call: CALL, slot, way }, kind }, now);
  };
  return {
    feed: (roll) => {
      now += 10;
      if (links.length < 4) open(1 + roll(2), oneOf(roll, ["up", "down"] as const));
      const link = oneOf(roll, links);
      const effects = core.handle({ t: "item", link, item: junk(roll, ITEMS) }, now);
      effects.push(...core.handle({ t: "tick" }, now));
      for (const effect of effects)
        if (effect.t === "close") links.splice(links.indexOf(effect.link) >>> 0, 1);
      // a newer session of a place takes the older one's
      for (const one of [...links]) if (!core.exchange.links.has(one)) links.splice(links.indexOf(one), 1);
      must(core.exchange.links.size <= 4, "sessions that were closed and are remembered");
      return effects.some(({ t }) => t === "loose" || t === "sure" || t === "picture");
    },
  };
}
