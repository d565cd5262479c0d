/** What practice staff do: see what is shared with them, and plan calls for it. There is no way into a call among these routes (R15). */
import { Elysia, t } from "elysia";
import type { PlanId, PracticeId, Rid } from "../../wire/ids.ts";
import { type PlannedCall, STARTS_MAX } from "../../wire/planned.ts";
import type { Work } from "../../wire/staff.ts";
import { type Base, employed } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { checkStarts, moment, plansOf } from "./planned.ts";
import { checkClients, clientsShape } from "./rooms.ts";
import { id } from "./shapes.ts";
import { sharedLinks } from "./staff.ts";

const drafted = t.Object({
  starts: t.Array(moment, { minItems: 1, maxItems: STARTS_MAX }),
  clients: clientsShape,
});
const one = t.Object({ plan: id });

/** `GET /api/work`, `GET|POST /api/work/planned`, `PATCH|DELETE /api/work/planned/:plan`. */
export function work(base: Base) {
  const { store, clock, events } = base;
  return new Elysia()
    .use(employed(base))
    .get("/work", async ({ me, practice, invitation }): Promise<Work> => {
      const employer = await store.practices.byId(practice);
      if (employer === null) throw new ApiFailure("staff.ended");
      return {
        practice: employer.user,
        invitation,
        shared: sharedLinks(await store.shared.with(me.practice)),
      };
    })
    .get("/work/planned", async ({ me, practice }): Promise<{ planned: PlannedCall[] }> => {
      const mine = await sharedRids(base, me.practice);
      const all = await store.planned.of(practice, clock.now());
      return { planned: all.filter((plan) => isShared(mine, plan.clients)) };
    })
    .post(
      "/work/planned",
      async ({ me, practice, body, set }): Promise<{ planned: PlannedCall[] }> => {
        const draft = { starts: body.starts, clients: body.clients as Rid[][] };
        checkClients(draft.clients);
        checkStarts(draft.starts, clock.now());
        if (!isShared(await sharedRids(base, me.practice), draft.clients))
          throw new ApiFailure("link.unknown");
        const planned = plansOf(await store.planned.add(practice, draft, clock.now()));
        events.opened(practice);
        set.status = 201;
        return { planned };
      },
      { body: drafted },
    )
    .patch(
      "/work/planned/:plan",
      async ({ me, practice, params, body }): Promise<{ planned: PlannedCall[] }> => {
        checkStarts([body.startsAt], clock.now());
        const plan = await sharedPlan(base, me.practice, practice, params.plan as PlanId);
        const planned = plansOf(await store.planned.move(practice, plan, body.startsAt));
        events.opened(practice);
        return { planned };
      },
      { params: one, body: t.Object({ startsAt: moment }) },
    )
    .delete(
      "/work/planned/:plan",
      async ({ me, practice, params, query, set }) => {
        const plan = await sharedPlan(base, me.practice, practice, params.plan as PlanId);
        await store.planned.remove(practice, plan, query.series === "all");
        events.opened(practice);
        set.status = 204;
      },
      { params: one, query: t.Object({ series: t.Optional(t.Literal("all")) }) },
    );
}

async function sharedRids({ store }: Base, account: PracticeId): Promise<ReadonlySet<Rid>> {
  return new Set((await store.shared.with(account)).map(({ rid }) => rid));
}

/** A call with one client who is not shared stays the therapist's own. */
function isShared(mine: ReadonlySet<Rid>, clients: readonly (readonly Rid[])[]): boolean {
  return clients.length > 0 && clients.flat().every((rid) => mine.has(rid));
}

/** The plan, where all of its clients are shared with this account. Throws `planned.unknown` otherwise. */
async function sharedPlan(
  base: Base,
  account: PracticeId,
  practice: PracticeId,
  plan: PlanId,
): Promise<PlanId> {
  const found = await base.store.planned.one(practice, plan);
  if (found === null || !isShared(await sharedRids(base, account), found.clients))
    throw new ApiFailure("planned.unknown");
  return found.plan;
}
