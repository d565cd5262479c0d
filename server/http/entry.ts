/** Log-in and everything that ends in one: who tries, the new session, its cookies. */

import type { Practice } from "../../db/practices.ts";
import { newSession, type Session } from "../../db/sessions.ts";
import { type Bytes, base64url } from "../../wire/bytes.ts";
import type { PracticeId } from "../../wire/ids.ts";
import { foldUserName, type UserName } from "../../wire/names.ts";
import { addressOf } from "./address.ts";
import { agentOf } from "./agent.ts";
import type { Attempt } from "./attempts.ts";
import { SESSION_MS } from "./auth.ts";
import { type Base, setCookie } from "./base.ts";
import { deviceIn, newDevice, newToken } from "./cookies.ts";
import { hasFactor } from "./factors/methods.ts";
import { ApiFailure } from "./failure.ts";
import { bytesIn, loginHash, sameSecret, tokenHash } from "./secrets.ts";

/** What a route knows of its request. */
export type Visit = {
  request: Request;
  server: { requestIP(request: Request): { address: string } | null } | null;
  set: { headers: Record<string, unknown> };
};

/** What a page gets by logging in: binary as base64url. `sessionHalf` opens what the browser kept (TP1 §2.5). */
export type LoggedIn = { user: UserName; wrap: string; sessionHalf: string };

/** Compared where there is no account, so that unknown names cost the same work. */
const NOBODY = new Uint8Array(32);

/** Finding an account takes some 0.04 ms more than finding none, which many tries would show; answers that depend on it
 * come at a fixed time instead. Higher: people wait for "wrong password". Lower: a busy server is later than this and
 * shows the difference again. */
const EVEN_MS = 30;

/** The result of `work`, an error too, not before `EVEN_MS` have gone since it began. */
export async function evenly<T>({ clock, wait }: Base, work: () => Promise<T>): Promise<T> {
  const until = clock.monotonic() + EVEN_MS;
  try {
    return await work();
  } finally {
    await wait(Math.max(0, until - clock.monotonic()));
  }
}

/** The address that limits count for this request. */
export function addressIn({ config }: Base, { request, server }: Visit): string {
  return addressOf(config.addressFrom, request.headers, server?.requestIP(request)?.address ?? null);
}

/** Who tries to open the account typed as `typed`. */
export function attemptAt(base: Base, visit: Visit, typed: string): Attempt {
  const user = foldUserName(typed);
  const cookie = base.cookies.read("device", visit.request.headers.get("cookie"));
  const device = user === null ? null : deviceIn(base.keys.device, user, cookie);
  return { account: user ?? typed, address: addressIn(base, visit), device };
}

/** The account whose secret (authKey or authR, 32 B) this is. Same answer and same work for unknown names.
 * Throws `login.wrong`, `login.slow-down`. */
export async function openAccount(
  base: Base,
  visit: Visit,
  claim: { user: string; by: "loginHash" | "recoveryHash"; secret: Bytes },
): Promise<Practice> {
  const attempt = attemptAt(base, visit, claim.user);
  await base.attempts.begin(attempt);
  return evenly(base, async () => {
    const user = foldUserName(claim.user);
    const practice = user === null ? null : await base.store.practices.byUser(user);
    return judge(base, attempt, practice, claim);
  });
}

/** The account of a session, proved once more by its password. A locked session has lost what its second factor opened: where one is on
 * it has to log in again. Throws `session.required`, `login.wrong`, `login.slow-down`. */
export async function proveAgain(base: Base, visit: Visit, me: Session, secret: Bytes): Promise<Practice> {
  if (me.sessionHalf === null && (await hasFactor(base.store, me.practice)))
    throw new ApiFailure("session.required");
  const attempt = { account: me.practice, address: addressIn(base, visit), device: me.id };
  await base.attempts.begin(attempt);
  return judge(base, attempt, await base.store.practices.byId(me.practice), { by: "loginHash", secret });
}

async function judge(
  base: Base,
  attempt: Attempt,
  practice: Practice | null,
  claim: { by: "loginHash" | "recoveryHash"; secret: Bytes },
): Promise<Practice> {
  const right = sameSecret(loginHash(base.keys.pepper, claim.secret), practice?.[claim.by] ?? NOBODY);
  if (practice === null || !right) throw new ApiFailure("login.wrong");
  await base.attempts.succeed(attempt);
  return practice;
}

/** A session that is not stored yet, with the token only the cookie will hold. */
export type Draft = { session: Session; token: string; half: Bytes };

/** A new session for the browser of this request; `id` where it goes on under the id of an old one. */
export function draftSession(base: Base, visit: Visit, practice: PracticeId, id?: string): Draft {
  const token = newToken();
  const half = crypto.getRandomValues(new Uint8Array(32));
  const session = newSession({
    id: id ?? Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("hex"),
    practice,
    tokenHash: tokenHash(bytesIn(token, 32) ?? NOBODY),
    sessionHalf: half,
    agent: agentOf(visit.request.headers.get("user-agent")),
    now: base.clock.now(),
  });
  return { session, token, half };
}

/** A browser that is logged in already goes on under the same session, so that a call in its other tab is not cut. */
export async function beginSession(base: Base, visit: Visit, practice: PracticeId): Promise<Draft> {
  const before = await base.auth.arrive(visit.request.headers.get("cookie"));
  const mine = before?.session.practice === practice ? before.session.id : undefined;
  const draft = draftSession(base, visit, practice, mine);
  await base.store.sessions.begin(draft.session);
  return draft;
}

/** Answers with the cookies of a stored session and what the page needs. */
export function welcome(
  base: Base,
  visit: Visit,
  who: { user: UserName; wrap: Bytes },
  { token, half }: Draft,
): LoggedIn {
  setCookie(visit.set, base.cookies.session(token, SESSION_MS / 1000));
  setCookie(visit.set, base.cookies.device(newDevice(base.keys.device, who.user)));
  return { user: who.user, wrap: base64url(who.wrap), sessionHalf: base64url(half) };
}
