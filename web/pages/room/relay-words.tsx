/** How the line to the server is, in plain words: whose is weak, that nothing need be done (media.md decision 4). */
import { Show } from "solid-js";
import type { RelayCallState } from "../../call/relay-call.ts";
import { t } from "../../i18n/call.ts";
import { t as line } from "../../i18n/line.ts";

export function RelayWords(props: { relay: RelayCallState; inTouch: boolean; signalAway: boolean }) {
  const words = () => {
    const { line, weak } = props.relay;
    if (line === "lost") return t("group.lost");
    if (line === "connecting") return t("line.connecting");
    if (!props.inTouch) return t("group.silent");
    if (props.signalAway) return t("wait.away");
    return weak ? t("group.weakOwn") : t("line.relayed");
  };
  const isGood = () => props.relay.line === "open" && props.inTouch && !props.relay.weak;
  return (
    <>
      <Show when={isGood()}>
        <span class="room-line room-line-good" data-testid="quality">
          {line("good")}
        </span>
      </Show>
      <Show when={words()}>
        <span
          class="room-line"
          classList={{ "room-line-good": isGood(), "room-line-look": !isGood(), "room-route": isGood() }}
          data-testid="line"
          data-line={props.relay.line}
          data-way={props.relay.way ?? "none"}
        >
          {words()}
        </span>
      </Show>
    </>
  );
}
