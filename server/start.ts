/** Puts the parts together: config → keys and database → signaling → HTTP, and stops them in reverse. */
import { mkdirSync } from "node:fs";
import { openStore, type Store } from "../db/store.ts";
import { hex } from "../wire/bytes.ts";
import { type CallId, newId, type PracticeId } from "../wire/ids.ts";
import { Billing } from "./billing/billing.ts";
import type { Moment } from "./billing/meter.ts";
import { openRooms } from "./billing/startable.ts";
import { systemClock } from "./clock.ts";
import { type Config, doubtsOf } from "./config.ts";
import { Drain } from "./drain.ts";
import { openFigures } from "./figures.ts";
import { type Courier, type Send, startCourier } from "./hooks/courier.ts";
import { Herald } from "./hooks/herald.ts";
import { addressOf, networkOf } from "./http/address.ts";
import { createApp } from "./http/app.ts";
import { type Auth, createAuth, type IsStaff } from "./http/auth.ts";
import { check } from "./http/check.ts";
import { createCookies } from "./http/cookies.ts";
import { originAllowed } from "./http/origin.ts";
import { hasTls } from "./http/parts.ts";
import { randomText } from "./http/secrets.ts";
import { KeyFileError, type Keys, loadKeys } from "./keys.ts";
import { type Listening, listen, StartError } from "./listening.ts";
import { createLog, type Log, logError } from "./log.ts";
import type { Nodes } from "./nodes/nodes.ts";
import { startRetention } from "./ops/retention.ts";
import { Readiness } from "./readiness.ts";
import type { PresenceChange, PresenceSink } from "./signaling/events.ts";
import { createIce } from "./signaling/ice.ts";
import { tcpCongestion } from "./transport/congestion.ts";
import { type Media, openMedia } from "./transport/media.ts";
import { countAnswers } from "./transport/metrics-port.ts";
import { post, systemResolve } from "./transport/post.ts";
import { createSignaling, type SignalingDeps } from "./transport/signaling.ts";
import { type Stun, startStun } from "./transport/stun.ts";

/** A server that answers. `drain` waits for running calls as long as is set, `hurry` ends that. `stop` tells open calls, ends requests and closes the database; calling it twice is once. `renew` looks for a
 * new certificate. */
export type Running = {
  address: string;
  log: Log;
  renew(): void;
  drain(): Promise<void>;
  hurry(): void;
  stop(): Promise<void>;
};

/** What a test's own composition root may change: the hands of the clock by which presence is measured. */
export type Hands = (at: Moment) => Moment;

