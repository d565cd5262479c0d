/** A practice's own second factors: what is on, and turning it on and off. Every change needs a ticket that proved the password, and a
 * factor where one is on: so a page left open, or a password alone, changes nothing. */
import { Elysia, t } from "elysia";
import { Conflict } from "../../../db/errors.ts";
import type { Factors } from "../../../db/factors.ts";
import type { Practice } from "../../../db/practices.ts";
import type { FactorList, FactorTurned } from "../../../wire/factors.ts";
import { newId, type PasskeyId } from "../../../wire/ids.ts";
import { anyAccount, type Base } from "../base.ts";
import { proveAgain } from "../entry.ts";
import { ApiFailure } from "../failure.ts";
import { binary, bytesOf, id } from "../shapes.ts";
import { askSecond, ownerOf, provedBy } from "./answer.ts";
import { registered, registrationOptions, siteOf } from "./passkeys.ts";
import { newPasskey, ticket } from "./shapes.ts";
import { newSheet, type Sheet } from "./spares.ts";
import type { Ticket } from "./tickets.ts";
import { newTotpSecret, sealTotp, stepOfCode, totpDraft } from "./totp.ts";

const only = t.Object({ ticket });

/** `GET /api/factors`, `POST …/proof`, `POST …/totp/draft`, `PUT|DELETE …/totp`, `POST …/passkeys/options`, `POST …/passkeys`,
 * `DELETE …/passkeys/:id`, `POST …/spares`. */
export function factors(base: Base) {
  const { store, keys, clock } = base;
  return new Elysia()
    .use(anyAccount(base))
    .get("/factors", async ({ me }): Promise<FactorList> => listed(await store.factors.of(me.practice)))
    .post(
      "/factors/proof",
      async ({ me, body, request, server, set }) => {
        const practice = await proveAgain(base, { request, server, set }, me, bytesOf(body.authKey));
        await askSecond(base, practice, "change", me.id);
        const about = { practice: practice.id, purpose: "change", session: me.id } as const;
        return {
          ticket: base.tickets.issue({ ...about, proved: provedBy(practice, "change"), passed: true }),
        };
      },
      { body: t.Object({ authKey: binary(32) }) },
    )
    .post(
      "/factors/totp/draft",
      async ({ me, body }) => {
        const { ticket, practice } = await passedBy(base, body.ticket, me.id);
        ticket.draft = newTotpSecret();
        return totpDraft(ticket.draft, practice.user);
      },
      { body: only },
    )
    .put(
      "/factors/totp",
      async ({ me, body }): Promise<FactorTurned> => {
        const { ticket, practice } = await passedBy(base, body.ticket, me.id);
        const { draft } = ticket;
        const step = draft && stepOfCode(draft, body.code, clock.now());
        if (draft === null || step === null) throw new ApiFailure("login.factor-wrong");
        const sheet = newSheet(keys.factors, practice.id);
        const box = sealTotp(keys.factors, practice.id, draft);
        const totp = { practice: practice.id, box, lastStep: step, createdAt: clock.now() };
        return told(sheet, await store.factors.setTotp(totp, sheet.hashes));
      },
      { body: t.Object({ ticket, code: t.String({ pattern: "^[0-9]{6}$" }) }) },
    )
    .delete(
      "/factors/totp",
      async ({ me, body, set }) => {
        await passedBy(base, body.ticket, me.id);
        if (!(await store.factors.dropTotp(me.practice))) throw new ApiFailure("factor.unknown");
        set.status = 204;
      },
      { body: only },
    )
    .post(
      "/factors/passkeys/options",
      async ({ me, body, request }) => {
        const { ticket, practice } = await passedBy(base, body.ticket, me.id);
        const { passkeys } = await store.factors.of(me.practice);
        const options = await registrationOptions(siteOf(base, request), practice.user, passkeys);
        ticket.challenge = options.challenge;
        return options;
      },
      { body: only },
    )
    .post(
      "/factors/passkeys",
      async ({ me, body, request, set }): Promise<FactorTurned> => {
        const { ticket } = await passedBy(base, body.ticket, me.id);
        const { challenge } = ticket;
        ticket.challenge = null;
        const made = challenge && (await registered(siteOf(base, request), body.passkey, challenge));
        if (!made) throw new ApiFailure("factor.passkey");
        const sheet = newSheet(keys.factors, me.practice);
        const about = { id: newId<PasskeyId>(), practice: me.practice, name: body.name.trim() || "Passkey" };
        const passkey = { ...about, ...made, createdAt: clock.now(), lastUsedAt: null };
        set.status = 201;
        return told(sheet, await added(store.factors.addPasskey(passkey, sheet.hashes)));
      },
      { body: t.Object({ ticket, ...newPasskey }) },
    )
    .delete(
      "/factors/passkeys/:id",
      async ({ me, params, body, set }) => {
        await passedBy(base, body.ticket, me.id);
        if (!(await store.factors.dropPasskey(me.practice, params.id as PasskeyId)))
          throw new ApiFailure("factor.unknown");
        set.status = 204;
      },
      { body: only, params: t.Object({ id }) },
    )
    .post(
      "/factors/spares",
      async ({ me, body }): Promise<FactorTurned> => {
        await passedBy(base, body.ticket, me.id);
        const sheet = newSheet(keys.factors, me.practice);
        if (!(await store.factors.setSpares(me.practice, sheet.hashes)))
          throw new ApiFailure("factor.unknown");
        return { spares: sheet.shown };
      },
      { body: only },
    );
}

/** The ticket of a session that may change its factors, and its account. Throws `login.ticket`. */
async function passedBy(
  base: Base,
  text: string,
  session: string,
): Promise<{ ticket: Ticket; practice: Practice }> {
  const found = base.tickets.read(text, "change", session);
  if (!found.passed) throw new ApiFailure("login.ticket");
  return { ticket: found, practice: await ownerOf(base, found) };
}

/** Spare codes are told where they were stored: with the first factor. */
function told({ shown }: Sheet, turned: "first" | "more"): FactorTurned {
  return { spares: turned === "first" ? shown : null };
}

async function added(work: Promise<"first" | "more" | "too-many">): Promise<"first" | "more"> {
  try {
    const turned = await work;
    if (turned !== "too-many") return turned;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    throw new ApiFailure("factor.passkey");
  }
  throw new ApiFailure("factor.too-many");
}

function listed({ totp, passkeys, spares }: Factors): FactorList {
  return {
    totp: totp && { createdAt: totp.createdAt },
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
    spares,
  };
}
