/** To the therapist, behind a quiet button: where the client is today and whom to call (A3). Nothing of it stands on the screen
 * before it is asked for, and it is gone with the call. */
import "./safety-card.css";
import Help from "lucide-solid/icons/life-buoy";
import { createSignal, Show } from "solid-js";
import type { Visitor } from "../../call/desk-types.ts";
import { t } from "../../i18n/before.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** `named`: several are in, so each button says whose it is. */
export function SafetyCardButton(props: { visitor: Visitor; named?: boolean }) {
  const [open, setOpen] = createSignal(false);
  const title = () => t("room.cardOf", props.visitor.realName ?? props.visitor.name);
  return (
    <Show when={props.visitor.card}>
      {(card) => (
        <>
          <div class="safety-button fades">
            <Button small icon={Help} label={title()} onClick={() => setOpen(true)}>
              {props.named ? title() : t("room.card")}
            </Button>
          </div>
          <Dialog open={open()} onClose={() => setOpen(false)} title={title()} text={t("room.gone")}>
            <dl class="safety-facts" data-testid="safety-card">
              <dt>{t("room.place")}</dt>
              <dd>{card().place}</dd>
              <dt>{t("room.phone")}</dt>
              <dd>{card().phone}</dd>
              <dt>{t("room.contact")}</dt>
              <dd>{card().contact}</dd>
            </dl>
            <h3 class="safety-help">{t("room.help")}</h3>
            <ul class="safety-numbers">
              <li>{t("room.all")}</li>
              <li>{t("room.at")}</li>
              <li>{t("room.de")}</li>
              <li>{t("room.ch")}</li>
            </ul>
          </Dialog>
        </>
      )}
    </Show>
  );
}
