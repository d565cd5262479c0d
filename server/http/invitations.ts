/** Accepting an invitation of a practice: what it is, and becoming its staff with an account that has nothing yet. The server is shown the
 * token only here, and keeps its SHA-256; the other half of the invitation, a key, never leaves the browsers (e2ee.md §2.11). */
import { createHash } from "node:crypto";
import { Elysia, t } from "elysia";
import type { Accepting } from "../../db/invitations.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { ApiErrorCode } from "../../wire/errors.ts";
import { INVITATION_TOKEN_BYTES } from "../../wire/staff.ts";
import { anyAccount, type Base } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { binary, bytesOf } from "./shapes.ts";

const shown = t.Object({ token: binary(INVITATION_TOKEN_BYTES) });

/** `POST /api/invitations/look` for whoever has the link, `POST /api/invitations/accept` for whoever is logged in. */
export function invitations(base: Base) {
  const { store, clock, events } = base;
  return new Elysia()
    .post(
      "/invitations/look",
      async ({ body }): Promise<{ practice: string }> => {
        return { practice: accepted(await store.invitations.look(hashIn(body), clock.now())) };
      },
      { body: shown },
    )
    .use(anyAccount(base))
    .post(
      "/invitations/accept",
      async ({ me, body }): Promise<{ practice: string }> => {
        const practice = accepted(await store.invitations.accept(me.practice, hashIn(body), clock.now()));
        // a page that answered clients as a therapist's does so no longer
        for (const { id } of await store.sessions.of(me.practice)) events.sessionEnded(id);
        return { practice };
      },
      { body: shown },
    );
}

/** What is kept of an invitation's token. It is random, so a plain hash cannot be guessed back. */
export function invitationHash(token: Uint8Array): Bytes {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

const REFUSED = {
  unknown: "invitation.unknown",
  used: "invitation.used",
  over: "invitation.over",
  "not-empty": "staff.not-empty",
  employed: "staff.employed",
  "name-taken": "account.name-taken",
} as const satisfies Record<Exclude<Accepting["kind"], "open">, ApiErrorCode>;

/** The practice whose invitation it is. Throws why it cannot be accepted. */
export function accepted(answer: Accepting): string {
  if (answer.kind === "open") return answer.user;
  throw new ApiFailure(REFUSED[answer.kind]);
}

function hashIn({ token }: { token: string }): Bytes {
  return invitationHash(bytesOf(token));
}
