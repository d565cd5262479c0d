/** The therapist has opened a client's link: a call planned for now is entered at once, else there is a choice. */
import { onMount, Show } from "solid-js";
import type { Rid } from "../../wire/ids.ts";
import type { OwnLink } from "../../wire/planned.ts";
import { t } from "../i18n/call.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { askStart } from "./planned/start-asked.ts";
import { QuietPage } from "./room/quiet-page.tsx";

type TherapistProps = { rid: Rid; own: Extract<OwnLink, { own: true }>; onAsClient: () => void };

export function TherapistLink(props: TherapistProps) {
  onMount(() => {
    // the dashboard has the words for whatever stands in the way
    if (props.own.planned) location.replace(`/planned/${props.own.planned}/go`);
  });
  const start = () => {
    askStart(props.rid);
    location.assign(`/start/${props.rid}`);
  };
  return (
    <Show when={!props.own.planned}>
      <QuietPage
        title={t("planned.ownTitle")}
        text={t("planned.own")}
        code="own"
        act={
          <>
            <Show
              when={props.own.room}
              fallback={
                <Button kind="main" onClick={start}>
                  {t("planned.startNow")}
                </Button>
              }
            >
              {(room) => (
                <ButtonLink kind="main" href={`/call/${room()}`}>
                  {t("planned.enterNow")}
                </ButtonLink>
              )}
            </Show>
            <Button onClick={props.onAsClient}>{t("planned.asClient")}</Button>
          </>
        }
      />
    </Show>
  );
}
