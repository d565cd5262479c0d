/** In the call: a silent badge for whoever waits (R5), and behind it the waiting room. */
import People from "lucide-solid/icons/users-round";
import { createSignal, Show } from "solid-js";
import type { Desk } from "../../call/desk.ts";
import type { Visitor } from "../../call/desk-types.ts";
import { t } from "../../i18n/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { WaitingList } from "./waiting-list.tsx";

export function WaitingBadge(props: { desk: Desk; visitors: readonly Visitor[] }) {
  const [open, setOpen] = createSignal(false);
  // whoever was let in is looked at, not the empty list
  const onAdmit = () => props.visitors.length === 1 && setOpen(false);
  return (
    <>
      <Show when={props.visitors.length > 0}>
        <div class="room-waiting" data-testid="waiting-badge">
          <Button small icon={People} onClick={() => setOpen(true)}>
            {t("waiting.badge", props.visitors.length)}
          </Button>
        </div>
      </Show>
      <Dialog
        open={open()}
        onClose={() => setOpen(false)}
        title={t("waiting.title")}
        text={t("waiting.text")}
      >
        <Show when={props.visitors.length > 0} fallback={<p>{t("waiting.empty")}</p>}>
          <WaitingList desk={props.desk} visitors={props.visitors} inCall onAdmit={onAdmit} />
        </Show>
      </Dialog>
    </>
  );
}
