/** What practice software may read: what the practice has and used, and which calls are on. */
import { Elysia } from "elysia";
import type { PresentCall } from "../../../wire/api.ts";
import type { Account, Statement } from "../../../wire/ledger.ts";
import { dayOf } from "../../billing/day.ts";
import { accountOf, statementOf } from "../../billing/statement.ts";
import { asked } from "../ledger.ts";
import { type ApiBase, withScope } from "./bearer.ts";
import { account, monthInPath, presence as presentCalls, statement } from "./shapes.ts";
import { told } from "./told.ts";

/** `GET /api/v1/ledger`, `GET …/months/:month`. */
export function ledger(base: ApiBase) {
  const { store, clock } = base;
  return new Elysia({ prefix: "/ledger" })
    .use(withScope(base, "ledger"))
    .get("", ({ holder }): Promise<Account> => accountOf(store, holder.practice, dayOf(clock.now())), {
      response: { 200: account },
      detail: told("readAccount", "ledger"),
    })
    .get(
      "/months/:month",
      ({ holder, params }): Promise<Statement> => statementOf(store, holder.practice, asked(params.month)),
      {
        params: monthInPath,
        response: { 200: statement },
        detail: told("readMonth", "ledger", ["request.invalid"]),
      },
    );
}

/** `GET /api/v1/presence`. */
export function presence(base: ApiBase) {
  const { store, clock } = base;
  return new Elysia({ prefix: "/presence" }).use(withScope(base, "presence")).get(
    "",
    async ({ holder }): Promise<{ calls: PresentCall[] }> => {
      const open = await store.rooms.openRooms(holder.practice, clock.now());
      const calls = open.flatMap(({ room, call }) =>
        call === null ? [] : [{ room, call, present: base.present(call) }],
      );
      return { calls };
    },
    { response: { 200: presentCalls }, detail: told("readPresence", "presence") },
  );
}
