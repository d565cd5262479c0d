/** Making and deleting accounts. The password never comes here: only keys derived from it (e2ee.md §2.10). */
import { Elysia, t } from "elysia";
import type { Practice } from "../../db/practices.ts";
import type { Session } from "../../db/sessions.ts";
import type { AccountFacts } from "../../wire/account.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { newId, type PracticeId } from "../../wire/ids.ts";
import { TRIAL_MINUTES } from "../../wire/ledger.ts";
import { foldUserName, type UserName } from "../../wire/names.ts";
import { INVITATION_TOKEN_BYTES } from "../../wire/staff.ts";
import { dayOf, monthsBetween } from "../billing/day.ts";
import { PRICING } from "../billing/pricing.ts";
import { anyAccount, type Base, setCookie } from "./base.ts";
import { addressIn, draftSession, proveAgain, welcome } from "./entry.ts";
import { ApiFailure } from "./failure.ts";
import { accepted, invitationHash } from "./invitations.ts";
import { KDF, type Kdf } from "./kdf.ts";
import { loginHash, nameHash, sameText } from "./secrets.ts";
import { binary, bytesOf, password, recovery, user } from "./shapes.ts";

const registration = t.Object({
  user,
  email: t.Nullable(t.String({ maxLength: 254, pattern: "^[^\\s@]+@[^\\s@]+$" })),
  invitation: t.Nullable(t.String({ maxLength: 200 })),
  /** The token of an invitation: the account becomes practice staff, also where registration is closed. */
  staff: t.Optional(binary(INVITATION_TOKEN_BYTES)),
  ...password,
  ...recovery,
});
type Application = typeof registration.static;

/** `POST /api/accounts`, `GET|DELETE /api/account`. */
export function accounts(base: Base) {
  return new Elysia()
    .post(
      "/accounts",
      async ({ body, request, server, set }) => {
        const visit = { request, server, set };
        await base.attempts.register(addressIn(base, visit));
        const practice = newPractice(base, body, nameFor(base, body), KDF);
        const draft = draftSession(base, visit, practice.id);
        if (body.staff === undefined) await addTherapist(base, practice, draft.session);
        else await addStaff(base, practice, draft.session, bytesOf(body.staff));
        set.status = 201;
        return welcome(base, visit, practice, draft);
      },
      { body: registration },
    )
    .use(anyAccount(base))
    .get("/account", ({ me }): Promise<AccountFacts> => factsOf(base, me.practice))
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

async function factsOf({ store, clock }: Base, id: PracticeId): Promise<AccountFacts> {
  const account = await store.practices.byId(id);
  if (account === null) throw new ApiFailure("session.required");
  const { user, email, createdAt } = account;
  return { user, email, createdAt, months: monthsBetween(dayOf(createdAt), dayOf(clock.now())) };
}

/** The name of an application that may become an account. Throws the reason why it may not. */
function nameFor(base: Base, body: Application): UserName {
  // a practice vouches for its staff
  if (body.staff === undefined) checkOpen(base, body);
  const name = foldUserName(body.user);
  if (name === null) throw new ApiFailure("account.name-invalid");
  return name;
}

function checkOpen({ config: { registration } }: Base, { invitation }: Application): void {
  if (registration.kind === "closed") throw new ApiFailure("account.registration-closed");
  if (registration.kind === "code" && !sameText(registration.code, invitation?.trim() ?? "")) {
    throw new ApiFailure("account.registration-code");
  }
}

async function addTherapist({ store, keys }: Base, account: Practice, session: Session): Promise<void> {
  const trial = { day: dayOf(account.createdAt), minutes: TRIAL_MINUTES };
  const isNew = await store.practices.add(account, nameHash(keys.pepper, account.user), session, trial);
  if (!isNew) throw new ApiFailure("account.name-taken");
}

async function addStaff(
  { store, keys }: Base,
  account: Practice,
  session: Session,
  token: Bytes,
): Promise<void> {
  const hash = nameHash(keys.pepper, account.user);
  accepted(await store.invitations.register(account, hash, session, invitationHash(token)));
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
