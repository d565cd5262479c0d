/** Planned calls as the therapist's pages hold them: read once for all pages, kept up to date by what is done here, by the rooms that
 * open elsewhere, and by coming back to the tab. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import type { PlanId, Rid } from "../../../wire/ids.ts";
import type { PlannedCall } from "../../../wire/planned.ts";
import type { OpenRoom } from "../../../wire/signal.ts";
import { plannedApi } from "../../api/calls.ts";

type Plans = readonly PlannedCall[];

/** The functions throw `Refused`. */
export type PlannedDesk = {
  /** By time; null until the first answer. */
  readonly list: Accessor<Plans | null>;
  readonly refresh: () => Promise<void>;
  /** Several starts are a series. */
  readonly add: (starts: readonly number[], clients: readonly (readonly Rid[])[]) => Promise<Plans>;
  readonly move: (plan: PlanId, startsAt: number) => Promise<void>;
  /** `later`: also what comes after it in its series. */
  readonly remove: (plan: PlannedCall, later: boolean) => Promise<void>;
  readonly start: (plan: PlanId) => Promise<OpenRoom>;
};

/** Higher: a call planned on another device is shown, and reminded of, later. Lower: more requests for nothing. */
const LOOK_MS = 5 * 60_000;

/** To be made inside a Solid owner. `opened` takes the room of a plan that was started; `rooms` names the open rooms. */
export function createPlannedDesk(opened: (room: OpenRoom) => void, rooms: Accessor<string>): PlannedDesk {
  const [list, setList] = createSignal<Plans | null>(null);
  const refresh = async () => void setList(await plannedApi.list());
  // the next look tries again
  const look = () => void refresh().catch(() => undefined);
  const seen = () => document.hidden || look();
  createEffect(on(rooms, () => list() && look(), { defer: true }));
  const timer = setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", seen);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
  });
  look();
  const put = (plans: Plans) => setList(sorted([...without(list(), plans), ...plans]));
  const drop = (plans: Plans) => setList(without(list(), plans));
  return {
    list,
    refresh,
    async add(starts, clients) {
      const added = await plannedApi.add(starts, clients);
      put(added);
      return added;
    },
    move: async (plan, startsAt) => void put(await plannedApi.move(plan, startsAt)),
    async remove(plan, later) {
      await plannedApi.remove(plan.plan, later);
      drop(later ? laterOf(list() ?? [], plan) : [plan]);
    },
    async start(plan) {
      const room = await plannedApi.start(plan);
      drop((list() ?? []).filter((other) => other.plan === plan));
      opened(room);
      return room;
    },
  };
}

/** A plan and what comes after it in its series. */
export function laterOf(plans: Plans, plan: PlannedCall): Plans {
  if (plan.series === null) return [plan];
  return plans.filter(({ series, startsAt }) => series === plan.series && startsAt >= plan.startsAt);
}

const sorted = (plans: Plans) => [...plans].sort((a, b) => a.startsAt - b.startsAt);

function without(plans: Plans | null, gone: Plans): Plans {
  const names = new Set(gone.map(({ plan }) => plan));
  return (plans ?? []).filter(({ plan }) => !names.has(plan));
}
