/** Date and time of a planned call, with what is wrong in them. */
import { t } from "../../i18n/planned.ts";
import { Field } from "../../ui/field.tsx";
import type { Typed } from "./dates.ts";
import { type DraftFaults, hereZone } from "./plan-draft.ts";

type WhenProps = {
  typed: Typed;
  faults: DraftFaults;
  onTyped: (typed: Typed) => void;
  autofocus?: boolean;
};

export function WhenFields(props: WhenProps) {
  return (
    <div class="when">
      <Field
        label={t("form.date")}
        type="date"
        value={props.typed.date}
        onInput={(date) => props.onTyped({ ...props.typed, date })}
        error={props.faults.date}
        autofocus={props.autofocus ?? false}
      />
      <Field
        label={t("form.time")}
        type="time"
        value={props.typed.time}
        onInput={(time) => props.onTyped({ ...props.typed, time })}
        error={props.faults.time}
      />
      <p class="field-hint when-zone">{t("form.zone", hereZone())}</p>
    </div>
  );
}
