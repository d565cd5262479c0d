/** One open room: whose it is, how long yet, its link and codes and how to send them, who waits, the way in, and its end. */
import X from "lucide-solid/icons/x";
import { createEffect, createSignal, For, Show } from "solid-js";
import type { RoomId } from "../../../wire/ids.ts";
import { CLIENTS_PER_ROOM_MAX, type OpenRoom } from "../../../wire/signal.ts";
import { t } from "../../i18n/app.ts";
import { remaining } from "../../i18n/format.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { type Client, linkOfClient } from "../../vault/clients.ts";
import { useDesk } from "../desk.ts";
import { createTask } from "../task.ts";
import type { VaultView } from "../vault-view.ts";
import { WaitingList } from "../waiting/waiting-list.tsx";
import { CodeRow } from "./code-row.tsx";
import { LinkRow } from "./link-row.tsx";
import { NotNow } from "./no-credit.tsx";

export function RoomCard(props: { room: OpenRoom; view: VaultView; marked: boolean }) {
  let card: HTMLElement | undefined;
  const clients = () => props.view.clientsOf(props.room).slice(0, CLIENTS_PER_ROOM_MAX);
  const title = () => clients().map(nameOf).join(", ") || t("calls.unknownClient");
  createEffect(() => {
    if (!props.marked) return;
    card?.scrollIntoView({ block: "nearest" });
    card?.focus({ preventScroll: true });
  });
  return (
    <article
      class="card room-card"
      data-testid="open-room"
      classList={{ "room-card-marked": props.marked }}
      ref={card}
      tabIndex={-1}
      aria-label={title()}
    >
      <header class="room-card-head">
        <h3 class="room-card-title">{title()}</h3>
        <span class="room-card-left small quiet">
          <Countdown until={props.room.closesAt} say={(left) => sayLeft(props.room, left)} />
        </span>
        <CloseRoom room={props.room} title={title()} />
      </header>
      <For each={clients()}>
        {(client) => (
          <>
            <Show when={props.view.identity()}>
              {(identity) => (
                <LinkRow
                  link={linkOfClient(client, identity(), location.origin)}
                  client={client.record.id}
                  named={clients().length > 1}
                />
              )}
            </Show>
            <CodeRow client={client} view={props.view} />
          </>
        )}
      </For>
      <Waiting room={props.room.room} />
      <footer class="room-card-foot">
        <Presence room={props.room} />
        <Show when={props.room.startable || props.room.call !== null} fallback={<NotNow />}>
          <ButtonLink kind="room" href={`/call/${props.room.room}`} label={t("calls.joinLabel", title())}>
            {t("calls.join")}
          </ButtonLink>
        </Show>
      </footer>
    </article>
  );
}

const nameOf = ({ record }: Client) => (record.name ? `${record.id} · ${record.name}` : record.id);

/** A room in use outlives its two hours: nobody inside is cut. */
function sayLeft(room: OpenRoom, left: number): string {
  if (left > 0) return t("calls.left", remaining(left));
  return room.call ? t("calls.overtime") : t("calls.over");
}

/** Who waits for this room, and the answers with one tap. */
function Waiting(props: { room: RoomId }) {
  const desk = useDesk();
  return (
    <Show when={desk.live()}>
      {(live) => <WaitingList desk={live().desk} visitors={desk.waiting(props.room)} />}
    </Show>
  );
}

function Presence(props: { room: OpenRoom }) {
  const desk = useDesk();
  const inside = () => desk.inside(props.room.room);
  const waiting = () => desk.waiting(props.room.room).length;
  const words = () => {
    if (!desk.isWatching()) return props.room.call ? t("calls.overtime") : t("calls.watchedElsewhere");
    if (waiting() > 0) return t("calls.waits", waiting());
    return inside() > 0 ? t("calls.inside", inside()) : t("calls.waitsNot");
  };
  return (
    <p
      class="presence"
      classList={{ "presence-waits": waiting() > 0, "presence-inside": waiting() === 0 && inside() > 0 }}
      role="status"
    >
      <span class="presence-dot" aria-hidden="true" />
      {words()}
    </p>
  );
}

/** "×": ends the activation, never the entry or its link; asks when somebody would be cut or turned away. */
function CloseRoom(props: { room: OpenRoom; title: string }) {
  const desk = useDesk();
  const task = createTask();
  const [asking, setAsking] = createSignal(false);
  const someone = () =>
    desk.inside(props.room.room) > 0 || desk.waiting(props.room.room).length > 0 || props.room.call !== null;
  const close = async () => {
    if (await task.run(() => desk.close(props.room.room))) setAsking(false);
    else setAsking(true);
  };
  return (
    <>
      <IconButton
        icon={X}
        label={t("calls.closeLabel", props.title)}
        onClick={() => (someone() ? setAsking(true) : void close())}
      />
      <Confirm
        open={asking()}
        title={t("calls.closeTitle")}
        text={someone() ? t("calls.closeSomeone") : t("calls.closeText")}
        act={t("calls.close")}
        busy={task.busy()}
        error={task.error()}
        onAct={() => void close()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
