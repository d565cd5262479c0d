/** The month that is shown, and the way to those before and after it. */
import Left from "lucide-solid/icons/chevron-left";
import Right from "lucide-solid/icons/chevron-right";
import { sayMonth } from "../../i18n/amounts.ts";
import { t } from "../../i18n/ledger.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { monthAfter } from "./months.ts";

/** `last`: none after it can be shown. */
export function MonthChooser(props: { month: string; last: string; onChange: (month: string) => void }) {
  return (
    <div class="months">
      <IconButton
        icon={Left}
        label={t("statement.previous")}
        onClick={() => props.onChange(monthAfter(props.month, -1))}
      />
      <h3 class="months-name" aria-live="polite">
        {sayMonth(props.month)}
      </h3>
      <IconButton
        icon={Right}
        label={t("statement.next")}
        disabled={props.month >= props.last}
        onClick={() => props.onChange(monthAfter(props.month, 1))}
      />
    </div>
  );
}
