/** How the two are connected, in plain words; a lost line says since when, and that nothing need be done. */
import { createEffect, createSignal, onCleanup, Show } from "solid-js";
import type { ConversationState } from "../../call/conversation.ts";
import { t } from "../../i18n/call.ts";
import { QualityWords } from "./quality-words.tsx";

/** Higher: people look at a black picture longer without a word. Lower: a slow line is called broken. */
const SLOW_MS = 5_000;

export function LineWords(props: {
  conversation: ConversationState | null;
  name: string;
  signalAway: boolean;
}) {
  const [now, setNow] = createSignal(Date.now());
  const [since, setSince] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), 1_000);
  onCleanup(() => clearInterval(timer));
  const at = () => props.conversation?.line.at;
  createEffect(() => {
    if (at() === "connecting") setSince(Date.now());
  });
  const words = () => {
    const conversation = props.conversation;
    if (!conversation) return props.signalAway ? t("wait.away") : "";
    if (conversation.refused) return t("line.refused");
    const { line } = conversation;
    if (line.at === "open") return t(`line.${line.route}`);
    if (line.at === "reconnecting")
      return t("line.reconnecting", Math.max(0, Math.round((now() - line.since) / 1_000)));
    return now() - since() > SLOW_MS ? t("line.slow") : t("line.connecting");
  };
  const quality = () => (at() === "open" ? props.conversation?.weak : null);
  return (
    <>
      <Show when={quality()}>{(weak) => <QualityWords weak={weak()} name={props.name} />}</Show>
      <Show when={words()}>
        <span
          class="room-line"
          classList={{
            "room-line-good": at() === "open",
            "room-line-look": at() !== "open",
            "room-route": quality() != null,
          }}
          data-testid="line"
          data-line={at() ?? "none"}
        >
          {words()}
        </span>
      </Show>
    </>
  );
}
