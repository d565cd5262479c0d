/** One file in the chat: how far it is, a way to stop it, and the download once it is whole. It is never opened here. */
import { createMemo, onCleanup, Show } from "solid-js";
import type { ChatFile } from "../../call/chat.ts";
import { t } from "../../i18n/call.ts";
import { Button } from "../../ui/button.tsx";

export function ChatFileRow(props: { file: ChatFile; onStop: () => void }) {
  return (
    <div class="chat-file">
      <span class="chat-name">{props.file.name}</span>
      <span class="chat-size">{sizeOf(props.file.size)}</span>
      <Show when={props.file.state === "running"} fallback={<Ended file={props.file} />}>
        <progress max={Math.max(1, props.file.size)} value={props.file.done} aria-label={props.file.name} />
        <Button small label={t("chat.stopFile", props.file.name)} onClick={props.onStop}>
          {t("chat.stop")}
        </Button>
      </Show>
    </div>
  );
}

function Ended(props: { file: ChatFile }) {
  const words = () => {
    const { from, state } = props.file;
    const mine = from === null;
    if (state === "stopped") return t("chat.stopped");
    if (state === "broken") return t(mine ? "chat.brokenMine" : "chat.broken");
    return mine ? t("chat.arrived") : null;
  };
  return (
    <Show when={words()} fallback={<Download file={props.file} />}>
      {(said) => <span class="chat-ended">{said()}</span>}
    </Show>
  );
}

function Download(props: { file: ChatFile }) {
  const blob = createMemo(() => props.file.blob);
  const url = createMemo(() => {
    const whole = blob();
    if (!whole) return;
    const made = URL.createObjectURL(whole);
    onCleanup(() => URL.revokeObjectURL(made));
    return made;
  });
  return (
    <Show when={url()}>
      {(href) => (
        <a href={href()} download={props.file.name} aria-label={t("chat.saveFile", props.file.name)}>
          {t("chat.save")}
        </a>
      )}
    </Show>
  );
}

const KILO = 1024;

/** In KB or MB, as people read it. */
function sizeOf(bytes: number): string {
  if (bytes < KILO * KILO) return t("chat.kilobytes", Math.ceil(bytes / KILO));
  return t("chat.megabytes", Math.round((bytes * 10) / KILO / KILO) / 10);
}
