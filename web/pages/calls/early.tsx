/** Clients who came by code before their room was opened: they wait, and one tap opens it for them. */
import { For, Show } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import type { Desk } from "../../call/desk.ts";
import type { Visitor } from "../../call/desk-types.ts";
import { t } from "../../i18n/app.ts";
import { Button } from "../../ui/button.tsx";
import { handlesOfClient } from "../../vault/clients.ts";
import { useDesk } from "../desk.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { WaitingList } from "../waiting/waiting-list.tsx";

type EarlyProps = { view: VaultView; onOpen: (room: RoomId) => void };

export function Early(props: EarlyProps) {
  const desk = useDesk();
  // by peer, so that a word about one of them does not draw the card anew under a finger
  const peers = () => desk.waiting(null).map(({ peer }) => peer);
  return (
    <Show when={desk.live()}>
      {(live) => (
        <For each={peers()}>
          {(peer) => (
            <Show when={desk.waiting(null).find((visitor) => visitor.peer === peer)}>
              {(visitor) => <EarlyCard {...props} visitor={visitor()} desk={live().desk} />}
            </Show>
          )}
        </For>
      )}
    </Show>
  );
}

function EarlyCard(props: EarlyProps & { visitor: Visitor; desk: Desk }) {
  const rooms = useDesk();
  const task = createTask();
  const open = () =>
    task.run(async () => {
      const record = props.view.state().records.get(props.visitor.record);
      if (record?.t !== "client") return;
      const room = await rooms.open([handlesOfClient({ item: props.visitor.record, record })]);
      props.onOpen(room.room);
    });
  return (
    <article class="card room-card" data-testid="early" aria-label={props.visitor.name}>
      <p>{t("calls.early", props.visitor.name)}</p>
      <WaitingList desk={props.desk} visitors={[props.visitor]} />
      <Button kind="main" busy={task.busy()} onClick={() => void open()}>
        {t("calls.earlyOpen", props.visitor.name)}
      </Button>
      <p role="alert">{task.error()}</p>
    </article>
  );
}
