/** One client as staff see it: the name, the link to send, and a call to plan. */
import { createSignal, Show } from "solid-js";
import { t } from "../../i18n/staff.ts";
import { Button } from "../../ui/button.tsx";
import type { SharedEntry } from "../../vault/work.ts";
import { LinkRow } from "../calls/link-row.tsx";
import { PlanWork } from "./plan-work.tsx";
import type { WorkDesk } from "./work-desk.ts";

type EntryProps = {
  entry: SharedEntry;
  desk: WorkDesk;
  isShown: boolean;
  onShow: (show: boolean) => void;
};

export function WorkEntry(props: EntryProps) {
  const [planning, setPlanning] = createSignal(false);
  const words = () => (props.isShown ? t("work.hide") : t("work.link"));
  const label = () =>
    props.isShown ? t("work.hideLabel", props.entry.label) : t("work.linkLabel", props.entry.label);
  return (
    <div class="work-entry" data-testid="shared-entry">
      <div class="work-entry-row">
        <span class="work-entry-name">{props.entry.label}</span>
        <div class="work-entry-acts">
          <Button small label={label()} onClick={() => props.onShow(!props.isShown)}>
            {words()}
          </Button>
          <Button small label={t("work.planLabel", props.entry.label)} onClick={() => setPlanning(true)}>
            {t("work.plan")}
          </Button>
        </div>
      </div>
      <Show when={props.isShown}>
        <LinkRow link={props.entry.link} client={props.entry.label} named={false} />
      </Show>
      <PlanWork entry={props.entry} desk={props.desk} open={planning()} onClose={() => setPlanning(false)} />
    </div>
  );
}
