/** The client in a call over the server: told who else is in before it comes in, and the room itself. */
import { Show } from "solid-js";
import { HOST_SLOT } from "../../wasm/roster.ts";
import type { ClientCall, ClientState } from "../call/client-call.ts";
import type { Person, RelayCallState } from "../call/relay-call.ts";
import { t } from "../i18n/call.ts";
import { Button } from "../ui/button.tsx";
import { OwnLink } from "./own-link.tsx";
import { GroupRoom } from "./room/group-room.tsx";
import { QuietPage } from "./room/quiet-page.tsx";
import type { CaptureView } from "./room/use-capture.ts";
import { WordsButton, WordsDiffer } from "./room/words.tsx";

export function ClientGroupDoor(props: { others: number; onEnter: () => void; onLeave: () => void }) {
  return (
    <QuietPage
      title={t("group.door", props.others)}
      text={t("group.doorText")}
      code="group"
      act={
        <>
          <Button kind="main" onClick={props.onEnter}>
            {t("join")}
          </Button>
          <Button onClick={props.onLeave}>{t("wait.leave")}</Button>
        </>
      }
    />
  );
}

type ClientGroupProps = {
  call: ClientCall;
  state: ClientState | undefined;
  relay: RelayCallState;
  view: CaptureView;
  since: number | null;
  away: boolean;
};

export function ClientGroup(props: ClientGroupProps) {
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
      onHangUp={leave}
      empty={<p>{t("line.connecting")}</p>}
      notices={
        <>
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
