/** Changing the password, and getting back in by the recovery key. Both end every other session; the vault key stays the
 * same, only what seals it changes (e2ee.md §2.10). */
import { Elysia, t } from "elysia";
import type { PasswordKeys } from "../../db/practices.ts";
import { base64url } from "../../wire/bytes.ts";
import { SESSION_MS } from "./auth.ts";
import { anyAccount, type Base, setCookie } from "./base.ts";
import { draftSession, openAccount, proveAgain, welcome } from "./entry.ts";
import { askSecond } from "./factors/answer.ts";
import { spendRecovery } from "./factors/second.ts";
import { ticket } from "./factors/shapes.ts";
import { ApiFailure } from "./failure.ts";
import { KDF } from "./kdf.ts";
import { loginHash } from "./secrets.ts";
import { binary, bytesOf, password, recovery, user } from "./shapes.ts";

/** `POST|PUT /api/recovery`, `PUT /api/password`. */
export function passwords(base: Base) {
  return new Elysia()
    .post(
      "/recovery",
      async ({ body, request, server, set }) => {
        const claim = { user: body.user, by: "recoveryHash", secret: bytesOf(body.authR) } as const;
        const practice = await openAccount(base, { request, server, set }, claim);
        await askSecond(base, practice, "recovery");
        return { wrapR: base64url(practice.wrapR) };
      },
      { body: t.Object({ user, authR: binary(32) }) },
    )
    .put(
      "/recovery",
      async ({ body, request, server, set }) => {
        const visit = { request, server, set };
        const claim = { user: body.user, by: "recoveryHash", secret: bytesOf(body.authR) } as const;
        const practice = await openAccount(base, visit, claim);
        await spendRecovery(base, practice, body.ticket);
        const draft = draftSession(base, visit, practice.id);
        const keys = { ...passwordKeys(base, body.next), ...recoveryKeys(base, body.next) };
        const change = { was: practice.recoveryHash, keys, session: draft.session };
        told(base, await base.store.practices.recover(practice.id, change));
        return welcome(base, visit, { user: practice.user, wrap: keys.wrap }, draft);
      },
      {
        body: t.Object({
          user,
          authR: binary(32),
          next: t.Object({ ...password, ...recovery }),
          ticket: t.Optional(ticket),
        }),
      },
    )
    .use(anyAccount(base))
    .put(
      "/password",
      async ({ me, body, request, server, set }) => {
        const visit = { request, server, set };
        const practice = await proveAgain(base, visit, me, bytesOf(body.authKey));
        const draft = draftSession(base, visit, me.practice, me.id);
        const keys = passwordKeys(base, body.next);
        const change = { was: practice.loginHash, keys, session: draft.session };
        told(base, await base.store.practices.setPassword(me.practice, change));
        setCookie(set, base.cookies.session(draft.token, SESSION_MS / 1000));
        return { sessionHalf: base64url(draft.half) };
      },
      { body: t.Object({ authKey: binary(32), next: t.Object(password) }) },
    );
}

/** Null: another device changed the same thing between our look and our write, so what was proved no longer holds. */
function told(base: Base, ended: string[] | null): void {
  if (ended === null) throw new ApiFailure("login.wrong");
  for (const one of ended) base.events.sessionEnded(one);
}

type Next = { salt: string; authKey: string; wrap: string };

function passwordKeys({ keys }: Base, next: Next): PasswordKeys {
  const hash = loginHash(keys.pepper, bytesOf(next.authKey));
  return { salt: bytesOf(next.salt), ...KDF, loginHash: hash, wrap: bytesOf(next.wrap) };
}

function recoveryKeys({ keys }: Base, next: { authR: string; wrapR: string }) {
  return { recoveryHash: loginHash(keys.pepper, bytesOf(next.authR)), wrapR: bytesOf(next.wrapR) };
}
