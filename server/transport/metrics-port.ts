/** The port at which a Prometheus reads. It is on loopback alone, so nothing of it is in the open: no token that could leak, no rule of a
 * proxy that could be forgotten, and no stranger who learns from figures when somebody is in a call. */
import { type AnyElysia, Elysia } from "elysia";
import type { Metrics } from "../ops/metrics.ts";

const LOOPBACK = "127.0.0.1";

export type MetricsPort = { readonly port: number; stop(): Promise<void> };

/** Throws where the port is taken. */
export function openMetrics(port: number, metrics: Metrics): MetricsPort {
  const server = Bun.serve({
    hostname: LOOPBACK,
    port,
    async fetch({ url, method }) {
      if (new URL(url).pathname !== "/metrics") return new Response(null, { status: 404 });
      if (method !== "GET") return new Response(null, { status: 405 });
      return new Response(await metrics.text(), { headers: { "content-type": metrics.contentType } });
    },
    // the reason may carry values
    error: () => new Response(null, { status: 500 }),
  });
  return { port: server.port ?? 0, stop: () => server.stop(true) };
}

/** Counts the answers of the routes after it by the class of their status. */
export function countAnswers(into: Record<string, number>): AnyElysia {
  return new Elysia().onAfterResponse({ as: "global" }, ({ set, responseValue }) => {
    const named = typeof set.status === "number" ? set.status : 200;
    const status = responseValue instanceof Response ? responseValue.status : named;
    const kind = `${Math.floor(status / 100)}xx`;
    into[kind] = (into[kind] ?? 0) + 1;
  });
}
