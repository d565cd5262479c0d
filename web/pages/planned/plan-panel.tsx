/** The part of the start form that plans: when, and every week how often. It stands inside the form and submits it. */
import "./planned.css";
import { Show } from "solid-js";
import { timeOfDay } from "../../i18n/format.ts";
import { longDay, weekday } from "../../i18n/moments.ts";
import { t } from "../../i18n/planned.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { type DraftFaults, type PlanDraft, readDraft } from "./plan-draft.ts";
import { WhenFields } from "./when-fields.tsx";

type PanelProps = {
  draft: PlanDraft;
  /** Only after a try. */
  faults: DraftFaults;
  error: string;
  busy: boolean;
  onDraft: (draft: PlanDraft) => void;
  onCancel: () => void;
};

export function PlanPanel(props: PanelProps) {
  const change = (part: Partial<PlanDraft>) => props.onDraft({ ...props.draft, ...part });
  return (
    <fieldset class="plan-panel" data-testid="plan-panel">
      <legend class="plan-panel-title">{t("form.title")}</legend>
      <WhenFields typed={props.draft} faults={props.faults} onTyped={change} autofocus />
      <Switch
        label={t("form.weekly")}
        checked={props.draft.weekly}
        onChange={(weekly) => change({ weekly })}
      />
      <Show when={props.draft.weekly}>
        <Field
          label={t("form.count")}
          type="number"
          value={props.draft.count}
          onInput={(count) => change({ count })}
          hint={seriesWords(props.draft)}
          error={props.faults.count}
        />
      </Show>
      <Show when={props.error}>
        <Banner tone="loss">{props.error}</Banner>
      </Show>
      <div class="plan-panel-acts">
        <Button kind="main" type="submit" busy={props.busy}>
          {t("plan")}
        </Button>
        <Button onClick={props.onCancel}>{t("form.cancel")}</Button>
      </div>
    </fieldset>
  );
}

/** "10 Termine, immer am Montag um 10:00 Uhr, der letzte am …", where the fields say so much. */
function seriesWords(draft: PlanDraft): string {
  const read = readDraft(draft);
  if ("faults" in read) return "";
  const [first, last] = [read.starts[0], read.starts.at(-1)];
  if (first === undefined || last === undefined) return "";
  return t("form.series", read.starts.length, weekday(first), timeOfDay(first), longDay(last));
}
