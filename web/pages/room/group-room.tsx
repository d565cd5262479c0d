/** The call room of several: everybody in the order of their seats, or whoever speaks large; names only from the sealed roster. */
import "./group.css";
import Hand from "lucide-solid/icons/hand";
import { createEffect, createMemo, type JSX, on, Show } from "solid-js";
import type { Chat } from "../../call/chat.ts";
import type { Person, RelayCallState } from "../../call/relay-call.ts";
import type { PlaneWant } from "../../call/relay-plane.ts";
import { t } from "../../i18n/call.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { GroupStage } from "./group-stage.tsx";
import { RelayWords } from "./relay-words.tsx";
import { RoomShell } from "./room-shell.tsx";
import { SelfLight } from "./self-view.tsx";
import { createSight } from "./sight.ts";
import type { CaptureView } from "./use-capture.ts";
import { keyOf } from "./use-shortcuts.ts";

type GroupRoomProps = {
  relay: RelayCallState;
  view: CaptureView;
  chat: Chat;
  since: number | null;
  clock?: JSX.Element;
  signalAway: boolean;
  /** What we say goes out (A3). */
  inTouch: boolean;
  hand: boolean;
  nameOf: (person: Pick<Person, "slot" | "name" | "isMe">) => string;
  onHand: (hand: boolean) => void;
  onLoudspeaker: (id: string) => void;
  onWants: (wants: readonly PlaneWant[]) => void;
  /** What the therapist wrote for a line that stays away; shown to its clients. */
  reach?: string | null;
  onHangUp: () => void;
  /** What stands in the middle while nobody else is there. */
  empty: JSX.Element;
  notices?: JSX.Element;
  corner?: JSX.Element;
  /** What the therapist can do with this person. */
  acts?: (person: Person) => JSX.Element;
  /** A word on this person that only the therapist knows. */
  sign?: (person: Person) => JSX.Element;
};

export function GroupRoom(props: GroupRoomProps) {
  const sight = createSight("grid");
  const isLost = createMemo(() => props.relay.line === "lost" || !props.inTouch);
  const lostSince = createMemo(() => (isLost() ? Date.now() : null));
  createEffect(on(props.view.speaker, (id) => props.onLoudspeaker(id)));
  const others = () => props.relay.people.filter(({ isMe }) => !isMe);
  const nameIn = (slot: number) => {
    const person = props.relay.people.find((each) => each.slot === slot);
    return props.nameOf(person ?? { slot, name: "", isMe: false });
  };
  const heard = () =>
    others().map((person) => ({
      slot: person.slot,
      name: props.nameOf(person),
      mic: person.shows.mic,
      hand: person.shows.hand,
      screen: person.shows.screen,
    }));
  return (
    <RoomShell
      view={props.view}
      sight={sight}
      chat={props.chat}
      nameOf={nameIn}
      since={props.since}
      clock={props.clock}
      lostSince={lostSince()}
      reach={props.reach ?? null}
      onHangUp={props.onHangUp}
      silenced={props.relay.silenced}
      onHand={() => props.onHand(!props.hand)}
      heard={heard()}
      stage={() => (
        <>
          <h1 class="visually-hidden">{t("group.title", others().length)}</h1>
          <GroupStage
            people={props.relay.people}
            speaking={props.relay.speaking}
            sight={sight}
            view={props.view}
            nameOf={props.nameOf}
            onWants={props.onWants}
            {...(props.acts ? { acts: props.acts } : {})}
            {...(props.sign ? { sign: props.sign } : {})}
          />
          <Show when={others().length === 0}>
            <div class="group-alone">{props.empty}</div>
          </Show>
          <SelfLight view={props.view} sight={sight} />
        </>
      )}
      notices={props.notices}
      line={<RelayWords relay={props.relay} inTouch={props.inTouch} signalAway={props.signalAway} />}
      corner={props.corner}
      buttons={
        <div class="fades">
          <IconButton
            kind="round"
            icon={Hand}
            label={props.hand ? t("group.handDown") : t("group.hand")}
            keys={keyOf("hand")}
            lit={props.hand}
            onClick={() => props.onHand(!props.hand)}
          />
        </div>
      }
    />
  );
}
