/** Everybody who waits: who it is, the answers with one tap, and the way in where a tap is asked for. */
import "./waiting.css";
import { For, Show } from "solid-js";
import { NOTES } from "../../../wire/sealed.ts";
import type { Desk } from "../../call/desk.ts";
import type { Visitor } from "../../call/desk-types.ts";
import { t as before } from "../../i18n/before.ts";
import { t } from "../../i18n/call.ts";
import { Button } from "../../ui/button.tsx";

/** `inCall`: of those whose room is not the one of this call, it is said that they wait for another. */
export function WaitingList(props: { desk: Desk; visitors: readonly Visitor[]; inCall?: boolean }) {
  // by peer, so that a word about one of them does not draw the list anew under a finger
  const peers = () => props.visitors.map(({ peer }) => peer);
  return (
    <ul class="waiting" data-testid="waiting">
      <For each={peers()}>
        {(peer) => (
          <Show when={props.visitors.find((visitor) => visitor.peer === peer)}>
            {(visitor) => <Person visitor={visitor()} desk={props.desk} inCall={props.inCall === true} />}
          </Show>
        )}
      </For>
    </ul>
  );
}

function Person(props: { visitor: Visitor; desk: Desk; inCall: boolean }) {
  const { desk } = props;
  const name = () => props.visitor.name;
  const peer = () => props.visitor.peer;
  return (
    <li class="waiting-person">
      <p class="waiting-who">
        <strong>{name()}</strong>
        <Show when={props.visitor.label}>
          {(label) => <span class="quiet small">{t("host.typed", label())}</span>}
        </Show>
        <span class="quiet small">{props.visitor.known ? t("host.knownDevice") : t("host.newDevice")}</span>
        <Show when={props.visitor.realName}>
          {(own) => <span class="quiet small">{before("room.realName", own())}</span>}
        </Show>
        <Show when={props.visitor.lacks}>
          <span class="quiet small">{before("room.lacks")}</span>
        </Show>
        <Show when={props.inCall && props.visitor.at === "waits" && !props.visitor.lacks}>
          <span class="quiet small">{t("waiting.elsewhere")}</span>
        </Show>
      </p>
      <fieldset class="waiting-acts">
        <legend class="visually-hidden">{t("waiting.answers", name())}</legend>
        <For each={NOTES}>
          {(note) => (
            <Button small onClick={() => desk.answer(peer(), note)}>
              {t(`note.${note}`)}
            </Button>
          )}
        </For>
      </fieldset>
      <div class="waiting-acts">
        <Show when={props.visitor.at === "asks"}>
          <Button small kind="room" label={t("waiting.admit", name())} onClick={() => desk.admit(peer())}>
            {t("host.admit")}
          </Button>
        </Show>
        <Button small kind="plain" label={t("waiting.refuse", name())} onClick={() => desk.refuse(peer())}>
          {t("host.refuse")}
        </Button>
      </div>
      <p class="small quiet" role="status">
        <Show when={props.visitor.note}>{(note) => t("waiting.sent", t(`note.${note()}`))}</Show>
      </p>
    </li>
  );
}
