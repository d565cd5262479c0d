/** To an early client: when the call is planned, in the time zone of this browser. */
import { t } from "../i18n/call.ts";
import { timeOfDay } from "../i18n/format.ts";
import { weekdayAndDay } from "../i18n/moments.ts";

/** `at` in Unix milliseconds; null: nothing is planned. */
export function PlannedAt(props: { at: number | null }) {
  const words = () =>
    props.at === null ? "" : t("planned.at", weekdayAndDay(props.at, Date.now()), timeOfDay(props.at));
  return (
    <p class="planned-at" role="status" data-testid="planned-at">
      {words()}
    </p>
  );
}
