/** Planned calls: listing, planning, moving, deleting them, and starting one, which opens its room. */
import { Elysia, t } from "elysia";
import type { Planning } from "../../db/planned.ts";
import type { PlanId, PracticeId, Rid } from "../../wire/ids.ts";
import { AHEAD_MAX_MS, PAST_SLACK_MS, type PlannedCall, STARTS_MAX } from "../../wire/planned.ts";
import type { OpenRoom } from "../../wire/signal.ts";
import { canStart, kindOf } from "../billing/startable.ts";
import { type Base, signedIn } from "./base.ts";
import { ApiFailure } from "./failure.ts";
import { checkClients, clientsShape, mustTakeRooms, roomOf } from "./rooms.ts";
import { id } from "./shapes.ts";

/** A point in time, Unix milliseconds. */
export const moment = t.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const drafted = t.Object({
  starts: t.Array(moment, { minItems: 1, maxItems: STARTS_MAX }),
  clients: clientsShape,
});
const one = t.Object({ plan: id });

/** `GET|POST /api/planned`, `PATCH|DELETE /api/planned/:plan`, `POST /api/planned/:plan/start`. */
export function planned(base: Base) {
  const { store, clock, events } = base;
  return new Elysia()
    .use(signedIn(base))
    .get("/planned", async ({ me }): Promise<{ planned: PlannedCall[] }> => {
      return { planned: await store.planned.of(me.practice, clock.now()) };
    })
    .post(
      "/planned",
      async ({ me, body, set }): Promise<{ planned: PlannedCall[] }> => {
        const draft = { starts: body.starts, clients: body.clients as Rid[][] };
        checkClients(draft.clients);
        checkStarts(draft.starts, clock.now());
        const made = plansOf(await store.planned.add(me.practice, draft, clock.now()));
        events.opened(me.practice);
        set.status = 201;
        return { planned: made };
      },
      { body: drafted },
    )
    .patch(
      "/planned/:plan",
      async ({ me, params, body }): Promise<{ planned: PlannedCall[] }> => {
        checkStarts([body.startsAt], clock.now());
        const moved = plansOf(await store.planned.move(me.practice, params.plan as PlanId, body.startsAt));
        events.opened(me.practice);
        return { planned: moved };
      },
      { params: one, body: t.Object({ startsAt: moment }) },
    )
    .delete(
      "/planned/:plan",
      async ({ me, params, query, set }) => {
        const all = query.series === "all";
        if (!(await store.planned.remove(me.practice, params.plan as PlanId, all)))
          throw new ApiFailure("planned.unknown");
        events.opened(me.practice);
        set.status = 204;
      },
      { params: one, query: t.Object({ series: t.Optional(t.Literal("all")) }) },
    )
    .post(
      "/planned/:plan/start",
      async ({ me, params, set }): Promise<OpenRoom> => {
        const room = await start(base, me.practice, params.plan as PlanId);
        events.opened(me.practice);
        set.status = 201;
        return room;
      },
      { params: one },
    );
}

/** Throws where a start is over, further ahead than anybody plans, or named twice. */
export function checkStarts(starts: readonly number[], now: number): void {
  if (starts.some((at) => at < now - PAST_SLACK_MS)) throw new ApiFailure("planned.past");
  const isFar = starts.some((at) => at > now + AHEAD_MAX_MS);
  if (isFar || new Set(starts).size < starts.length) throw new ApiFailure("request.invalid");
}

const REFUSED = {
  "unknown-link": "link.unknown",
  "unknown-plan": "planned.unknown",
  "too-many": "planned.too-many",
  double: "planned.double",
} as const;

/** The plans that came of it. Throws the refusal otherwise. */
export function plansOf(answer: Planning): PlannedCall[] {
  if (answer.kind === "planned") return answer.planned;
  throw new ApiFailure(REFUSED[answer.kind]);
}

async function start(base: Base, practice: PracticeId, plan: PlanId): Promise<OpenRoom> {
  const { store, clock } = base;
  mustTakeRooms(base);
  const found = await store.planned.one(practice, plan);
  if (found === null) throw new ApiFailure("planned.unknown");
  if (!(await canStart(store, practice, kindOf(found.clients.length), clock.now())))
    throw new ApiFailure("room.no-credit");
  const answer = await store.planned.start(practice, plan, clock.now());
  if (answer.kind === "unknown-plan") throw new ApiFailure("planned.unknown");
  return roomOf(answer);
}