/** Starts everything. Throws `StartError`, `KeyFileError`, and the errors of db/errors.ts. */
export async function start(config: Config, hands: Hands = (at) => at): Promise<Running> {
  const log = createLog(systemClock, config.log);
  for (const doubt of doubtsOf(config)) log.warn(doubt);
  const keys = openFolder(config.data);
  const store = await openStore(config.database);
  try {
    if (!(await store.practices.bindKeys(keys.check))) throw new StartError(WRONG_KEYS);
    return await serve({ config, log, keys, store, hands });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Makes the data folder where there is none, and reads its key file. */
function openFolder(folder: string): Keys {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return loadKeys(folder);
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new StartError(
      `TPC_DATA cannot be used (${logError(error)}): it must be a folder that we may write.`,
    );
  }
}

const WRONG_KEYS =
  "The file server.key in TPC_DATA does not belong to this database: nobody could log in. Put back the one that was beside it.";

type Ground = { config: Config; log: Log; keys: Keys; store: Store; hands: Hands };

async function serve(ground: Ground): Promise<Running> {
  const { config, log, keys, store } = ground;
  const cookies = createCookies(hasTls(config));
  const auth = createAuth({ store, clock: systemClock, log }, cookies);
  const stun = await openStun(ground);
  const media = await openRelay(ground, auth.isStaff);
  const run = newId<CallId>();
  const nodes = await openNodes(ground, run);
  const courier = openCourier(ground);
  const herald = new Herald({ store, log, wait: Bun.sleep, run, queued: courier.wake });
  const billing = openBilling(ground, { run, nodes }, (practice) => {
    courier.wake();
    signaling.events.opened(practice);
  });
  const sink = (change: PresenceChange) => {
    billing.take(change);
    herald.take(change);
  };
  const isBusy = (practice: PracticeId) => billing.isBusy(practice);
  const among = nodes ? { nodes: { name: nodes.name, holding: nodes.holding, isBusy } } : {};
  const signaling = openSignaling(ground, { auth, stun, media, sink, ...among });
  const events = nodes?.spreading(signaling.events) ?? signaling.events;
  const { options } = signaling;
  const running = (practice: PracticeId) => billing.running(practice);
  const present = (call: CallId) => herald.present(call);
  const drain = new Drain({ clock: systemClock, seconds: config.drainSeconds, wait: Bun.sleep });
  const readiness = new Readiness({
    clock: systemClock,
    write: store.probe.write,
    wait: Bun.sleep,
    isDraining: () => drain.isOn,
  });
  const retention = startRetention({ store, clock: systemClock, log, days: config.retentionDays });
  if (nodes) await joinNodes(nodes, { billing, herald, signaling });
  else void billing.recover();
  const answers: Record<string, number> = {};
  const app = createApp(
    {
      store,
      config,
      keys,
      clock: systemClock,
      log,
      cookies,
      auth,
      events,
      running,
      present,
      ready: () => readiness.ready(),
      drainingFor: () => drain.secondsLeft(),
      isApart: () => nodes?.holding.isAway ?? false,
      wait: Bun.sleep,
    },
    {
      plugins: [
        ...(config.metricsPort === null ? [] : [countAnswers(answers)]),
        signaling.plugin,
        media.plugin,
        openCheck(ground, stun, media),
      ],
      options,
      quicPorts: media.quicPorts,
    },
  );
  let listening: Listening | undefined;
  let figures: ReturnType<typeof openFigures> = null;
  const stop = once(async () => {
    media.stop();
    retention.stop();
    await signaling.stop();
    const written = [billing.flush(), herald.flush(), courier.stop()];
    await Promise.race([Promise.all(written), Bun.sleep(FLUSH_MS)]);
    // after the last write: from here on another node measures
    await nodes?.stop();
    await listening?.stop();
    await figures?.stop();
    stun?.stop();
    await store.close();
    log.info("server.stopped");
  });
  listening = await orStop(() => listen({ app, config, clock: systemClock, log }), stop);
  figures = await orStop(
    () => openFigures({ config, store, billing, media, signaling, readiness, answers }),
    stop,
  );
  const { port, renew } = listening;
  log.info("server.ready", {
    port,
    stun: stun?.port ?? null,
    quic: media.quic()[0]?.port ?? null,
    tcp: tcpCongestion(),
    tls: config.tls !== null,
    registration: config.registration.kind,
    metrics: figures?.port ?? null,
  });
  return {
    address: config.origin ?? `${config.tls === null ? "http" : "https"}://localhost:${port}`,
    log,
    renew,
    drain: async () => {
      if (config.drainSeconds > 0) {
        signaling.drain(config.drainSeconds);
        log.info("server.draining", { calls: signaling.calls() });
      }
      // a database that is slow to book the last call is waited for, too
      await drain.run(() => signaling.calls() + billing.settling());
    },
    hurry: () => drain.hurry(),
    stop,
  };
}

/** How long the stop waits for what is metered to be kept. Higher: SIGTERM takes longer. Lower: a busy disk keeps one beat less. */
const FLUSH_MS = 500;

/** `settled`: what a practice may start may have changed. */
function openBilling(
  { log, store, hands }: Ground,
  { run, nodes }: { run: string; nodes: Nodes | null },
  settled: (practice: PracticeId) => void,
): Billing {
  const now = () => hands({ mono: systemClock.monotonic(), wall: systemClock.now() });
  const shared = nodes && {
    hold: async (practice: PracticeId) => (await nodes.holding.hold(practice)).at === "here",
    isStillHere: (practice: PracticeId) => nodes.holding.isStillHere(practice),
  };
  return new Billing({
    calls: store.calls,
    log,
    now,
    wait: Bun.sleep,
    run,
    settled,
    ...(shared ? { shared } : {}),
  });
}

/** What several nodes need; nothing of it is loaded where there is one. */
async function openNodes({ config, keys, store, log }: Ground, run: string): Promise<Nodes | null> {
  if (config.nodes === null) return null;
  const [{ Nodes }, { openRedis }] = await Promise.all([
    import("./nodes/nodes.ts"),
    import("./transport/redis.ts"),
  ]);
  const { name: node, redis } = config.nodes;
  // two installations have two keys, so they never meet on one Redis
  const installation = hex(keys.check).slice(0, 16);
  return new Nodes({
    redis: openRedis(redis),
    node,
    run,
    installation,
    store,
    clock: systemClock,
    log,
    wait: Bun.sleep,
  });
}

type Joining = { billing: Billing; herald: Herald; signaling: ReturnType<typeof createSignaling> };

/** From now on this node answers for practices, and goes on with calls of nodes that are no more. */
function joinNodes(nodes: Nodes, { billing, herald, signaling }: Joining): Promise<void> {
  return nodes.start({
    rooms: signaling.events,
    reread: signaling.events.opened,
    taken: signaling.taken,
    moved: (practice) => {
      signaling.moved(practice);
      billing.forget(practice);
      herald.forget(practice);
    },
    orphaned: () => {
      void signaling.adopt();
      void billing.recover();
    },
  });
}

/** Tells webhooks of calls. */
function openCourier({ config, log, store }: Ground): Courier {
  const send: Send = (target, letter) => post(target, letter, { resolve: systemResolve });
  return startCourier({ store, clock: systemClock, log, send, allow: config.webhookAllow });
}

/** Our own STUN responder, null where it is off. */
async function openStun({ config, log }: Ground): Promise<Stun | null> {
  if (config.stunPort === null) return null;
  try {
    return await startStun({
      hostname: config.udpHost,
      port: config.stunPort,
      clock: systemClock,
      log,
      networkOf,
    });
  } catch {
    throw new StartError(
      `UDP port ${config.stunPort} is taken, or ${config.udpHost} is no address of this machine: see TPC_STUN_PORT (off is possible) and TPC_UDP_HOST.`,
    );
  }
}

/** The relay of group calls, by WebSocket alone where QUIC is off or cannot be. */
async function openRelay({ config, log }: Ground, isStaff: IsStaff): Promise<Media> {
  const { udpHost: host, mediaPort: port, data: folder } = config;
  try {
    const about = { clock: systemClock, log, host, port, folder };
    return await openMedia({ ...about, isStaff, ...asked(config) });
  } catch {
    throw new StartError(
      `UDP port ${port} is taken, or ${host} is no address of this machine: see TPC_MEDIA_PORT (off is possible) and TPC_UDP_HOST.`,
    );
  }
}

/** What both sockets ask of a request. */
function asked(config: Config) {
  return {
    originAllowed: (request: Request) => originAllowed(request, config.origin),
    addressOf: ({ headers, socket }: { headers: Headers; socket: string }) =>
      addressOf(config.addressFrom, headers, socket),
  };
}

/** The connection check. */
function openCheck({ config }: Ground, stun: Stun | null, media: Media) {
  const ice = createIce({ stun: stunOf(config, stun), turn: null, newUser: () => "" });
  const now = () => ({ mono: systemClock.monotonic(), wall: systemClock.now() });
  const { addressOf } = asked(config);
  return check({ addressOf, stun: () => ice(now()), quic: media.quic, issue: () => media.echoes.issue() });
}

/** Where browsers reach our STUN responder. */
function stunOf({ origin }: Config, stun: Stun | null) {
  const host = origin === null ? LOCAL : new URL(origin).hostname;
  return stun && { host, port: stun.port };
}

type Beside = Pick<SignalingDeps, "nodes"> & {
  auth: Auth;
  stun: Stun | null;
  media: Media;
  sink: PresenceSink;
};

function openSignaling(ground: Ground, { auth, stun, media, sink, ...among }: Beside) {
  const { config, log, keys, store, hands } = ground;
  return createSignaling({
    directory: {
      ...store.rooms,
      practiceOfUser: store.practices.practiceOfUser,
      shut: store.locks.shut,
      startsByLink: store.planned.startsByLink,
      openRooms: (practice, now) => openRooms(store, practice, now),
    },
    authenticate: auth.authenticate,
    isStaff: auth.isStaff,
    ...asked(config),
    serverKey: keys.resume,
    clock: systemClock,
    log,
    ice: createIce({
      stun: stunOf(config, stun),
      turn: config.turn,
      newUser: () => randomText(12),
    }),
    relay: media.relay,
    quic: media.quic,
    presenceSink: (change) => sink({ ...change, at: hands(change.at) }),
    ...among,
  });
}

/** Where browsers look for STUN while no public origin is set: then they run on this machine. */
const LOCAL = "127.0.0.1";

async function orStop<T>(open: () => T, stop: () => Promise<void>): Promise<T> {
  try {
    return open();
  } catch (error) {
    await stop();
    throw error;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
