/** For the therapist: this client is not alone and has paused the call. Seen, never heard. */
import Pause from "lucide-solid/icons/circle-pause";
import { Show } from "solid-js";
import { t } from "../../i18n/cover.ts";
import { Icon } from "../../ui/icon.tsx";

export function AwayWord(props: { away: boolean }) {
  return (
    <Show when={props.away}>
      <p class="room-word away-word" data-testid="away">
        <Icon of={Pause} size={18} />
        {t("away")}
      </p>
    </Show>
  );
}
