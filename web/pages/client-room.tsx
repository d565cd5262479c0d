/** The client in the call: with the therapist alone, or over the server. Fetched while the person is still at the door, so that the door
 * itself is there sooner. */
import { type JSX, Show } from "solid-js";
import type { ClientCall } from "../call/client-call.ts";
import type { ClientState } from "../call/client-types.ts";
import type { Restart } from "../call/socket.ts";
import { t } from "../i18n/call.ts";
import { ClientGroup } from "./client-group.tsx";
import { OwnLink } from "./own-link.tsx";
import { RestartWord } from "./room/restart-word.tsx";
import { Room } from "./room/room.tsx";
import { StartCardNotice, type StartCardView } from "./room/start-card.tsx";
import type { CaptureView } from "./room/use-capture.ts";

type ClientRoomProps = {
  call: ClientCall;
  state: ClientState | undefined;
  view: CaptureView;
  since: number | null;
  /** The signaling line is away. */
  away: boolean;
  restart: Restart | null;
  startCard: StartCardView;
};

export default function ClientRoom(props: ClientRoomProps): JSX.Element {
  return (
    <Show when={props.state?.relay} fallback={<Direct {...props} />}>
      {(relay) => (
        <ClientGroup
          call={props.call}
          state={props.state}
          relay={relay()}
          view={props.view}
          since={props.since}
          away={props.away}
          start={
            <>
              <RestartWord restart={props.restart} whose="relayed" />
              <StartCardNotice card={props.startCard} />
            </>
          }
        />
      )}
    </Show>
  );
}

function Direct(props: ClientRoomProps) {
  return (
    <Room
      name={t("therapist")}
      conversation={props.state?.conversation ?? null}
      view={props.view}
      chat={props.call.chat}
      since={props.since}
      signalAway={props.away}
      reach={props.state?.reach ?? null}
      onHangUp={() => props.call.leave()}
      comparison={props.state?.comparison ?? null}
      onCompare={(same) => props.call.compare(same)}
      empty={<p>{t("line.connecting")}</p>}
      notices={
        <>
          <RestartWord restart={props.restart} whose="direct" />
          <StartCardNotice card={props.startCard} />
          <OwnLink link={props.state?.link ?? null} />
        </>
      }
    />
  );
}
