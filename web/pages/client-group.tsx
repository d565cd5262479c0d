/** The client in a call over the server. */
import { createEffect, createSignal, type JSX, onCleanup, Show } from "solid-js";
import { HOST_SLOT } from "../../wasm/roster.ts";
import type { ClientCall } from "../call/client-call.ts";
import type { ClientState } from "../call/client-types.ts";
import type { Person, RelayCallState } from "../call/relay-call.ts";
import { t } from "../i18n/call.ts";
import { Button } from "../ui/button.tsx";
import { OwnLink } from "./own-link.tsx";
import { GroupRoom } from "./room/group-room.tsx";
import { QuietPage } from "./room/quiet-page.tsx";
import type { CaptureView } from "./room/use-capture.ts";
import { WordsButton, WordsDiffer } from "./room/words.tsx";

type ClientGroupProps = {
  call: ClientCall;
  state: ClientState | undefined;
  relay: RelayCallState;
  view: CaptureView;
  since: number | null;
  away: boolean;
  /** Stands above all other notices. */
  start: JSX.Element;
};

/** Higher: people sit longer before a still picture. Lower: a server that restarts slowly sends them out of the room. */
const SILENT_MS = 60_000;

/** The room; or, while the therapist has been away for long, calm words: it goes on by itself, nobody is sent away (A3). */
export function ClientGroup(props: ClientGroupProps) {
  const [isSilent, setSilent] = createSignal(false);
  createEffect(() => {
    setSilent(false);
    if (props.state?.inTouch !== false) return;
    const timer = setTimeout(() => setSilent(true), SILENT_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <Show when={isSilent()} fallback={<Inside {...props} />}>
      <QuietPage
        title={t("group.silentTitle")}
        text={t("group.silent")}
        code="silent"
        busy={t("group.silentTitle")}
        act={<Button onClick={() => props.call.leave()}>{t("wait.leave")}</Button>}
      />
    </Show>
  );
}

function Inside(props: ClientGroupProps) {
  const comparison = () => props.state?.comparison ?? null;
  const leave = () => props.call.leave();
  return (
    <GroupRoom
      relay={props.relay}
      view={props.view}
      chat={props.call.chat}
      since={props.since}
      signalAway={props.away}
      inTouch={props.state?.inTouch !== false}
      hand={props.state?.hand === true}
      nameOf={nameOf}
      onHand={(hand) => props.call.call.setHand(hand)}
      onLoudspeaker={(id) => props.call.call.setLoudspeaker(id)}
      onWants={(wants) => props.call.call.view(wants)}
      reach={props.state?.reach ?? null}
      onHangUp={leave}
      empty={<p>{t("line.connecting")}</p>}
      notices={
        <>
          {props.start}
          <Show when={comparison()}>{(found) => <WordsDiffer comparison={found()} onHangUp={leave} />}</Show>
          <OwnLink link={props.state?.link ?? null} />
        </>
      }
      corner={
        <Show when={comparison()}>
          {(found) => (
            <WordsButton
              comparison={found()}
              name={t("therapist")}
              onCompare={(same) => props.call.compare(same)}
            />
          )}
        </Show>
      }
    />
  );
}

/** By what each typed for this call; whoever typed nothing has a number. */
function nameOf({ slot, name, isMe }: Pick<Person, "slot" | "name" | "isMe">): string {
  if (isMe) return t("you");
  if (slot === HOST_SLOT) return t("therapist");
  return name || t("group.person", slot);
}
