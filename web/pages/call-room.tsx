/** The therapist's call room: enters the room when the page opens, leaves it when the page goes. */
import "webrtc-adapter";
import "./call.css";
import { createEffect, createMemo, For, type JSX, on, onCleanup, Show } from "solid-js";
import type { ItemId, RoomId } from "../../wire/ids.ts";
import type { CallFactsRead } from "../call/call-facts.ts";
import type { DeskState, Visitor } from "../call/desk-types.ts";
import type { OpenDesk } from "../call/open-desk.ts";
import { t as before } from "../i18n/before.ts";
import { t } from "../i18n/call.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { createCallNotes } from "./call-notes.ts";
import { createCallFacts } from "./end/facts.ts";
import { HostGroup } from "./host-group.tsx";
import { createMetered } from "./ledger/metered.tsx";
import { AbleWords } from "./room/able-words.tsx";
import { AwayWord } from "./room/away-word.tsx";
import { GiveLink } from "./room/give-link.tsx";
import { HourClock } from "./room/hour-clock.tsx";
import { RestartWord } from "./room/restart-word.tsx";
import { Room } from "./room/room.tsx";
import { SafetyCardButton } from "./room/safety-card.tsx";
import { createSince } from "./room/since.ts";
import { createStartCard, StartCardNotice } from "./room/start-card.tsx";
import { createHostTools } from "./room/tools/host-place.tsx";
import { ToolsProvider } from "./room/tools/room-tools.ts";
import { useCapture } from "./room/use-capture.ts";
import { useWakeLock } from "./room/wake-lock.ts";
import { watched } from "./room/watched.ts";
import { WaitingBadge } from "./waiting/waiting-badge.tsx";

type CallRoomProps = {
  open: OpenDesk;
  room: RoomId;
  /** The client's name as the therapist wrote it. */
  name: string;
  /** The permanent link of a client, null where the vault has none. */
  linkOf: (record: ItemId) => string | null;
  onHungUp: (since: number | null, facts: CallFactsRead) => void;
  /** Minutes of a session, as the therapist chose them. */
  length: number;
  onLength: (minutes: number) => void;
};

