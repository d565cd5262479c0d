/** Puts signaling together for `main.ts`: the core, its runner, the socket plugin and the two timers that drive it. */
import type { PracticeId, Rid, RoomId } from "../../wire/ids.ts";
import type { IceServer, QuicPort } from "../../wire/signal.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Directory, Moment, PresenceSink } from "../signaling/events.ts";
import { createTokens } from "../signaling/token.ts";
import { type Claims, type Relay, Runner } from "./runner.ts";
import {
  type AddressOf,
  type Authenticate,
  type IsStaff,
  signalPlugin,
  websocketOptions,
} from "./websocket.ts";

/** Higher: a lost line is noticed later. Lower: more wake-ups for nothing. */
const TICK_MS = 1000;
/** A11: the server pings every 3 s; three unanswered ones make a line lost. */
const PING_MS = 3000;
/** How often locks and deletions by the operator are looked for. Higher: whoever is locked out goes on longer. Lower: more reads. */
const SHUT_MS = 5000;
/** How long the stop waits for its last writes. Higher: SIGTERM takes longer than two seconds. Lower: a call that ended
 * this moment may be found open by the next start, which then ends it itself. */
const STOP_MS = 500;
/** Higher: a practice whose pages are gone stays with its node for longer. Lower: more looks for nothing. */
const RELEASE_MS = 10_000;

export type SignalingDeps = {
  readonly directory: Directory;
  readonly authenticate: Authenticate;
  readonly isStaff: IsStaff;
  readonly originAllowed: (request: Request) => boolean;
  /** 32 stored bytes, so that pages resume after a restart. */
  readonly serverKey: Uint8Array;
  readonly clock: Clock;
  readonly log: Log;
  readonly ice: (now: Moment) => IceServer[];
  readonly addressOf: AddressOf;
  readonly presenceSink: PresenceSink;
  readonly relay: Relay;
  readonly quic: () => QuicPort[];
  /** Absent: there is no other node. `isBusy`: there is still something of this practice to be written. */
  readonly nodes?: {
    readonly name: string;
    readonly holding: Claims;
    readonly isBusy: (practice: PracticeId) => boolean;
  };
};

/** What http tells signaling. */
export type RoomEvents = {
  opened(practice: PracticeId): void;
  closed(practice: PracticeId, room: RoomId): void;
  sessionEnded(session: string): void;
  linksGone(practice: PracticeId, rids: readonly Rid[]): void;
  accountDeleted(practice: PracticeId): void;
};

/** Signaling, running. `stop` tells everybody that the server will be back, and resolves when the last write is done. */
export function createSignaling(deps: SignalingDeps) {
  const { directory, clock, log, presenceSink, ice, relay, quic } = deps;
  const { nodes } = deps;
  const mine = { tokens: createTokens(deps.serverKey), ice, quic };
  const core = nodes ? { ...mine, node: nodes.name } : mine;
  const shared = nodes ? { claims: nodes.holding } : {};
  const runner = new Runner({ directory, clock, log, presenceSink, core, relay, ...shared });
  const timers = [
    setInterval(() => runner.handle({ t: "tick" }), TICK_MS),
    setInterval(() => runner.ping(), PING_MS),
    setInterval(() => void runner.lookForShut(), SHUT_MS),
  ];
  if (nodes) timers.push(setInterval(() => runner.releaseIdle(nodes.isBusy), RELEASE_MS));
  else void runner.start();
  return {
    plugin: signalPlugin({ ...deps, runner }),
    options: websocketOptions,
    counts: runner.counts,
    connections: () => runner.core.lobby.conns.size,
    clients: () => clientsIn(runner),
    /** Rooms that a therapist is in. */
    calls: () => [...runner.core.lobby.practices.values()].filter(({ lease }) => lease?.room).length,
    events: eventsOf(runner),
    /** Tells everybody that the server goes within `seconds`; no call begins any more. */
    drain: (seconds: number) => {
      runner.handle({ t: "drain", seconds });
      if (nodes) timers.push(setInterval(() => runner.leaveIdle(nodes.isBusy), TICK_MS));
    },
    taken: (practice: PracticeId) => runner.handle({ t: "taken", practice }),
    moved: (practice: PracticeId) => runner.handle({ t: "moved", practice }),
    adopt: () => runner.adopt(),
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      runner.handle({ t: "stop" });
      await Promise.race([runner.settled(), Bun.sleep(STOP_MS)]);
    },
  };
}

function clientsIn({ core }: Runner) {
  const counts = { waiting: 0, joined: 0, left: 0 };
  for (const peer of core.lobby.peers.values()) if (peer.role === "client") counts[peer.place.state] += 1;
  return { waiting: counts.waiting, seated: counts.joined };
}

function eventsOf(runner: Runner): RoomEvents {
  return {
    opened: (practice) => runner.load(practice),
    closed: (practice, room) => runner.handle({ t: "room-closed", practice, room }),
    sessionEnded: (session) => runner.handle({ t: "session-ended", session }),
    linksGone: (practice, rids) => runner.handle({ t: "links-gone", practice, rids }),
    accountDeleted: (practice) => runner.handle({ t: "account-deleted", practice }),
  };
}
