/** The chat's button among the controls with what is unread, and its panel, fetched only when somebody opens it. */
import { fetched } from "../../fetched.ts";
import "./chat.css";
import ChatIcon from "lucide-solid/icons/message-square";
import { createEffect, createSignal, lazy, on, onCleanup, Show, Suspense } from "solid-js";
import type { Chat, ChatState } from "../../call/chat.ts";
import { t } from "../../i18n/call.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Whole } from "../../ui/whole.tsx";
import { keyOf } from "./use-shortcuts.ts";
import { watched } from "./watched.ts";

const Panel = lazy(() => fetched(() => import("./chat-panel.tsx")));

export type ChatView = {
  readonly chat: Chat;
  readonly state: () => ChatState;
  readonly isOpen: () => boolean;
  readonly toggle: (open: boolean) => void;
};

/** The chat of a page, and whether it is shown. */
export function useChat(chat: Chat): ChatView {
  const [isOpen, setOpen] = createSignal(false);
  const toggle = (open: boolean) => {
    chat.look(open);
    setOpen(open);
  };
  onCleanup(() => chat.look(false));
  return { chat, state: watched<ChatState>(chat.state), isOpen, toggle };
}

export function ChatButton(props: { view: ChatView }) {
  let place: HTMLDivElement | undefined;
  const unread = () => props.view.state().unread;
  const label = () => (unread() > 0 ? t("chat.unread", unread()) : t("chat.button"));
  // whoever closes the panel by keyboard is back where it was opened
  const focus = () => place?.querySelector("button")?.focus();
  createEffect(on(props.view.isOpen, (open) => !open && focus(), { defer: true }));
  return (
    <div class={unread() > 0 ? "chat-place" : "chat-place fades"} ref={place}>
      <IconButton
        kind="round"
        icon={ChatIcon}
        label={label()}
        keys={keyOf("chat")}
        onClick={() => props.view.toggle(!props.view.isOpen())}
      />
      <Show when={unread() > 0}>
        <span class="chat-badge" aria-hidden="true" data-testid="unread">
          {unread()}
        </span>
      </Show>
    </div>
  );
}

/** Beside the people, or from below on a phone. */
export function ChatSide(props: { view: ChatView; nameOf: (slot: number) => string }) {
  return (
    <Show when={props.view.isOpen()}>
      <Whole place="chat chat-missing">
        <Suspense>
          <Panel
            chat={props.view.chat}
            state={props.view.state()}
            nameOf={props.nameOf}
            onClose={() => props.view.toggle(false)}
          />
        </Suspense>
      </Whole>
    </Show>
  );
}
