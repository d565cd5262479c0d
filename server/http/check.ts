/** What the connection check needs: where this server is reached, and a ticket for one echo on each way. Without an account: a client
 * checks days before the call, and knows nobody here yet. */
import { type AnyElysia, Elysia } from "elysia";
import { base64url } from "../../wire/bytes.ts";
import type { IceServer, QuicPort } from "../../wire/signal.ts";
import { createBudget } from "./budget.ts";
import { ApiFailure } from "./failure.ts";

/** Checks of one address in 10 min. Higher: a stranger gets more tickets. Lower: the waiting room of a clinic is refused. */
export const CHECKS_PER_ADDRESS = 40;
const SECONDS = 10 * 60;

export type CheckParts = {
  readonly addressOf: (from: { headers: Headers; socket: string }) => string;
  /** What tells a browser how it is seen from outside: our own alone. Credentials for others belong to calls. */
  readonly stun: () => readonly IceServer[];
  readonly quic: () => readonly QuicPort[];
  readonly issue: () => string;
};

/** `POST /api/check`. */
export function check({ addressOf, stun, quic, issue }: CheckParts): AnyElysia {
  const budget = createBudget(CHECKS_PER_ADDRESS, SECONDS);
  return new Elysia().post("/api/check", async ({ request, server }) => {
    const socket = server?.requestIP(request)?.address ?? "local";
    const wait = await budget.take(addressOf({ headers: request.headers, socket }));
    if (wait !== null) throw new ApiFailure("check.slow-down", { retryAfterSeconds: wait });
    return {
      stun: stun(),
      quic: quic().map(({ port, hash }) => ({ port, hash: base64url(hash) })),
      tickets: { quic: issue(), socket: issue() },
    };
  });
}
