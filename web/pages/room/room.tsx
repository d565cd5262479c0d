/** The call room: dark in both themes, nothing but people (look.md "Pages"). The same for client and therapist. */
import "./room.css";
import { createMemo, createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { Chat } from "../../call/chat.ts";
import type { Comparison } from "../../call/comparison.ts";
import type { ConversationState } from "../../call/conversation.ts";
import { t } from "../../i18n/call.ts";
import { Button } from "../../ui/button.tsx";
import { ChatSide, useChat } from "./chat-button.tsx";
import { Controls } from "./controls.tsx";
import { createIdle } from "./idle.ts";
import { LineWords } from "./line-words.tsx";
import { MissingWords } from "./missing-words.tsx";
import { Clock } from "./room-clock.tsx";
import { SelfView } from "./self-view.tsx";
import type { CaptureView } from "./use-capture.ts";
import { Video } from "./video.tsx";
import { WordsButton, WordsDiffer } from "./words.tsx";

type RoomProps = {
  /** Who is on the other side, as this page calls them. */
  name: string;
  conversation: ConversationState | null;
  view: CaptureView;
  chat: Chat;
  /** When the other was first seen; Unix milliseconds. */
  since: number | null;
  /** The signaling line is away; the call itself may go on. */
  signalAway?: boolean;
  onHangUp: () => void;
  /** The four words of the handshake with the other, and what the person found comparing them. */
  comparison: Comparison | null;
  onCompare: (same: boolean) => void;
  /** What stands in the middle while nobody is there. */
  empty: JSX.Element;
  /** More words at the top: who knocks, which device. */
  notices?: JSX.Element;
};

export function Room(props: RoomProps) {
  const idle = createIdle();
  const chat = useChat(props.chat);
  darkens();
  const [blocked, setBlocked] = createSignal(false);
  const [element, setElement] = createSignal<HTMLElement>();
  const shows = createMemo(() => props.conversation?.other ?? null);
  const hasPicture = createMemo(() => {
    const other = shows();
    return props.conversation?.remote !== null && (other === null || other.cam || other.screen);
  });
  const play = () => {
    setBlocked(false);
    element()
      ?.querySelector<HTMLVideoElement>(".room-remote")
      ?.play()
      .catch(() => setBlocked(true));
  };
  return (
    <main class="room" classList={{ "room-idle": idle(), "room-chatting": chat.isOpen() }} ref={setElement}>
      <Show when={props.conversation?.remote} fallback={<div class="room-empty">{props.empty}</div>}>
        {(remote) => (
          <Video
            class={`room-remote${hasPicture() ? "" : " room-dark"}${shows()?.screen ? " room-screen" : ""}`}
            stream={remote()}
            label={t("room.remote", props.name)}
            testId="remote"
            speaker={props.view.speaker()}
            onBlocked={() => setBlocked(true)}
          />
        )}
      </Show>
      <Show when={props.conversation?.remote && hasPicture()}>
        <h1 class="visually-hidden">{props.name}</h1>
      </Show>
      <Show when={props.conversation?.remote && !hasPicture()}>
        <div class="room-empty">
          <h1>{props.name}</h1>
        </div>
      </Show>
      <OtherWords name={props.name} conversation={props.conversation} />
      <header class="room-top">
        <div class="room-notices">
          <Show when={props.comparison}>
            {(comparison) => <WordsDiffer comparison={comparison()} onHangUp={props.onHangUp} />}
          </Show>
          {props.notices}
          <MissingWords view={props.view} />
        </div>
        <div class="room-facts fades">
          <Clock since={props.since} />
          <LineWords conversation={props.conversation} signalAway={props.signalAway === true} />
        </div>
      </header>
      <Show when={blocked()}>
        <div class="room-sound">
          <Button kind="main" onClick={play}>
            {t("room.sound")}
          </Button>
        </div>
      </Show>
      <SelfView view={props.view} />
      <Controls
        view={props.view}
        chat={chat}
        onHangUp={props.onHangUp}
        corner={
          <Show when={props.comparison}>
            {(comparison) => (
              <WordsButton comparison={comparison()} name={props.name} onCompare={props.onCompare} />
            )}
          </Show>
        }
      />
      <ChatSide view={chat} name={props.name} />
    </main>
  );
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

/** What the other side says of itself, in words on the picture. */
function OtherWords(props: { name: string; conversation: ConversationState | null }) {
  const other = () => props.conversation?.other ?? null;
  return (
    <div class="room-other" aria-live="polite">
      <Show when={other()}>
        {(shown) => (
          <>
            <Show when={shown().screen}>
              <p class="room-word">{t("room.otherScreen", props.name)}</p>
            </Show>
            <Show when={!shown().cam && !shown().screen}>
              <p class="room-word">{t("room.otherNoPicture", props.name)}</p>
            </Show>
            <Show when={!shown().mic}>
              <p class="room-word">{t("room.otherMuted", props.name)}</p>
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}
