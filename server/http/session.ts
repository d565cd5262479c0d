/** Logging in and out, what a page asks at its start, locking, and the list of browsers that are logged in. */
import { Elysia, t } from "elysia";
import type { Session } from "../../db/sessions.ts";
import { base64url } from "../../wire/bytes.ts";
import type { PracticeId } from "../../wire/ids.ts";
import { foldUserName } from "../../wire/names.ts";
import { SESSION_MS } from "./auth.ts";
import { anyAccount, type Base, setCookie } from "./base.ts";
import { addressIn, beginSession, evenly, openAccount, type Visit, welcome } from "./entry.ts";
import { askSecond } from "./factors/answer.ts";
import { ApiFailure } from "./failure.ts";
import { KDF } from "./kdf.ts";
import { salt } from "./secrets.ts";
import { binary, bytesOf, id, user } from "./shapes.ts";

/** `POST /api/salt`, `POST|GET|DELETE /api/session`, `POST /api/session/lock`, `GET /api/sessions`, `DELETE …/:id`. */
export function session(base: Base) {
  return new Elysia()
    .post("/salt", ({ body, request, server, set }) => saltOf(base, { request, server, set }, body.user), {
      body: t.Object({ user }),
    })
    .post(
      "/session",
      async ({ body, request, server, set }) => {
        const visit = { request, server, set };
        const secret = bytesOf(body.authKey);
        const practice = await openAccount(base, visit, { user: body.user, by: "loginHash", secret });
        await askSecond(base, practice, "log-in");
        return welcome(base, visit, practice, await beginSession(base, visit, practice.id));
      },
      { body: t.Object({ user, authKey: binary(32) }) },
    )
    .delete("/session", async ({ request, set }) => {
      const arrival = await base.auth.arrive(request.headers.get("cookie"));
      setCookie(set, base.cookies.noSession());
      if (arrival !== null) await end(base, arrival.session.practice, arrival.session.id);
      set.status = 204;
    })
    .use(anyAccount(base))
    .get("/session", ({ me, employment }) => whoAmI(base, me, employment !== null))
    .post("/session/lock", async ({ me, set }) => {
      await base.store.sessions.lock(me.id);
      set.status = 204;
    })
    .get("/sessions", async ({ me }) => ({ sessions: await listed(base, me) }))
    .delete(
      "/sessions/:id",
      async ({ me, params, set }) => {
        await end(base, me.practice, params.id);
        if (params.id === me.id) setCookie(set, base.cookies.noSession());
        set.status = 204;
      },
      { params: t.Object({ id }) },
    );
}

/** What the browser needs to derive its keys; unknown names get an answer that looks the same (e2ee.md §2.10). */
async function saltOf(base: Base, visit: Visit, typed: string) {
  await base.attempts.salt(addressIn(base, visit));
  const name = foldUserName(typed);
  const practice = await evenly(base, async () => (name === null ? null : base.store.practices.byUser(name)));
  const { passes, memoryBytes } = practice ?? KDF;
  // made for known names too, so that both cost the same
  const made = salt(base.keys.pepper, name ?? typed);
  return { salt: base64url(practice?.salt ?? made), passes, memoryBytes };
}

async function end(base: Base, practice: PracticeId, ended: string): Promise<void> {
  if (await base.store.sessions.end(practice, ended)) base.events.sessionEnded(ended);
}

async function whoAmI(base: Base, me: Session, staff: boolean) {
  const practice = await base.store.practices.byId(me.practice);
  if (practice === null) throw new ApiFailure("session.required");
  const { user, email, wrap, salt, passes, memoryBytes } = practice;
  const half = me.sessionHalf;
  return {
    user,
    email,
    staff,
    wrap: base64url(wrap),
    salt: base64url(salt),
    passes,
    memoryBytes,
    sessionHalf: half === null ? null : base64url(half),
  };
}

async function listed(base: Base, me: Session) {
  const now = base.clock.now();
  const all = await base.store.sessions.of(me.practice);
  return all
    .filter((one) => now < one.createdAt + SESSION_MS)
    .map(({ id, createdAt, lastSeenAt, agent }) => ({
      id,
      current: id === me.id,
      createdAt,
      lastSeenAt,
      agent,
    }));
}
