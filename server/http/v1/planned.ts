/** Planned calls for practice software, by the same functions as the pages' routes. */
import { Elysia, t } from "elysia";
import type { PlanId, Rid } from "../../../wire/ids.ts";
import { type PlannedCall, STARTS_MAX } from "../../../wire/planned.ts";
import { ApiFailure } from "../failure.ts";
import { checkStarts, moment, plansOf } from "../planned.ts";
import { checkClients, clientsShape } from "../rooms.ts";
import { id } from "../shapes.ts";
import { type ApiBase, withScope } from "./bearer.ts";
import { nothing, plannedList } from "./shapes.ts";
import { nothingElse, told } from "./told.ts";

const drafted = t.Object({
  starts: t.Array(moment, { minItems: 1, maxItems: STARTS_MAX }),
  clients: clientsShape,
});
const another = t.Object({ startsAt: moment });
const one = t.Object({ plan: id });
type Answer = { planned: PlannedCall[] };

/** `GET|POST /api/v1/planned`, `PATCH|DELETE …/:plan`. */
export function planned(base: ApiBase) {
  const { store, clock, events } = base;
  return new Elysia({ prefix: "/planned" })
    .use(withScope(base, "planned"))
    .get(
      "",
      async ({ holder }): Promise<Answer> => ({
        planned: await store.planned.of(holder.practice, clock.now()),
      }),
      { response: { 200: plannedList }, detail: told("listPlanned", "planned") },
    )
    .post(
      "",
      async ({ holder, body, set }): Promise<Answer> => {
        const draft = { starts: body.starts, clients: body.clients as Rid[][] };
        checkClients(draft.clients);
        checkStarts(draft.starts, clock.now());
        const made = plansOf(await store.planned.add(holder.practice, draft, clock.now()));
        events.opened(holder.practice);
        set.status = 201;
        return { planned: made };
      },
      {
        body: drafted,
        transform: nothingElse(drafted),
        response: { 201: plannedList },
        detail: told("planCalls", "planned", [
          "request.invalid",
          "link.unknown",
          "room.too-many",
          "planned.past",
          "planned.double",
          "planned.too-many",
        ]),
      },
    )
    .patch(
      "/:plan",
      async ({ holder, params, body }): Promise<Answer> => {
        checkStarts([body.startsAt], clock.now());
        const moved = plansOf(
          await store.planned.move(holder.practice, params.plan as PlanId, body.startsAt),
        );
        events.opened(holder.practice);
        return { planned: moved };
      },
      {
        params: one,
        body: another,
        transform: nothingElse(another),
        response: { 200: plannedList },
        detail: told("movePlanned", "planned", [
          "request.invalid",
          "planned.unknown",
          "planned.past",
          "planned.double",
        ]),
      },
    )
    .delete(
      "/:plan",
      async ({ holder, params, query, set }) => {
        const all = query.series === "all";
        if (!(await store.planned.remove(holder.practice, params.plan as PlanId, all)))
          throw new ApiFailure("planned.unknown");
        events.opened(holder.practice);
        set.status = 204;
      },
      {
        params: one,
        query: t.Object({ series: t.Optional(t.Literal("all")) }),
        response: { 204: nothing },
        detail: told("deletePlanned", "planned", ["request.invalid", "planned.unknown"]),
      },
    );
}
