/** Opens the port of metrics where one is set, on the parts that `start.ts` has put together. */
import type { Store } from "../db/store.ts";
import type { Billing } from "./billing/billing.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { StartError } from "./listening.ts";
import { watchLag } from "./ops/lag.ts";
import { createMetrics } from "./ops/metrics.ts";
import type { Readiness } from "./readiness.ts";
import type { Media } from "./transport/media.ts";
import { openMetrics } from "./transport/metrics-port.ts";
import type { createSignaling } from "./transport/signaling.ts";

type Ground = {
  readonly config: Pick<Config, "metricsPort">;
  readonly store: Pick<Store, "deliveries" | "busy">;
  readonly billing: Billing;
  readonly media: Media;
  readonly signaling: ReturnType<typeof createSignaling>;
  readonly readiness: Readiness;
  /** Answers by class of their status. */
  readonly answers: Readonly<Record<string, number>>;
};

/** Null where there shall be none. Throws `StartError`. */
export function openFigures(ground: Ground) {
  const { metricsPort: wanted } = ground.config;
  if (wanted === null) return null;
  const lag = watchLag(systemClock, (ms, ring) => {
    const timer = setInterval(ring, ms);
    return () => clearInterval(timer);
  });
  try {
    const { port, stop } = openMetrics(wanted, createMetrics(sourcesOf(ground, lag.take)));
    return {
      port,
      stop: async () => {
        lag.stop();
        await stop();
      },
    };
  } catch {
    lag.stop();
    throw new StartError(`Port ${wanted} is taken: set TPC_METRICS_PORT to another one.`);
  }
}

function sourcesOf({ store, billing, media, signaling, readiness, answers }: Ground, lag: () => number) {
  return {
    calls: () => billing.counting(),
    clients: signaling.clients,
    connections: signaling.connections,
    signaling: () => signaling.counts,
    sessions: () => ({ quic: media.sessionsBy("quic"), socket: media.sessionsBy("socket") }),
    relayed: () => media.bytes,
    dropped: () => media.counts,
    ledger: () => billing.counts,
    notices: store.deliveries.waiting,
    busy: store.busy,
    answers: () => answers,
    lag,
    ready: () => readiness.ready(),
    memory: () => process.memoryUsage(),
  };
}
