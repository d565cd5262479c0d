/** Saves a planned call for a calendar: for one's own without the link, or for one client with it, by a plain choice. */
import { createSignal, For, Show } from "solid-js";
import type { PlannedCall } from "../../../wire/planned.ts";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/planned.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Switch } from "../../ui/switch.tsx";
import { type Client, linkOfClient } from "../../vault/clients.ts";
import { useDesk } from "../desk.ts";
import { saveFile } from "../save-file.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import type { CalendarWords } from "./calendar-file.ts";
import { nameOf } from "./names.ts";
import { laterOf } from "./planned-desk.ts";

type CalendarProps = { plan: PlannedCall; view: VaultView; open: boolean; onClose: () => void };

export function CalendarDialog(props: CalendarProps) {
  const { planned } = useDesk();
  const task = createTask();
  const [wantsAll, setWantsAll] = createSignal(true);
  const series = () => laterOf(planned.list() ?? [], props.plan);
  const plans = () => (wantsAll() && series().length > 1 ? series() : [props.plan]);
  const save = (link: CalendarWords["link"]) =>
    task.run(async () => {
      const { calendarFile } = await fetched(() => import("./calendar-file.ts"));
      const text = await calendarFile(plans(), { title: t("calendar.word"), link }, Date.now());
      saveFile(`${t("calendar.file")}.ics`, new Blob([text], { type: "text/calendar;charset=utf-8" }));
    });
  const linkFor = (client: Client) => {
    const identity = props.view.identity();
    return identity && { before: t("calendar.link"), url: linkOfClient(client, identity, location.origin) };
  };
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t("calendar.title")} text={t("calendar.text")}>
      <Show when={series().length > 1}>
        <Switch label={t("calendar.series", series().length)} checked={wantsAll()} onChange={setWantsAll} />
      </Show>
      <div class="calendar-choice">
        <Button busy={task.busy()} onClick={() => void save(null)}>
          {t("calendar.own")}
        </Button>
        <p class="field-hint">{t("calendar.ownHint")}</p>
      </div>
      <div class="calendar-choice">
        <For each={props.view.clientsOf(props.plan)}>
          {(client) => (
            <Button busy={task.busy()} onClick={() => void save(linkFor(client))}>
              {t("calendar.client", nameOf(client))}
            </Button>
          )}
        </For>
        <p class="field-hint">{t("calendar.clientHint")}</p>
      </div>
      <p role="alert" class="field-error">
        {task.error()}
      </p>
    </Dialog>
  );
}
