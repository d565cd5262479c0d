/** The chat beside the call: what was said, a field for more, and one file at a time. */

import File from "lucide-solid/icons/paperclip";
import Send from "lucide-solid/icons/send-horizontal";
import Close from "lucide-solid/icons/x";
import { createEffect, createSignal, Index, Match, on, onMount, Show, Switch } from "solid-js";
import { TEXT_MAX } from "../../../wire/data.ts";
import type { Chat, ChatFile, ChatState, ChatText } from "../../call/chat.ts";
import { t } from "../../i18n/call.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { ChatFileRow } from "./chat-file.tsx";

type PanelProps = {
  chat: Chat;
  state: ChatState;
  /** Who sits in a slot, as this page calls them. */
  nameOf: (slot: number) => string;
  onClose: () => void;
};

export default function ChatPanel(props: PanelProps) {
  const onKey = (event: KeyboardEvent) => event.key === "Escape" && props.onClose();
  return (
    <section class="chat" aria-label={t("chat.title")} onKeyDown={onKey}>
      <header class="chat-head">
        <h2>{t("chat.title")}</h2>
        <IconButton icon={Close} label={t("chat.close")} placement="left" onClick={props.onClose} />
      </header>
      <Entries {...props} />
      <Form chat={props.chat} open={props.state.open} />
    </section>
  );
}

function Entries(props: PanelProps) {
  let list: HTMLDivElement | undefined;
  const count = () => props.state.entries.length;
  createEffect(on(count, () => list?.scrollTo({ top: list.scrollHeight })));
  const who = (from: number | null) => (from === null ? t("you") : props.nameOf(from));
  return (
    // a region that scrolls must be within reach of the keyboard
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div class="chat-log" role="log" aria-label={t("chat.log")} aria-live="polite" tabIndex={0} ref={list}>
      <p class="chat-hint">{t("chat.hint")}</p>
      <Index each={props.state.entries}>
        {(entry) => (
          <div class="chat-entry" classList={{ "chat-mine": entry().from === null }}>
            <span class="chat-who">{who(entry().from)}</span>
            <Switch>
              <Match when={textOf(entry())}>
                {(text) => (
                  <>
                    <p class="chat-text">{text().text}</p>
                    <Receipt text={text()} />
                  </>
                )}
              </Match>
              <Match when={fileOf(entry())}>
                {(file) => <ChatFileRow file={file()} onStop={() => props.chat.stop(file().id)} />}
              </Match>
            </Switch>
          </div>
        )}
      </Index>
    </div>
  );
}

type Entry = ChatState["entries"][number];
const textOf = (entry: Entry): ChatText | null => (entry.kind === "text" ? entry : null);
const fileOf = (entry: Entry): ChatFile | null => (entry.kind === "file" ? entry : null);

/** Of one's own texts: whether it is there. */
function Receipt(props: { text: ChatText }) {
  return (
    <Show when={props.text.from === null}>
      <span class="chat-ended" data-testid="receipt" data-state={props.text.state}>
        {t(`chat.${RECEIPT[props.text.state]}`)}
      </span>
    </Show>
  );
}

const RECEIPT = { waiting: "onItsWay", arrived: "arrived", lost: "lost" } as const;

type Short = "large" | "busy" | "unreadable" | "tooMany";

function Form(props: { chat: Chat; open: boolean }) {
  let field: HTMLTextAreaElement | undefined;
  let picker: HTMLInputElement | undefined;
  const [refusal, setRefusal] = createSignal<Short | "long" | null>(null);
  onMount(() => field?.focus());
  const say = () => {
    const text = field?.value.trim() ?? "";
    if (!field || text === "") return;
    // what does not go stays in the field, whole
    const why = text.length > TEXT_MAX ? "long" : props.chat.say(text) ? null : "tooMany";
    setRefusal(why);
    if (why === null) field.value = "";
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say();
  };
  const give = async () => {
    const file = picker?.files?.[0];
    if (!file) return;
    const result = await props.chat.give(file).catch(() => "unreadable" as const);
    if (picker) picker.value = "";
    setRefusal(result === "sending" ? null : result);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    say();
  };
  return (
    <form class="chat-form" onSubmit={submit}>
      <p class="chat-state" role="status">
        <Show when={refusal()} fallback={props.open ? "" : t("chat.away")}>
          {(why) =>
            why() === "long" ? t("chat.long", field?.value.trim().length ?? 0) : t(`chat.${why() as Short}`)
          }
        </Show>
      </p>
      <textarea
        ref={field}
        rows={2}
        aria-label={t("chat.field")}
        placeholder={t("chat.field")}
        onKeyDown={onKey}
      />
      <div class="chat-acts">
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={t("chat.file")}
          data-testid="file"
          onChange={() => void give()}
        />
        <IconButton icon={File} label={t("chat.file")} onClick={() => picker?.click()} />
        <IconButton icon={Send} label={t("chat.send")} onClick={say} />
      </div>
    </form>
  );
}
