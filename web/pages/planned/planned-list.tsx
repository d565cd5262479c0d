/** All planned calls under the open ones, by day; a page of them at first, more on demand. */
import "../../ui/card.css";
import "../calls/calls.css";
import "./planned.css";
import { createEffect, createMemo, createSignal, For, Show } from "solid-js";
import type { PlanId, RoomId } from "../../../wire/ids.ts";
import type { PlannedCall } from "../../../wire/planned.ts";
import { t as app } from "../../i18n/app.ts";
import { t } from "../../i18n/planned.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { useDesk } from "../desk.ts";
import { Loading } from "../loading.tsx";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { type Day, daysOf } from "./days.ts";
import { dayOf } from "./names.ts";
import { hereZone } from "./plan-draft.ts";
import { PlannedCard } from "./planned-card.tsx";

/** Higher: a full practice waits for cards it does not look at. Lower: more presses to the end of the week. */
const PAGE = 10;

type ListProps = { view: VaultView; marked: PlanId | null; onOpen: (room: RoomId) => void };

export function PlannedList(props: ListProps) {
  const { planned } = useDesk();
  const [most, setMost] = createSignal(PAGE);
  const loading = createTask();
  const load = () => void loading.run(planned.refresh);
  load();
  /** A call that was just planned is shown, however late it is. */
  createEffect(() => {
    const at = planned.list()?.findIndex(({ plan }) => plan === props.marked) ?? -1;
    if (at >= most()) setMost(at + 1);
  });
  const days = createMemo(() => daysOf(planned.list() ?? [], most(), hereZone()));
  const left = () => (planned.list()?.length ?? 0) - most();
  let section: HTMLElement | undefined;
  const more = () => {
    const shown = most();
    setMost(shown + PAGE);
    section?.querySelectorAll<HTMLElement>("[data-testid=planned]")[shown]?.focus();
  };
  return (
    <section class="calls-open" aria-labelledby="calls-planned" ref={section}>
      <h2 id="calls-planned">{t("list.title")}</h2>
      <Show when={loading.error() && !planned.list()}>
        <Banner
          tone="look"
          act={
            <Button small onClick={load}>
              {app("unreachable.again")}
            </Button>
          }
        >
          {loading.error()}
        </Banner>
      </Show>
      <Show when={planned.list()} fallback={<Loading />}>
        {/* by name, so that a new look at the list does not draw a card anew under a finger */}
        <For each={days().map(({ day }) => day)} fallback={<p class="quiet">{t("list.empty")}</p>}>
          {(name) => (
            <Show when={days().find(({ day }) => day === name)}>
              {(day) => <PlannedDay {...props} day={day()} />}
            </Show>
          )}
        </For>
        <Show when={left() > 0}>
          <Button onClick={more}>{t("list.more", left())}</Button>
        </Show>
      </Show>
    </section>
  );
}

function PlannedDay(props: ListProps & { day: Day<PlannedCall> }) {
  return (
    <div class="planned-day">
      <h3 class="planned-day-name">{dayOf(props.day.at, Date.now())}</h3>
      <For each={props.day.plans.map(({ plan }) => plan)}>
        {(name) => (
          <Show when={props.day.plans.find(({ plan }) => plan === name)}>
            {(plan) => (
              <PlannedCard
                plan={plan()}
                view={props.view}
                marked={props.marked === name}
                onOpen={props.onOpen}
              />
            )}
          </Show>
        )}
      </For>
    </div>
  );
}
