/** The quiet page after the call, with the way back in. */
import { Show } from "solid-js";
import type { CallFactsRead } from "../call/call-facts.ts";
import type { Ending } from "../call/client-types.ts";
import { t } from "../i18n/call.ts";
import { Button } from "../ui/button.tsx";
import { LazyEnd } from "./end/lazy-end.tsx";
import { OwnLink } from "./own-link.tsx";
import { QuietPage } from "./room/quiet-page.tsx";

export function ClientOver(props: {
  reason: Exclude<Ending, "wrong">;
  since: number | null;
  /** The permanent link, where it was handed over in the call. */
  link: string | null;
  facts: CallFactsRead;
  onAgain: () => void;
}) {
  const minutes = props.since === null ? null : Math.max(1, Math.ceil((Date.now() - props.since) / 60_000));
  return (
    <QuietPage
      title={t(`over.${props.reason}Title`)}
      text={t(`over.${props.reason}`)}
      code={props.reason}
      extra={
        <>
          <Show when={minutes}>{(count) => <p>{t("over.minutes", count())}</p>}</Show>
          <OwnLink link={props.link} />
          <LazyEnd side="client" facts={props.facts} minutes={minutes} />
        </>
      }
      act={
        <Button kind="main" onClick={props.onAgain}>
          {props.reason === "moved" ? t("bringHere") : t("joinAgain")}
        </Button>
      }
    />
  );
}
