/** Why a call did not start, and the way on: into the room that is open already, or to more credit. */
import { Show } from "solid-js";
import { t } from "../../i18n/clients.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { titleOf } from "../../vault/search.ts";
import { NoCredit } from "../calls/no-credit.tsx";
import type { VaultView } from "../vault-view.ts";
import type { Start } from "./start.ts";

export function NotStarted(props: { start: Start; view: VaultView }) {
  const room = () => props.start.refused()?.room ?? null;
  const words = () => {
    const open = room();
    if (!open) return props.start.refused()?.text;
    const names = props.view.clientsOf(open).map(({ record }) => titleOf(record));
    return t("refusedOpen", names.join(", "));
  };
  return (
    <Dialog
      open={props.start.refused() !== null}
      onClose={props.start.clear}
      title={t("refusedTitle")}
      text={words()}
    >
      <Show when={props.start.refused()?.noCredit}>
        <NoCredit alone={props.start.refused()?.alone ?? false} />
      </Show>
      <Show when={room()}>
        {(open) => (
          <div class="dialog-acts">
            <ButtonLink kind="room" href={`/call/${open().room}`}>
              {t("toRoom")}
            </ButtonLink>
          </div>
        )}
      </Show>
    </Dialog>
  );
}
