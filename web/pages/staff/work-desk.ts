/** What practice staff have on their page: what is shared with them and the calls planned for it; looked up again by itself, and emptied at once
 * when the access is taken away. */
import { createSignal, onCleanup } from "solid-js";
import type { Rid } from "../../../wire/ids.ts";
import type { PlannedCall } from "../../../wire/planned.ts";
import { workApi } from "../../api/team.ts";
import { Refused } from "../../vault/remote.ts";
import type { Work } from "../../vault/work.ts";
import { laterOf, type PlannedDesk } from "../planned/planned-desk.ts";

/** Higher: what was shared, or taken back, is shown later. Lower: more requests for nothing. */
const LOOK_MS = 30_000;

/** The signals are reactive; the functions throw `Refused`. */
export type WorkDesk = {
  /** Null until the first answer, and once the access has ended. */
  readonly work: () => Work | null;
  readonly isOver: () => boolean;
  readonly planned: Pick<PlannedDesk, "list" | "refresh" | "move" | "remove" | "add">;
  readonly refresh: () => Promise<void>;
};

/** To be made inside a Solid owner. */
export function createWorkDesk(): WorkDesk {
  const [work, setWork] = createSignal<Work | null>(null);
  const [list, setList] = createSignal<readonly PlannedCall[] | null>(null);
  const [isOver, setOver] = createSignal(false);
  /** Nothing of the practice stays on the page. */
  const end = () => {
    setWork(null);
    setList(null);
    setOver(true);
  };
  const asked = async <T>(asking: Promise<T>): Promise<T> => {
    try {
      return await asking;
    } catch (error) {
      if (error instanceof Refused && error.code === "staff.ended") end();
      throw error;
    }
  };
  const refresh = async () => {
    const [shared, planned] = await asked(Promise.all([workApi.work(), workApi.planned()]));
    setOver(false);
    setWork(shared);
    setList(planned);
  };
  const put = (plans: readonly PlannedCall[]) =>
    setList([...without(list(), plans), ...plans].sort((a, b) => a.startsAt - b.startsAt));
  watch(() => void refresh().catch(() => undefined));
  return {
    work,
    isOver,
    refresh,
    planned: {
      list,
      refresh,
      async add(starts: readonly number[], clients: readonly (readonly Rid[])[]) {
        const added = await asked(workApi.plan(starts, clients));
        put(added);
        return added;
      },
      move: async (plan, startsAt) => void put(await asked(workApi.move(plan, startsAt))),
      async remove(plan, later) {
        await asked(workApi.remove(plan.plan, later));
        setList(without(list(), later ? laterOf(list() ?? [], plan) : [plan]));
      },
    },
  };
}

/** Looks now and then, and whenever the person comes back. */
function watch(look: () => void): void {
  const seen = () => document.hidden || look();
  const timer = setInterval(seen, LOOK_MS);
  document.addEventListener("visibilitychange", seen);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
  });
}

function without(plans: readonly PlannedCall[] | null, gone: readonly PlannedCall[]): PlannedCall[] {
  const names = new Set(gone.map(({ plan }) => plan));
  return (plans ?? []).filter(({ plan }) => !names.has(plan));
}
