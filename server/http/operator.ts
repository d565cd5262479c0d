/** What anybody may know of this server: who runs it, whether it takes new accounts, how long it keeps times of calls, and that it is alive. */
import { Elysia } from "elysia";
import type { Base } from "./base.ts";

/** `GET /api/operator`, `GET /api/health`. */
export function operator({ config }: Base) {
  return new Elysia()
    .get("/operator", () => ({
      ...config.operator,
      registration: config.registration.kind,
      retentionDays: config.retentionDays,
    }))
    .get("/health", () => ({ ok: true }) as const);
}
