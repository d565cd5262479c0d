/** The server said "never" to this page: why, and what the person can do. */
import { Show } from "solid-js";
import { CLOSE, type Close } from "../../wire/close.ts";
import { t } from "../i18n/call.ts";
import { Button } from "../ui/button.tsx";
import { QuietPage } from "./room/quiet-page.tsx";

export function ClientStopped(props: { close: Close }) {
  const why = () => {
    if (props.close.code === CLOSE.link.code) return "link";
    if (props.close.code === CLOSE.paused.code) return "paused";
    return props.close.code === CLOSE.version.code ? "version" : "other";
  };
  return (
    <QuietPage
      title={t(`stop.${why()}Title`)}
      text={t(`stop.${why()}`)}
      code={why()}
      act={
        <Show when={why() !== "link"}>
          <Button kind="main" onClick={() => location.reload()}>
            {t("stop.reload")}
          </Button>
        </Show>
      }
    />
  );
}
