/** Making and deleting accounts. The password never comes here: only keys derived from it (e2ee.md §2.10). */
import { Elysia, t } from "elysia";
import type { Practice } from "../../db/practices.ts";
import { newId, type PracticeId } from "../../wire/ids.ts";
import { TRIAL_MINUTES } from "../../wire/ledger.ts";
import { foldUserName, type UserName } from "../../wire/names.ts";
import { dayOf } from "../billing/day.ts";
import { PRICING } from "../billing/pricing.ts";
import { type Base, setCookie, signedIn } from "./base.ts";
import { addressIn, draftSession, proveAgain, welcome } from "./entry.ts";
import { ApiFailure } from "./failure.ts";
import { KDF, type Kdf } from "./kdf.ts";
import { loginHash, nameHash, sameText } from "./secrets.ts";
import { binary, bytesOf, password, recovery, user } from "./shapes.ts";

const registration = t.Object({
  user,
  email: t.Nullable(t.String({ maxLength: 254, pattern: "^[^\\s@]+@[^\\s@]+$" })),
  invitation: t.Nullable(t.String({ maxLength: 200 })),
  ...password,
  ...recovery,
});
type Application = typeof registration.static;

/** `POST /api/accounts`, `DELETE /api/account`. */
export function accounts(base: Base) {
  return new Elysia()
    .post(
      "/accounts",
      async ({ body, request, server, set }) => {
        const visit = { request, server, set };
        await base.attempts.register(addressIn(base, visit));
        const practice = newPractice(base, body, invited(base, body), KDF);
        const draft = draftSession(base, visit, practice.id);
        const hash = nameHash(base.keys.pepper, practice.user);
        const trial = { day: dayOf(practice.createdAt), minutes: TRIAL_MINUTES };
        if (!(await base.store.practices.add(practice, hash, draft.session, trial))) {
          throw new ApiFailure("account.name-taken");
        }
        set.status = 201;
        return welcome(base, visit, practice, draft);
      },
      { body: registration },
    )
    .use(signedIn(base))
    .delete(
      "/account",
      async ({ me, body, request, server, set }) => {
        await proveAgain(base, { request, server, set }, me, bytesOf(body.authKey));
        await base.store.practices.remove(me.practice, PRICING, base.clock.now());
        base.events.accountDeleted(me.practice);
        setCookie(set, base.cookies.noSession());
        set.status = 204;
      },
      { body: t.Object({ authKey: binary(32) }) },
    );
}

/** The name of an application that may become an account. Throws the reason why it may not. */
function invited({ config }: Base, body: Application): UserName {
  const { registration } = config;
  if (registration.kind === "closed") throw new ApiFailure("account.registration-closed");
  if (registration.kind === "code" && !sameText(registration.code, body.invitation?.trim() ?? "")) {
    throw new ApiFailure("account.registration-code");
  }
  const name = foldUserName(body.user);
  if (name === null) throw new ApiFailure("account.name-invalid");
  return name;
}

function newPractice({ keys, clock }: Base, body: Application, name: UserName, kdf: Kdf): Practice {
  return {
    id: newId<PracticeId>(),
    user: name,
    email: body.email,
    salt: bytesOf(body.salt),
    ...kdf,
    loginHash: loginHash(keys.pepper, bytesOf(body.authKey)),
    recoveryHash: loginHash(keys.pepper, bytesOf(body.authR)),
    wrap: bytesOf(body.wrap),
    wrapR: bytesOf(body.wrapR),
    createdAt: clock.now(),
  };
}
