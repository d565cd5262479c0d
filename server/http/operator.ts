/** What anybody may know of this server: who runs it, whether it takes new accounts, how long it keeps times of calls, that it is alive, and whether it
 * takes visitors. */
import { Elysia } from "elysia";
import type { Base } from "./base.ts";

/** `GET /api/operator`, `GET /api/health` (answers at all), `GET /api/ready` (503: not now, for whatever reason). */
export function operator({ config, ready }: Base) {
  return new Elysia()
    .get("/operator", () => ({
      ...config.operator,
      registration: config.registration.kind,
      retentionDays: config.retentionDays,
    }))
    .get("/health", () => ({ ok: true }) as const)
    .get("/ready", async ({ set }) => {
      const isReady = await ready();
      set.status = isReady ? 200 : 503;
      return { ready: isReady };
    });
}
