/** The therapist in a call over the server: everybody by the name of the client file, and what can be done with each of them. */
import More from "lucide-solid/icons/ellipsis";
import MicrophoneOff from "lucide-solid/icons/mic-off";
import Words from "lucide-solid/icons/shield-question-mark";
import Remove from "lucide-solid/icons/user-round-x";
import { createSignal, For, type JSX, Show } from "solid-js";
import type { PeerId } from "../../wire/ids.ts";
import type { Desk } from "../call/desk.ts";
import type { DeskState, Visitor } from "../call/desk-types.ts";
import type { Person, RelayCallState } from "../call/relay-call.ts";
import { t } from "../i18n/call.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu, MenuItem, MenuLine } from "../ui/menu.tsx";
import { AwayWord } from "./room/away-word.tsx";
import { GiveLink } from "./room/give-link.tsx";
import { GroupRoom } from "./room/group-room.tsx";
import type { CaptureView } from "./room/use-capture.ts";
import { WordsDialog, WordsDiffer } from "./room/words.tsx";

type HostGroupProps = {
  desk: Desk;
  state: DeskState;
  relay: RelayCallState;
  view: CaptureView;
  since: number | null;
  clock: JSX.Element;
  away: boolean;
  onGive: (visitor: Visitor) => void;
  onHangUp: () => void;
  empty: JSX.Element;
  notices: JSX.Element;
};

export function HostGroup(props: HostGroupProps) {
  const inside = () => props.state.visitors.filter(({ at }) => at === "in");
  const visitorIn = (slot: number) => inside().find((visitor) => visitor.slot === slot);
  const nameOf = ({ slot, isMe, name }: Pick<Person, "slot" | "isMe" | "name">) =>
    isMe ? t("you") : (visitorIn(slot)?.name ?? (name || t("group.person", slot)));
  const [comparing, setComparing] = createSignal<PeerId | null>(null);
  const [removing, setRemoving] = createSignal<PeerId | null>(null);
  const visitorOf = (peer: PeerId | null) => inside().find((visitor) => visitor.peer === peer);
  return (
    <>
      <GroupRoom
        relay={props.relay}
        view={props.view}
        chat={props.desk.chat}
        since={props.since}
        clock={props.clock}
        signalAway={props.away}
        inTouch
        hand={props.state.hand}
        nameOf={nameOf}
        onHand={(hand) => props.desk.call.setHand(hand)}
        onLoudspeaker={(id) => props.desk.call.setLoudspeaker(id)}
        onWants={(wants) => props.desk.call.view(wants)}
        onHangUp={props.onHangUp}
        empty={props.empty}
        notices={
          <>
            <For each={inside()}>
              {(visitor) => (
                <>
                  <Show when={visitor.comparison}>
                    {(comparison) => <WordsDiffer comparison={comparison()} onHangUp={props.onHangUp} />}
                  </Show>
                  <Show when={visitor.by === "code"}>
                    <GiveLink visitor={visitor} onGive={() => props.onGive(visitor)} />
                  </Show>
                </>
              )}
            </For>
            {props.notices}
          </>
        }
        sign={(person) => <AwayWord away={visitorIn(person.slot)?.away === true} />}
        acts={(person) => (
          <Show when={visitorIn(person.slot)}>
            {(visitor) => (
              <PersonMenu
                visitor={visitor()}
                muted={!person.shows.mic}
                onMute={() => props.desk.call.mute(visitor().peer)}
                onWords={() => setComparing(visitor().peer)}
                onRemove={() => setRemoving(visitor().peer)}
              />
            )}
          </Show>
        )}
      />
      <Show when={visitorOf(comparing())}>
        {(visitor) => (
          <Show when={visitor().comparison}>
            {(comparison) => (
              <WordsDialog
                open
                onClose={() => setComparing(null)}
                comparison={comparison()}
                name={visitor().name}
                onCompare={(same) => {
                  props.desk.compare(visitor().peer, same);
                  setComparing(null);
                }}
              />
            )}
          </Show>
        )}
      </Show>
      <Show when={visitorOf(removing())}>
        {(visitor) => (
          <Confirm
            open
            title={t("group.removeTitle", visitor().name)}
            text={t("group.removeText")}
            act={t("group.remove")}
            onAct={() => {
              props.desk.remove(visitor().peer);
              setRemoving(null);
            }}
            onClose={() => setRemoving(null)}
          />
        )}
      </Show>
    </>
  );
}

type PersonMenuProps = {
  visitor: Visitor;
  muted: boolean;
  onMute: () => void;
  onWords: () => void;
  onRemove: () => void;
};

function PersonMenu(props: PersonMenuProps) {
  return (
    <Menu
      label={t("group.acts", props.visitor.name)}
      class="icon-button icon-button-round group-more"
      trigger={<Icon of={More} size={20} />}
    >
      <MenuItem icon={MicrophoneOff} disabled={props.muted} onSelect={props.onMute}>
        {t("group.mute")}
      </MenuItem>
      <MenuItem icon={Words} onSelect={props.onWords}>
        {t("words.button")}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Remove} onSelect={props.onRemove}>
        {t("group.remove")}
      </MenuItem>
    </Menu>
  );
}
