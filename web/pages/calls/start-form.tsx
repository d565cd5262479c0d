/** "Anruf starten": one client ID or several become entries with their links, and the room of all of them opens for two hours. */
import CalendarClock from "lucide-solid/icons/calendar-clock";
import Plus from "lucide-solid/icons/plus";
import X from "lucide-solid/icons/x";
import { createSignal, Index, Show } from "solid-js";
import type { PlanId, RoomId } from "../../../wire/ids.ts";
import { CLIENT_ID_MAX, normalClientId } from "../../../wire/names.ts";
import { CLIENTS_PER_ROOM_MAX } from "../../../wire/signal.ts";
import { t } from "../../i18n/app.ts";
import { t as planned } from "../../i18n/planned.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { clientFor, handlesOfClient } from "../../vault/clients.ts";
import { Refused } from "../../vault/remote.ts";
import { useDesk } from "../desk.ts";
import { newDraft, type PlanDraft, readDraft } from "../planned/plan-draft.ts";
import { PlanPanel } from "../planned/plan-panel.tsx";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { NoCredit } from "./no-credit.tsx";

type StartProps = { view: VaultView; onOpen: (room: RoomId) => void; onPlan: (plan: PlanId) => void };

export function StartForm(props: StartProps) {
  const desk = useDesk();
  const task = createTask();
  const [ids, setIds] = createSignal<readonly string[]>([""]);
  const [tried, setTried] = createSignal(false);
  const fault = (at: number) => (tried() ? faultOf(ids(), at) : null);
  const change = (at: number, text: string) => {
    task.clear();
    setIds(ids().map((id, each) => (each === at ? text : id)));
  };
  /** What is planned; null while calls are started at once. */
  const [draft, setDraft] = createSignal<PlanDraft | null>(null);
  /** Plans, or starts at once again; what was wrong with the other does not count. */
  const begin = (next: PlanDraft | null) => {
    task.clear();
    setTried(false);
    setDraft(next);
  };
  const faults = () => {
    const now = draft();
    const read = tried() && now ? readDraft(now) : null;
    return read && "faults" in read ? read.faults : {};
  };
  const handles = async () => {
    const clients: Awaited<ReturnType<typeof clientFor>>[] = [];
    // one after the other: each is saved before the next, as one ID alone is
    for (const id of ids()) clients.push(await clientFor(props.view.vault, id, Date.now()));
    return clients.map(handlesOfClient);
  };
  const open = async () => {
    const room = await desk.open(await handles());
    props.onOpen(room.room);
  };
  const plan = async (starts: readonly number[]) => {
    const [first] = await desk.planned.add(starts, await handles());
    setDraft(null);
    if (first) props.onPlan(first.plan);
  };
  /** What the fields ask for; null where something in them is wrong. */
  const asked = () => {
    if (ids().some((_, at) => faultOf(ids(), at))) return null;
    const now = draft();
    if (!now) return open;
    const read = readDraft(now);
    return "starts" in read ? () => plan(read.starts) : null;
  };
  const submit = async () => {
    setTried(true);
    const act = asked();
    if (!act) return;
    const done = await task.run(act);
    const why = task.fault();
    if (why instanceof Refused && why.code === "room.client-open") await showFirst(why.room);
    if (why instanceof Refused && why.code === "planned.double")
      await desk.planned.refresh().catch(() => undefined);
    // What was typed stays in the fields until it is a room or a plan.
    if (!done) return;
    setTried(false);
    setIds([""]);
  };
  const hasNoCredit = () => {
    const why = task.fault();
    return why instanceof Refused && why.code === "room.no-credit";
  };
  const showFirst = async (room: string | undefined) => {
    await desk.refresh().catch(() => undefined);
    const first = desk.rooms()?.find((open) => open.room === room);
    if (first) props.onOpen(first.room);
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <form class="calls-start" novalidate onSubmit={onSubmit}>
      <div class="calls-ids">
        <Index each={ids()}>
          {(id, at) => (
            <Field
              label={at === 0 ? t("calls.id") : t("calls.idOf", at + 1)}
              plain
              name="client-id"
              maxLength={2 * CLIENT_ID_MAX}
              value={id()}
              onInput={(text) => change(at, text)}
              hint={at === 0 ? t("calls.idHint") : undefined}
              error={fault(at) ?? (at === 0 && !draft() ? task.error() || undefined : undefined)}
              autofocus={at > 0}
              end={
                <Show when={ids().length > 1}>
                  <IconButton
                    icon={X}
                    label={t("calls.idRemove", at + 1)}
                    onClick={() => setIds(ids().filter((_, each) => each !== at))}
                  />
                </Show>
              }
            />
          )}
        </Index>
      </div>
      <Show when={!draft()}>
        <Button kind="main" type="submit" busy={task.busy()}>
          {t("calls.start")}
        </Button>
      </Show>
      <Show when={hasNoCredit()}>
        <NoCredit alone={ids().length > 1} />
      </Show>
      <Show when={ids().length < CLIENTS_PER_ROOM_MAX} fallback={<p class="field-hint">{t("calls.full")}</p>}>
        <Button small kind="plain" icon={Plus} onClick={() => setIds([...ids(), ""])}>
          {t("calls.more")}
        </Button>
      </Show>
      <Show
        when={draft()}
        fallback={
          <div class="calls-plan">
            <Button icon={CalendarClock} onClick={() => begin(newDraft())}>
              {planned("plan")}
            </Button>
          </div>
        }
      >
        {(now) => (
          <PlanPanel
            draft={now()}
            faults={faults()}
            error={task.error()}
            busy={task.busy()}
            onDraft={(next) => {
              task.clear();
              setDraft(next);
            }}
            onCancel={() => begin(null)}
          />
        )}
      </Show>
    </form>
  );
}

/** What is wrong with the ID in this field, in words; null where nothing is. */
function faultOf(ids: readonly string[], at: number): string | null {
  const id = ids[at] ?? "";
  const normal = normalClientId(id);
  if (normal === null) return id.trim() === "" ? t("calls.idMissing") : t("calls.idLong", CLIENT_ID_MAX);
  const isDouble = ids.slice(0, at).some((other) => normalClientId(other) === normal);
  return isDouble ? t("calls.idDouble") : null;
}
