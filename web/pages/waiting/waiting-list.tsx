/** Everybody who waits: who it is, the answers with one tap, and the way in where a tap is asked for. */
import "./waiting.css";
import { For, Show } from "solid-js";
import { NOTES } from "../../../wire/sealed.ts";
import type { Desk } from "../../call/desk.ts";
import type { Visitor } from "../../call/desk-types.ts";
import { t as before } from "../../i18n/before.ts";
import { t } from "../../i18n/call.ts";
import { Button } from "../../ui/button.tsx";

type ListProps = {
  desk: Desk;
  visitors: readonly Visitor[];
  /** Of those whose room is not the one of this call, it is said that they wait for another. */
  inCall?: boolean;
  /** Somebody is about to be let in. */
  onAdmit?: () => void;
};

export function WaitingList(props: ListProps) {
  // by peer, so that a word about one of them does not draw the list anew under a finger
  const peers = () => props.visitors.map(({ peer }) => peer);
  return (
    <ul class="waiting" data-testid="waiting">
      <For each={peers()}>
        {(peer) => (
          <Show when={props.visitors.find((visitor) => visitor.peer === peer)}>
            {(visitor) => (
              <Person
                visitor={visitor()}
                desk={props.desk}
                inCall={props.inCall === true}
                onAdmit={() => props.onAdmit?.()}
              />
            )}
          </Show>
        )}
      </For>
    </ul>
  );
}

type PersonProps = { visitor: Visitor; desk: Desk; inCall: boolean; onAdmit: () => void };

function Person(props: PersonProps) {
  const { desk } = props;
  const name = () => props.visitor.name;
  const peer = () => props.visitor.peer;
  const admit = (how: "admit" | "admitAnyway") => {
    const chosen = peer();
    props.onAdmit();
    desk[how](chosen);
  };
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
          <Button small kind="room" label={t("waiting.admit", name())} onClick={() => admit("admit")}>
            {t("host.admit")}
          </Button>
        </Show>
        <Button small kind="plain" label={t("waiting.refuse", name())} onClick={() => desk.refuse(peer())}>
          {t("host.refuse")}
        </Button>
      </div>
      <Show when={props.inCall && props.visitor.lacks && props.visitor.room === desk.state.get().entered}>
        <details class="waiting-anyway">
          <summary class="button button-plain button-small" aria-label={before("room.anywayOf", name())}>
            {before("room.anyway")}
          </summary>
          <p class="small quiet">{before("room.anywayHint")}</p>
          <Button small label={before("room.anywayActOf", name())} onClick={() => admit("admitAnyway")}>
            {before("room.anywayAct")}
          </Button>
        </details>
      </Show>
      <p class="small quiet" role="status">
        <Show when={props.visitor.note}>{(note) => t("waiting.sent", t(`note.${note()}`))}</Show>
      </p>
    </li>
  );
}
