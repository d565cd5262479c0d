/** What every area of routes begins with: the parts made once per app, and the rule that a route needs a session. */
import { Elysia } from "elysia";
import type { Session } from "../../db/sessions.ts";
import type { Employment } from "../../db/staff.ts";
import type { InvitationId, PracticeId } from "../../wire/ids.ts";
import { type Attempts, createAttempts } from "./attempts.ts";
import { type Crowd, createCrowd } from "./crowd.ts";
import { createTickets, type Tickets } from "./factors/tickets.ts";
import { createFactorTries, type FactorTries } from "./factors/tries.ts";
import { ApiFailure } from "./failure.ts";
import { createFeedTries, type FeedTries } from "./feed-tries.ts";
import type { Parts } from "./parts.ts";
import { createVoucherTries, type VoucherTries } from "./voucher-tries.ts";

/** The parts from main and what the HTTP side makes of them. */
export type Base = Parts & {
  crowd: Crowd;
  attempts: Attempts;
  vouchers: VoucherTries;
  feedTries: FeedTries;
} & Second;
/** What waits for a second factor, and how often one may be tried. */
type Second = { tickets: Tickets; factorTries: FactorTries };

/** Makes the shared parts of one app. */
export function createBase(parts: Parts): Base {
  const attempts = createAttempts(parts.wait, parts.config.registrationsPerHour);
  const second = { tickets: createTickets(parts.clock), factorTries: createFactorTries() };
  const crowd = createCrowd(parts.clock);
  return {
    ...parts,
    ...second,
    crowd,
    attempts,
    vouchers: createVoucherTries(),
    feedTries: createFeedTries(),
  };
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

type Account = { me: Session; employment: Employment | null };
type Worker = { me: Session; practice: PracticeId; invitation: InvitationId };

async function accountIn(base: Base, request: Request, set: Answer): Promise<Account> {
  const me = await sessionIn(base, request, set);
  if (me === null) throw new ApiFailure("session.required");
  base.crowd.account(me.practice);
  return { me, employment: await base.store.staff.employment(me.practice) };
}

/** Routes after this have `me`, the live session of a therapist; without a session they answer `session.required`, to practice staff
 * `staff.forbidden`, whatever their body is. What is not made for staff is closed to them (R15). */
export function signedIn(base: Base) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }): Promise<{ me: Session }> => {
    const { me, employment } = await accountIn(base, request, set);
    if (employment !== null) throw new ApiFailure("staff.forbidden");
    return { me };
  });
}

/** Routes after this are for every account; `employment` is the second role, null for a therapist. */
export function anyAccount(base: Base) {
  return new Elysia().derive(
    { as: "scoped" },
    ({ request, set }): Promise<Account> => accountIn(base, request, set),
  );
}

/** Routes after this are practice staff's: `practice` is whom they work for. To everybody else `staff.ended`, while the
 * operator has locked that practice `account.locked`. */
export function employed(base: Base) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }): Promise<Worker> => {
    const { me, employment } = await accountIn(base, request, set);
    const practice = employment?.practice ?? null;
    if (employment === null || practice === null) throw new ApiFailure("staff.ended");
    if (await base.store.locks.isLocked(practice)) throw new ApiFailure("account.locked");
    return { me, practice, invitation: employment.invitation };
  });
}
