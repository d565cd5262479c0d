/** What every call room has around its people: words at the top, controls at the bottom, the chat beside; dark in both themes. */
import "./room.css";
import "./sight.css";
import {
  createMemo,
  createSignal,
  ErrorBoundary,
  type JSX,
  lazy,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Chat } from "../../call/chat.ts";
import { fetched } from "../../fetched.ts";
import { t } from "../../i18n/call.ts";
import { t as devices } from "../../i18n/devices.ts";
import { Button } from "../../ui/button.tsx";
import { RoomLogo } from "../logo/room-logo.tsx";
import type { Heard, RoomFacts } from "./announce.ts";
import { Announcer } from "./announcer.tsx";
import { ChatSide, useChat } from "./chat-button.tsx";
import { Controls, isMuted, toggleCamera, toggleMicrophone } from "./controls.tsx";
import { CoverButton, CoverHint } from "./cover-button.tsx";
import { canShareScreen, toggleScreen } from "./devices-menu.tsx";
import { createFullScreen } from "./full-screen.ts";
import { createIdle } from "./idle.ts";
import { MissingWords } from "./missing-words.tsx";
import { RefineWords } from "./refine-words.tsx";
import { Clock } from "./room-clock.tsx";
import { type Act, KEYS } from "./shortcuts.ts";
import type { Sight } from "./sight.ts";
import { useRoomTools } from "./tools/room-tools.ts";
import type { CaptureView } from "./use-capture.ts";
import { isShown, show, useShortcuts } from "./use-shortcuts.ts";

const ShortcutsDialog = lazy(() => fetched(() => import("./shortcuts-dialog.tsx")));
const DeviceWords = lazy(() => fetched(() => import("./device-words.tsx")));
const LineCard = lazy(() => fetched(() => import("./line-card.tsx")));
const ViewMenu = lazy(() => fetched(() => import("./view-menu.tsx")));

type ShellProps = {
  view: CaptureView;
  sight: Sight;
  /** Two people in a direct call, who may sit side by side. */
  pair?: boolean;
  chat: Chat;
  /** Who sits in a slot, as this page calls them. */
  nameOf: (slot: number) => string;
  /** When the other was first seen; Unix milliseconds. */
  since: number | null;
  /** What stands there instead of the minutes since then. */
  clock?: JSX.Element;
  /** The line is away since then, Unix milliseconds; null while it is open. */
  lostSince: number | null;
  /** What the therapist wrote for that case. */
  reach: string | null;
  onHangUp: () => void;
  /** The people. `onBlocked`: the browser wants a press before it plays sound. */
  stage: (onBlocked: () => void) => JSX.Element;
  notices: JSX.Element;
  /** How the line is, in words. */
  line: JSX.Element;
  /** Above the menu bottom left. */
  corner?: JSX.Element;
  /** The system has stopped the sound of the others: a press brings it back. */
  silenced?: boolean;
  /** More round buttons beside microphone and camera. */
  buttons?: JSX.Element;
  /** Raises or lowers the own hand, where there are hands. */
  onHand?: () => void;
  /** The others as screen readers are told of them. */
  heard: readonly Heard[];
};

export function RoomShell(props: ShellProps) {
  const idle = createIdle();
  const chat = useChat(props.chat);
  const tools = useRoomTools();
  const full = createFullScreen();
  darkens();
  const [blocked, setBlocked] = createSignal(false);
  const [bar, setBar] = createSignal(0);
  const [element, setElement] = createSignal<HTMLElement>();
  const play = () => {
    setBlocked(false);
    const videos = element()?.querySelectorAll<HTMLVideoElement>("video:not([data-testid=self])") ?? [];
    for (const video of videos) video.play().catch(() => setBlocked(true));
  };
  onReturn(play);
  const acts = () => ({
    mic: () => toggleMicrophone(props.view),
    camera: () => toggleCamera(props.view),
    hand: props.onHand,
    chat: () => chat.toggle(!chat.isOpen()),
    screen: canShareScreen() ? () => toggleScreen(props.view) : undefined,
    full: full.can ? full.toggle : undefined,
    help: () => show(true),
  });
  useShortcuts(acts);
  const facts = createMemo<RoomFacts>(() => ({
    people: props.heard,
    muted: isMuted(props.view),
    sharing: props.view.captured().screen !== null,
    unread: chat.state().unread,
  }));
  return (
    <main
      class="room"
      classList={{
        "room-idle": idle(),
        "room-chatting": chat.isOpen(),
        "room-eye": props.sight.layout() === "eye",
      }}
      ref={setElement}
    >
      {props.stage(() => setBlocked(true))}
      <Show when={tools}>{(found) => <Dynamic component={found().Place} nameOf={props.nameOf} />}</Show>
      <header class="room-top">
        <div class="room-left">
          <RoomLogo />
          <div class="room-notices">
            {props.notices}
            <CoverHint />
            <MissingWords view={props.view} />
            <RefineWords view={props.view.refine} />
            <Suspense>
              <DeviceWords view={props.view} onBar={setBar} />
            </Suspense>
          </div>
        </div>
        <div class="room-facts fades">
          {props.clock ?? <Clock since={props.since} />}
          {props.line}
          <ErrorBoundary fallback={null}>
            <Suspense>
              <ViewMenu
                sight={props.sight}
                full={full}
                pair={props.pair === true}
                picture={() => largestOf(element())}
              />
            </Suspense>
          </ErrorBoundary>
        </div>
      </header>
      <ErrorBoundary fallback={null}>
        <Suspense>
          <LineCard since={props.lostSince} reach={props.reach} />
        </Suspense>
      </ErrorBoundary>
      <Show when={blocked() || props.silenced}>
        <div class="room-sound">
          <Button kind="main" onClick={play}>
            {props.silenced ? devices("soundAgain") : t("room.sound")}
          </Button>
        </div>
      </Show>
      <CoverButton />
      <Controls
        view={props.view}
        bar={bar()}
        chat={chat}
        onHangUp={props.onHangUp}
        corner={props.corner}
        buttons={
          <>
            <Dynamic component={tools?.Button} />
            {props.buttons}
          </>
        }
      />
      <ChatSide view={chat} nameOf={props.nameOf} />
      <Announcer facts={facts()} />
      <Show when={isShown()}>
        <Suspense>
          <ShortcutsDialog acts={(Object.keys(KEYS) as Act[]).filter((act) => acts()[act])} />
        </Suspense>
      </Show>
    </main>
  );
}

/** Calls when the page is seen again: phones pause what plays in the background. */
function onReturn(run: () => void): void {
  const back = () => document.hidden || run();
  onMount(() => document.addEventListener("visibilitychange", back));
  onCleanup(() => document.removeEventListener("visibilitychange", back));
}

/** What the small window would show: a shared screen, else whoever is large; a canvas cannot go there. */
function largestOf(room: HTMLElement | undefined): HTMLVideoElement | null {
  const order = [
    "[data-testid=screen]",
    "[data-testid=remote]",
    ".group-large [data-testid=picture]",
    "[data-testid=picture]",
  ];
  const found = order.map((each) => room?.querySelector(each)).find((each) => each);
  return found instanceof HTMLVideoElement && found.srcObject !== null ? found : null;
}

/** Dark in both themes, menus and tooltips too, as long as the room is shown. */
function darkens(): void {
  const { dataset } = document.documentElement;
  const before = dataset.theme;
  dataset.theme = "dark";
  onCleanup(() => {
    if (before === undefined) delete dataset.theme;
    else dataset.theme = before;
  });
}
