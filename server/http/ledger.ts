/** What a practice has, used and paid; prices for everybody; redeeming vouchers. Files of a month as CSV and PDF. */
import { Elysia, t } from "elysia";
import type { Account, Credited, Plans, RunningCall, Statement, Week } from "../../wire/ledger.ts";
import { csvOf } from "../billing/csv.ts";
import { dayOf, dayText, type Month, monthIn } from "../billing/day.ts";
import { pdfOf } from "../billing/pdf.ts";
import { accountOf, statementOf, weeksOf } from "../billing/statement.ts";
import { hashOf, readVoucherCode } from "../billing/voucher.ts";
import { type Base, signedIn } from "./base.ts";
import { addressIn } from "./entry.ts";
import { ApiFailure } from "./failure.ts";

/** A code as typed, with whatever stands between its groups. */
const CODE_READ_MAX = 200;

const month = t.Object({ month: t.String({ maxLength: 7 }) });
const language = t.Object({ lang: t.Optional(t.Union([t.Literal("de"), t.Literal("en")])) });

/** `GET /api/plans`, for everybody. */
export function plans({ store, clock }: Base) {
  return new Elysia().get("/plans", async (): Promise<Plans> => {
    return { tariffs: await store.ledger.tariffs(dayOf(clock.now())) };
  });
}

/** `GET /api/ledger`, `…/weeks`, `…/now`, `…/months/:month`, `…/months/:month/csv|pdf`, `POST /api/vouchers`. */
export function ledger(base: Base) {
  const { store, clock } = base;
  return new Elysia()
    .use(signedIn(base))
    .get("/ledger", ({ me }): Promise<Account> => accountOf(store, me.practice, dayOf(clock.now())))
    .get("/ledger/weeks", async ({ me }): Promise<{ weeks: Week[] }> => {
      return { weeks: await weeksOf(store, me.practice, dayOf(clock.now())) };
    })
    .get("/ledger/now", async ({ me }): Promise<{ calls: RunningCall[] }> => {
      return { calls: await base.running(me.practice) };
    })
    .get(
      "/ledger/months/:month",
      ({ me, params }): Promise<Statement> => statementOf(store, me.practice, asked(params.month)),
      { params: month },
    )
    .get(
      "/ledger/months/:month/csv",
      async ({ me, params, query }) => {
        const statement = await statementOf(store, me.practice, asked(params.month));
        return file(csvOf(statement, query.lang ?? "de"), "text/csv; charset=utf-8", `${params.month}.csv`);
      },
      { params: month, query: language },
    )
    .get(
      "/ledger/months/:month/pdf",
      async ({ me, params, query }) => {
        const statement = await statementOf(store, me.practice, asked(params.month));
        const user = (await store.practices.byId(me.practice))?.user ?? "";
        const { name: operator } = base.config.operator;
        const about = { user, operator, madeAt: clock.now(), lang: query.lang ?? "de" };
        return file(await pdfOf(statement, about), "application/pdf", `${params.month}.pdf`);
      },
      { params: month, query: language },
    )
    .post(
      "/vouchers",
      async ({ me, body, request, server, set }): Promise<Credited> => {
        await base.vouchers.begin(me.practice, addressIn(base, { request, server, set }));
        const credited = await redeem(base, me.practice, body.code);
        base.events.opened(me.practice);
        return credited;
      },
      { body: t.Object({ code: t.String({ maxLength: CODE_READ_MAX }) }) },
    );
}

/** The month in an address. Throws `request.invalid` where it is none. */
export function asked(text: string): Month {
  const found = monthIn(text);
  if (found === null) throw new ApiFailure("request.invalid");
  return found;
}

function file(body: string | Uint8Array, type: string, name: string): Response {
  const headers = { "content-type": type, "content-disposition": `attachment; filename="therapsy-${name}"` };
  return new Response(typeof body === "string" ? body : new Uint8Array(body), {
    headers: { ...headers, "cache-control": "no-store" },
  });
}

async function redeem(
  { store, clock }: Base,
  practice: Parameters<typeof store.vouchers.redeem>[1],
  typed: string,
) {
  const code = readVoucherCode(typed);
  if (code === null) throw new ApiFailure("voucher.unknown");
  const done = await store.vouchers.redeem(hashOf(code), practice, dayOf(clock.now()));
  if (done.kind !== "credited") throw new ApiFailure(`voucher.${done.kind}`);
  const { account, amount, until } = done;
  return { account, amount, until: until === null ? null : dayText(until) };
}
