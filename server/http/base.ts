/** What every area of routes begins with: the parts made once per app, and the rule that a route needs a session. */
import { Elysia } from "elysia";
import type { Session } from "../../db/sessions.ts";
import { type Attempts, createAttempts } from "./attempts.ts";
import { ApiFailure } from "./failure.ts";
import { createFeedTries, type FeedTries } from "./feed-tries.ts";
import type { Parts } from "./parts.ts";
import { createVoucherTries, type VoucherTries } from "./voucher-tries.ts";

/** The parts from main and what the HTTP side makes of them. */
export type Base = Parts & { attempts: Attempts; vouchers: VoucherTries; feedTries: FeedTries };

/** Makes the shared parts of one app. */
export function createBase(parts: Parts): Base {
  const attempts = createAttempts(parts.wait, parts.config.registrationsPerHour);
  return { ...parts, attempts, vouchers: createVoucherTries(), feedTries: createFeedTries() };
}

type Answer = { headers: Record<string, unknown> };

/** Adds a cookie line to an answer. */
export function setCookie(set: Answer, line: string): void {
  const before = set.headers["set-cookie"];
  set.headers["set-cookie"] = [...(Array.isArray(before) ? before : []), line];
}

/** The session of a request that may have none. */
export async function sessionIn({ auth }: Base, request: Request, set: Answer): Promise<Session | null> {
  const arrival = await auth.arrive(request.headers.get("cookie"));
  if (arrival !== null && arrival.cookie !== null) setCookie(set, arrival.cookie);
  return arrival?.session ?? null;
}

/** Routes after this have `me`, the live session; without one they answer `session.required`, whatever their body is. */
export function signedIn(base: Base) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }): Promise<{ me: Session }> => {
    const me = await sessionIn(base, request, set);
    if (me === null) throw new ApiFailure("session.required");
    return { me };
  });
}
