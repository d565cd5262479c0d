/** The planned calls of shared clients: time, name, and the ways to move and delete them. There is none to start them. */
import "../calls/calls.css";
import "../planned/planned.css";
import Clock from "lucide-solid/icons/clock";
import { createSignal, For, Show } from "solid-js";
import type { PlannedCall } from "../../../wire/planned.ts";
import { t as app } from "../../i18n/app.ts";
import { timeOfDay } from "../../i18n/format.ts";
import { t as planned } from "../../i18n/planned.ts";
import { t } from "../../i18n/staff.ts";
import { Button } from "../../ui/button.tsx";
import type { SharedEntry } from "../../vault/work.ts";
import { daysOf } from "../planned/days.ts";
import { DeletePlan } from "../planned/delete-plan.tsx";
import { MovePlan } from "../planned/move-plan.tsx";
import { dayOf, whenOf } from "../planned/names.ts";
import { hereZone } from "../planned/plan-draft.ts";
import type { WorkDesk } from "./work-desk.ts";

/** Higher: a full practice waits for cards it does not look at. Lower: more presses to the end of the week. */
const PAGE = 10;

type PlannedProps = { desk: WorkDesk; entries: readonly SharedEntry[] };

export function WorkPlanned(props: PlannedProps) {
  const [most, setMost] = createSignal(PAGE);
  const all = () => props.desk.planned.list() ?? [];
  const left = () => all().length - most();
  return (
    <section class="calls-open" aria-labelledby="work-planned">
      <h2 id="work-planned">{t("work.plannedTitle")}</h2>
      <For each={daysOf(all(), most(), hereZone())} fallback={<p class="quiet">{t("work.plannedEmpty")}</p>}>
        {(day) => (
          <div class="planned-day">
            <h3 class="planned-day-name">{dayOf(day.at, Date.now())}</h3>
            <For each={day.plans}>{(plan) => <Card plan={plan} {...props} />}</For>
          </div>
        )}
      </For>
      <Show when={left() > 0}>
        <Button onClick={() => setMost(most() + PAGE)}>{planned("list.more", left())}</Button>
      </Show>
    </section>
  );
}

/** The names of those who are shared; a link that did not open here is named as such. */
function whoOf(entries: readonly SharedEntry[], plan: PlannedCall): string {
  const rids = plan.clients.map(([first]) => first);
  const names = rids.flatMap((rid) => entries.find((entry) => rid && entry.rids.includes(rid))?.label ?? []);
  return names.join(", ") || app("calls.unknownClient");
}

function Card(props: PlannedProps & { plan: PlannedCall }) {
  const [moving, setMoving] = createSignal(false);
  const who = () => whoOf(props.entries, props.plan);
  const when = () => whenOf(props.plan);
  return (
    <article
      class="card room-card"
      data-testid="work-planned"
      aria-label={planned("list.label", who(), when())}
    >
      <header class="planned-head">
        <p class="planned-time tabular">{planned("list.time", timeOfDay(props.plan.startsAt))}</p>
        <h4 class="room-card-title">{who()}</h4>
        <Show when={props.plan.series !== null}>
          <span class="small quiet">{planned("list.weekly")}</span>
        </Show>
      </header>
      <footer class="work-planned-foot">
        <div class="planned-more">
          <Button
            small
            kind="plain"
            icon={Clock}
            label={planned("move.label", who(), when())}
            onClick={() => setMoving(true)}
          >
            {planned("move.act")}
          </Button>
        </div>
        <DeletePlan plan={props.plan} planned={props.desk.planned} who={who()} when={when()} />
      </footer>
      <MovePlan
        plan={props.plan}
        planned={props.desk.planned}
        who={who()}
        open={moving()}
        onClose={() => setMoving(false)}
      />
    </article>
  );
}
