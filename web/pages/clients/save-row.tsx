/** The one button that saves what was typed, and the word that it is saved. */
import { Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { Button } from "../../ui/button.tsx";

export function SaveRow(props: { dirty: boolean; busy: boolean; saved: boolean }) {
  return (
    <div class="save-row">
      <Button type="submit" kind={props.dirty ? "room" : "quiet"} busy={props.busy}>
        {t("edit.save")}
      </Button>
      <span class="small quiet" role="status">
        <Show when={props.saved}>{t("edit.saved")}</Show>
      </span>
    </div>
  );
}