export function CallRoom(props: CallRoomProps) {
  const { desk, socket } = props.open;
  const state = watched<DeskState>(desk.state);
  const line = watched(socket.state);
  const restart = watched(socket.restart);
  const view = useCapture(() => desk.captureChanged());
  const present = createMemo(() => state().visitors.find((visitor) => visitor.at === "in"));
  const [since] = createSince(
    () => present()?.conversation?.line.at === "open" || (state().relay?.people.length ?? 0) > 1,
  );
  const start = createStartCard(since);
  const facts = createCallFacts(() => ({
    conversation: present()?.conversation ?? null,
    relay: state().relay,
    signalAway: line().at === "away",
    unproven: false,
  }));
  const metered = createMetered(
    () => props.room,
    createMemo(() => since() !== null),
  );
  createCallNotes(state, () => isGroup());
  const asking = () => state().visitors.filter((visitor) => visitor.at === "asks");
  const waiting = () => state().visitors.filter((visitor) => visitor.at !== "in");
  const compare = (same: boolean) => {
    const visitor = present();
    if (visitor) desk.compare(visitor.peer, same);
  };

  const tools = createHostTools(desk.tools);
  void view.capture.open();
  // entered anew whenever this page gets the lease: after a reload, a lost line, "Hierher holen"
  // a page of ours that is not in a call gives way by itself; one that is needs the person's word
  const isTaken = () => state().lease === "elsewhere" && state().holderInCall;
  const isHere = createMemo(() => line().at === "open" && !isTaken());
  createEffect(on(isHere, (here) => here && desk.enter(props.room, view.capture)));
  onCleanup(() => desk.leave());
  useWakeLock(() => true);

  const hangUp = () => {
    const known = facts.read();
    desk.hangUp();
    view.capture.closeAll();
    props.onHungUp(since(), known);
  };
  const give = ({ peer, record }: Visitor) => {
    const url = props.linkOf(record);
    if (url) desk.giveLink(peer, url);
  };
  const name = () => present()?.name ?? props.name;
  const isGroup = () => (state().rooms.find(({ room }) => room === props.room)?.clients.length ?? 0) > 1;
  const inside = () => state().visitors.filter((visitor) => visitor.at === "in");
  const whose = () => (inside().length === 0 ? "alone" : state().relay ? "relayed" : "direct");
  const notices = () => (
    <>
      <RestartWord restart={restart()} whose={whose()} />
      <StartCardNotice card={start} />
      <For each={inside()}>
        {(visitor) => (
          <>
            <SafetyCardButton visitor={visitor} named={inside().length > 1} />
            <Show when={visitor.waived}>
              <p class="call-person fades">
                <span class="room-word">{before("room.waived", visitor.name)}</span>
              </p>
            </Show>
          </>
        )}
      </For>
      <Show when={isGroup() || state().relay}>
        <AbleWords />
      </Show>
      <WaitingBadge desk={desk} visitors={waiting()} />
      <For each={asking()}>
        {(visitor) => <Asking visitor={visitor} desk={desk} anew={visitor.record === present()?.record} />}
      </For>
    </>
  );
  const Alone = () => (
    <>
      <h1>{isGroup() ? t("group.alone") : t("host.alone", name())}</h1>
      <p>{t("host.aloneHint")}</p>
    </>
  );
  const Clock = () => (
    <HourClock minutes={metered()} since={since()} length={props.length} onLength={props.onLength} />
  );
  const Direct = () => (
    <Room
      host
      name={name()}
      conversation={present()?.conversation ?? null}
      view={view}
      chat={desk.chat}
      since={since()}
      clock={<Clock />}
      signalAway={line().at === "away"}
      onHangUp={hangUp}
      comparison={present()?.comparison ?? null}
      onCompare={compare}
      empty={<Alone />}
      sign={<AwayWord away={present()?.away === true} />}
      notices={
        <>
          <Person visitor={present()} />
          <Show when={present()?.by === "code" && present()}>
            {(visitor) => <GiveLink visitor={visitor()} onGive={() => give(visitor())} />}
          </Show>
          {notices()}
        </>
      }
    />
  );
  return (
    <ToolsProvider value={tools}>
      <Show when={state().relay} fallback={<Direct />}>
        {(relay) => (
          <HostGroup
            desk={desk}
            state={state()}
            relay={relay()}
            view={view}
            since={since()}
            clock={<Clock />}
            away={line().at === "away"}
            onGive={give}
            onHangUp={hangUp}
            empty={<Alone />}
            notices={notices()}
          />
        )}
      </Show>
    </ToolsProvider>
  );
}

/** Who is here: the device, and what the person calls itself. */
function Person(props: { visitor: Visitor | undefined }): JSX.Element {
  return (
    <Show when={props.visitor}>
      {(visitor) => (
        <p class="call-person fades">
          <span class="room-word" data-testid="device">
            {visitor().known ? t("host.knownDevice") : t("host.newDevice")}
          </span>
          <Show when={visitor().label}>
            {(label) => <span class="room-word">{t("host.typed", label())}</span>}
          </Show>
          <Show when={visitor().realName}>
            {(name) => <span class="room-word">{before("room.realName", name())}</span>}
          </Show>
        </p>
      )}
    </Show>
  );
}

/** `anew`: the same client is in the call on another device. */
function Asking(props: { visitor: Visitor; desk: OpenDesk["desk"]; anew: boolean }) {
  const why = () => {
    if (props.anew) return "host.asksAnew";
    return props.visitor.by === "code" && !props.visitor.known ? "host.asksCode" : "host.asks";
  };
  return (
    <Banner
      tone="look"
      title={t(props.anew ? "host.asksAnewTitle" : "host.asksTitle", props.visitor.name)}
      act={
        <>
          <Button small kind="room" onClick={() => props.desk.admit(props.visitor.peer)}>
            {t("host.admit")}
          </Button>
          <Button small onClick={() => props.desk.refuse(props.visitor.peer)}>
            {t("host.refuse")}
          </Button>
        </>
      }
    >
      {t(why())}
      <Show when={props.visitor.realName ?? props.visitor.label}>
        {(name) => <p>{before("room.realName", name())}</p>}
      </Show>
    </Banner>
  );
}
