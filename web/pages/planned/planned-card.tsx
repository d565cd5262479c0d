/** One planned call: when, with whom, the links to send, and bottom right what to do with it. */
import CalendarIcon from "lucide-solid/icons/calendar-plus";
import Clock from "lucide-solid/icons/clock";
import { createEffect, createSignal, For, Show } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import type { PlannedCall } from "../../../wire/planned.ts";
import { timeOfDay } from "../../i18n/format.ts";
import { t } from "../../i18n/planned.ts";
import { Button } from "../../ui/button.tsx";
import { linkOfClient } from "../../vault/clients.ts";
import { Refused } from "../../vault/remote.ts";
import { LinkRow } from "../calls/link-row.tsx";
import { NoCredit } from "../calls/no-credit.tsx";
import { useDesk } from "../desk.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { CalendarDialog } from "./calendar-dialog.tsx";
import { DeletePlan } from "./delete-plan.tsx";
import { MovePlan } from "./move-plan.tsx";
import { whenOf, whoOf } from "./names.ts";

type CardProps = {
  plan: PlannedCall;
  view: VaultView;
  marked: boolean;
  onOpen: (room: RoomId) => void;
};

export function PlannedCard(props: CardProps) {
  let card: HTMLElement | undefined;
  const who = () => whoOf(props.view, props.plan);
  const when = () => whenOf(props.plan);
  createEffect(() => {
    if (!props.marked) return;
    card?.scrollIntoView({ block: "nearest" });
    card?.focus({ preventScroll: true });
  });
  return (
    <article
      class="card room-card"
      data-testid="planned"
      classList={{ "room-card-marked": props.marked }}
      ref={card}
      tabIndex={-1}
      aria-label={t("list.label", who(), when())}
    >
      <header class="planned-head">
        <p class="planned-time tabular">{t("list.time", timeOfDay(props.plan.startsAt))}</p>
        <h4 class="room-card-title">{who()}</h4>
        <Show when={props.plan.series !== null}>
          <span class="small quiet">{t("list.weekly")}</span>
        </Show>
      </header>
      <Links {...props} />
      <Acts {...props} who={who()} when={when()} />
    </article>
  );
}

function Links(props: CardProps) {
  const clients = () => props.view.clientsOf(props.plan);
  return (
    <Show when={props.view.identity()}>
      {(identity) => (
        <div class="planned-links">
          <For each={clients()}>
            {(client) => (
              <LinkRow
                link={linkOfClient(client, identity(), location.origin)}
                client={client.record.id}
                named={clients().length > 1}
              />
            )}
          </For>
        </div>
      )}
    </Show>
  );
}

type ActsProps = CardProps & { who: string; when: string };

function Acts(props: ActsProps) {
  const desk = useDesk();
  const task = createTask();
  const [open, setOpen] = createSignal<"move" | "calendar" | null>(null);
  const start = async () => {
    const done = await task.run(async () => props.onOpen((await desk.planned.start(props.plan.plan)).room));
    if (done) return;
    const why = task.fault();
    if (!(why instanceof Refused)) return;
    if (why.code === "planned.unknown") await desk.planned.refresh().catch(() => undefined);
    if (why.code === "room.client-open") await desk.refresh().catch(() => undefined);
  };
  const hasNoCredit = () => {
    const why = task.fault();
    return why instanceof Refused && why.code === "room.no-credit";
  };
  return (
    <footer class="planned-foot">
      <Show when={task.error()}>
        <p class="field-error planned-error" role="alert">
          {task.error()}
        </p>
      </Show>
      <Show when={hasNoCredit()}>
        <NoCredit alone={props.plan.clients.length > 1} />
      </Show>
      <div class="planned-more">
        <Button
          small
          kind="plain"
          icon={Clock}
          label={t("move.label", props.who, props.when)}
          onClick={() => setOpen("move")}
        >
          {t("move.act")}
        </Button>
        <Button
          small
          kind="plain"
          icon={CalendarIcon}
          label={t("calendar.label", props.who, props.when)}
          onClick={() => setOpen("calendar")}
        >
          {t("calendar.act")}
        </Button>
      </div>
      <div class="planned-acts">
        <Button
          kind="room"
          busy={task.busy()}
          label={t("startLabel", props.who, props.when)}
          onClick={() => void start()}
        >
          {t("start")}
        </Button>
        <DeletePlan plan={props.plan} planned={desk.planned} who={props.who} when={props.when} />
      </div>
      <MovePlan
        plan={props.plan}
        planned={desk.planned}
        who={props.who}
        open={open() === "move"}
        onClose={() => setOpen(null)}
      />
      <CalendarDialog
        plan={props.plan}
        view={props.view}
        open={open() === "calendar"}
        onClose={() => setOpen(null)}
      />
    </footer>
  );
}
