/** Who a session cookie belongs to, and what happens to a session by being used: it is noted as seen, locked after a
 * long pause, and its token is rotated once a day (TP1 §2.5 "VK survives tabs"). */

import { StoreBusy, StoreFull } from "../../db/errors.ts";
import type { Session } from "../../db/sessions.ts";
import type { Store } from "../../db/store.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { PracticeId } from "../../wire/ids.ts";
import type { Clock } from "../clock.ts";
import { type Log, logError } from "../log.ts";
import { type Cookies, newToken } from "./cookies.ts";
import { bytesIn, sameSecret, tokenHash } from "./secrets.ts";

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** Higher: a stolen cookie works longer. Lower: therapists type their password more often. */
export const SESSION_MS = 30 * 24 * HOUR_MS;
/** After this pause the server forgets its half: the vault key in that browser needs the password again (TP1 §2.5). */
export const IDLE_LOCK_MS = 12 * HOUR_MS;
/** Higher: a token read from a backup of the browser works longer. Lower: more writes and more chances of a race. */
export const ROTATE_MS = 24 * HOUR_MS;
/** How long the old token is good once the new one was seen: requests that were already on their way. */
export const GRACE_MS = MINUTE_MS;
/** Being seen is written at most this often. Higher: "zuletzt gesehen" is coarser. Lower: a write with every request. */
export const SEEN_EVERY_MS = MINUTE_MS;

/** Says who opened a socket, by the cookie of its upgrade; null where nobody is logged in. */
export type Authenticate = (headers: {
  cookie: string | null;
}) => Promise<{ practice: PracticeId; session: string } | null>;

/** A session that may be used, and the cookie line to answer with where its token was rotated. */
export type Arrival = { session: Session; cookie: string | null };

/** Says whether a socket's upgrade comes from practice staff, who reach no call (R15). */
export type IsStaff = (headers: { cookie: string | null }) => Promise<boolean>;

type Ground = { store: Pick<Store, "sessions" | "staff">; clock: Clock; log: Log };

/** Finds sessions by cookie headers. */
export function createAuth({ store, clock, log }: Ground, cookies: Cookies) {
  /** The live session of a cookie header and the token hash it came with. */
  async function find(cookie: string | null): Promise<{ session: Session; hash: Bytes } | null> {
    const token = bytesIn(cookies.read("session", cookie) ?? "", 32);
    if (token === null) return null;
    const hash = tokenHash(token);
    const session = await store.sessions.byToken(hash);
    if (session === null || !isGood(session, hash, clock.now())) return null;
    return { session, hash };
  }

  /** Bookkeeping must not take away what can still be read: a full disk locks nobody out of the dashboard. */
  async function tolerant<T>(work: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof StoreBusy) && !(error instanceof StoreFull)) throw error;
      log.warn("session.not-noted", { error: logError(error) });
      return otherwise;
    }
  }

  async function note(session: Session, hash: Bytes, now: number): Promise<Session> {
    const idle = now - session.lastSeenAt;
    const locked = idle >= IDLE_LOCK_MS;
    if (idle >= SEEN_EVERY_MS) await tolerant(store.sessions.seen(session.id, now, locked), undefined);
    const settled = session.previousHash === null || session.previousUntil !== null;
    if (!settled && sameSecret(hash, session.tokenHash)) {
      await tolerant(store.sessions.settle(session.id, now + GRACE_MS), undefined);
    }
    return locked ? { ...session, sessionHalf: null } : session;
  }

  async function rotate(session: Session, hash: Bytes, now: number): Promise<string | null> {
    if (!needsRotation(session, hash, now)) return null;
    const token = newToken();
    const to = tokenHash(bytesIn(token, 32) ?? new Uint8Array());
    const change = { from: hash, was: session.tokenHash, to, now };
    const done = await tolerant(store.sessions.rotate(session.id, change), false);
    const left = Math.ceil((session.createdAt + SESSION_MS - now) / 1000);
    return done ? cookies.session(token, left) : null;
  }

  const isStaff: IsStaff = async ({ cookie }) => {
    const found = await find(cookie);
    return found !== null && (await store.staff.employment(found.session.practice)) !== null;
  };

  /** Asked again by whoever hosts: the account of an open socket may have become staff since. */
  const authenticate: Authenticate = async ({ cookie }) => {
    const found = await find(cookie);
    if (found === null || (await isStaff({ cookie }))) return null;
    return { practice: found.session.practice, session: found.session.id };
  };

  return {
    authenticate,
    isStaff,
    /** The session a request comes with, noted as seen; null where nobody is logged in. */
    async arrive(cookie: string | null): Promise<Arrival | null> {
      const found = await find(cookie);
      if (found === null) return null;
      const now = clock.now();
      const session = await note(found.session, found.hash, now);
      return { session, cookie: await rotate(found.session, found.hash, now) };
    },
  };
}

export type Auth = ReturnType<typeof createAuth>;

function isGood(session: Session, hash: Bytes, now: number): boolean {
  if (now >= session.createdAt + SESSION_MS) return false;
  if (sameSecret(hash, session.tokenHash)) return true;
  return session.previousUntil === null || now < session.previousUntil;
}

/** Once a day; and again where the browser still comes with the old token, since the answer with the new one was lost. */
function needsRotation(session: Session, hash: Bytes, now: number): boolean {
  const age = now - session.rotatedAt;
  if (sameSecret(hash, session.tokenHash)) return age >= ROTATE_MS;
  return session.previousUntil === null && age >= GRACE_MS;
}
