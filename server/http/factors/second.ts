/** The second step of every way in: the ticket of a right password or recovery key, and the second factor. */
import { Elysia, t } from "elysia";
import type { Practice } from "../../../db/practices.ts";
import { base64url } from "../../../wire/bytes.ts";
import { anyAccount, type Base } from "../base.ts";
import { beginSession, welcome } from "../entry.ts";
import { ApiFailure } from "../failure.ts";
import { askSecond, ownerOf, passSecond } from "./answer.ts";
import { assertionOptions, siteOf } from "./passkeys.ts";
import { answer, ticket } from "./shapes.ts";
import { RECOVERY_MS } from "./tickets.ts";

const body = t.Object({ ticket, ...answer });

/** `POST /api/second/passkey`, `POST /api/session/second`, `POST /api/recovery/second`, `POST /api/factors/proof/second`. */
export function second(base: Base) {
  return new Elysia()
    .post(
      "/second/passkey",
      async ({ body, request }) => {
        const asked = base.tickets.any(body.ticket);
        const { passkeys } = await base.store.factors.of(asked.practice);
        const options = await assertionOptions(siteOf(base, request), passkeys);
        asked.challenge = options.challenge;
        return options;
      },
      { body: t.Object({ ticket }) },
    )
    .post(
      "/session/second",
      async ({ body, request, server, set }) => {
        const visit = { request, server, set };
        const practice = await passSecond(base, visit, base.tickets.read(body.ticket, "log-in"), body);
        if (!base.tickets.drop(body.ticket)) throw new ApiFailure("login.ticket");
        return welcome(base, visit, practice, await beginSession(base, visit, practice.id));
      },
      { body },
    )
    .post(
      "/recovery/second",
      async ({ body, request, server, set }) => {
        const asked = base.tickets.read(body.ticket, "recovery");
        const practice = await passSecond(base, { request, server, set }, asked, body);
        asked.until = base.clock.now() + RECOVERY_MS;
        return { wrapR: base64url(practice.wrapR) };
      },
      { body },
    )
    .use(anyAccount(base))
    .post(
      "/factors/proof/second",
      async ({ me, body, request, server, set }) => {
        const asked = base.tickets.read(body.ticket, "change", me.id);
        await passSecond(base, { request, server, set }, asked, body);
        return { ticket: body.ticket };
      },
      { body },
    );
}

/** Goes on where an account has no second factor, or `text` is a ticket by which it was asked; uses that up. Throws
 * `login.second-factor`, `login.ticket`. */
export async function spendRecovery(base: Base, practice: Practice, text: string | undefined): Promise<void> {
  if (text === undefined) return askSecond(base, practice, "recovery");
  const asked = base.tickets.read(text, "recovery");
  const owner = await ownerOf(base, asked);
  if (!asked.passed || owner.id !== practice.id || !base.tickets.drop(text))
    throw new ApiFailure("login.ticket");
}
